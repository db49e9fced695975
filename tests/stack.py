"""The whole product as its users run it: four real processes on free ports, in a folder of their own."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.installation import PROJECT, Installation, demo_installation, shop_installation
from bot.medusa_store.prepare import prepare, running_cluster
from bot.processes.ports import free_port
from bot.processes.supervisor import Supervisor
from bot.settings import Settings
from bot.store.config import StoreConfig
from bot.training import train_if_changed
from tests.until import until

STARTS_WITHIN = 600.0  # seconds: a slow machine's start is no failure


class Stack:
    """Starts on construction, ends with ``stop``; restarts whatever is killed.

    Args:
        store: "demo", "medusa", or the configuration of one that runs already.
        changed: settings of its own.
    """

    def __init__(self, folder: Path, store: str | StoreConfig = "demo", **changed: Any) -> None:
        self.installation = _installation(folder, store, changed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._supervisor = Supervisor(
            [replace(each, ready_within=STARTS_WITHIN) for each in self.installation.processes],
            self.installation.environment,
            self.installation.logs,
            lambda *_: None,
            crashes_allowed=1_000_000,  # crash tests kill on purpose
        )
        self._wait(self._supervisor.start())
        self._watch = asyncio.run_coroutine_threadsafe(self._supervisor.watch(), self._loop)

    @property
    def settings(self) -> Settings:
        return self.installation.settings

    @property
    def url(self) -> str:
        return f"http://{self.settings.gateway_host}:{self.settings.gateway_port}"

    @property
    def store_database(self) -> Path:
        return self.settings.state_dir / "demo-store.db"

    @property
    def log_database(self) -> Path:
        return self.settings.state_dir / "conversations.db"

    def kill(self, name: str) -> None:
        """kill -9, as a power cut would, and wait until the supervisor has started it again and it answers."""
        pid = self.pid_of(name)
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.pid_of(name) != pid)
        self._wait(self._supervisor.wait_ready(self._own_name(name)))

    @contextmanager
    def dead(self, name: str) -> Iterator[None]:
        """kill -9; nothing answers in its place until the block ends, then it comes back."""
        pid = self.pid_of(name)
        os.kill(pid, signal.SIGKILL)
        until(lambda: self.pid_of(name) != pid)
        successor = self.pid_of(name)
        os.kill(successor, signal.SIGSTOP)  # long before it listens
        try:
            yield
        finally:
            os.kill(successor, signal.SIGCONT)
            self._wait(self._supervisor.wait_ready(self._own_name(name)))

    def pid_of(self, name: str) -> int:
        return self._supervisor.pid_of(self._own_name(name))

    def _own_name(self, name: str) -> str:
        """Tests say "demo store" and mean the store, whatever platform it is."""
        return self.installation.processes[0].name if name == "demo store" else name

    def stop(self) -> None:
        self._watch.cancel()
        self._wait(self._supervisor.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        if self.settings.store_platform == "medusa":
            running_cluster(self.settings.state_dir).remove()

    def _wait(self, job: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(job, self._loop).result(timeout=5 * STARTS_WITHIN)


def _installation(folder: Path, store: str | StoreConfig, changed: dict[str, Any]) -> Installation:
    model = train_if_changed(PROJECT, folder / "training.log", lambda _: None)
    usual = {
        "gateway_port": free_port(),
        "actions_port": free_port(),
        "engine_url": f"http://127.0.0.1:{free_port()}",
        "store_url": f"http://127.0.0.1:{free_port()}",
        "proxies_count": 1,  # a test may give its shoppers addresses of their own
        "rate_limit_factor": 1000,  # all of a test's shoppers come from one address
        "engine_timeout": 90.0,  # a machine that is slow for a while is not one that hangs
        "action_timeout": 60.0,
    }
    if isinstance(store, StoreConfig):
        its = {"platform": store.platform, "url": store.url, "key": store.key, "options": dict(store.options)}
        own = {f"store_{name}": value for name, value in its.items()}
        return shop_installation(Settings(state_dir=folder, **{**usual, **own, **changed}), model)
    settings = Settings(state_dir=folder, **{**usual, **changed})
    if store == "medusa":
        prepare(folder, settings.store_url, lambda _: None)
    return demo_installation(settings, model, store)
