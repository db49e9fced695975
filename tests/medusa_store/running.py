"""A real Medusa with the demo shop, as a process of its own, for any test that needs one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from bot.medusa_store.contents import DATABASE
from bot.medusa_store.prepare import prepare, running_cluster
from bot.processes.ports import free_port
from tests.until import until_it_answers

PRISTINE = "pristine"
STARTS_WITHIN = 400.0  # seconds


class RunningMedusa:
    """Prepared and started on construction, ended with ``stop``. ``environment``: for the process, beside ours."""

    def __init__(self, folder: Path, today: date | None = None, **environment: str) -> None:
        self.folder = folder
        self.url = f"http://127.0.0.1:{free_port()}"
        self._environment = environment
        self.store: dict[str, Any] = prepare(folder, self.url, lambda _: None, today).store
        self.log = folder / "medusa-process.log"
        self.start()
        self._keep()

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.medusa_store", "--port", self.url.rpartition(":")[2]]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--state", str(self.folder)], env=os.environ | self._environment, stdout=log, stderr=log
            )
        until_it_answers(f"{self.url}/health", self.process, self.log, STARTS_WITHIN)

    def admin(self) -> httpx.Client:
        """With the secret key, as an adapter asks."""
        auth = (self.store["secret_key"], "")
        return httpx.Client(base_url=f"{self.url}/admin", auth=auth, timeout=60, trust_env=False)

    def _keep(self) -> None:
        running_cluster(self.folder).copy_database(DATABASE, PRISTINE)

    def restore(self) -> None:
        """The shop as it was when it started; Medusa keeps running."""
        running_cluster(self.folder).copy_database(PRISTINE, DATABASE)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=120) == 0, self.log.read_text("utf-8")
        running_cluster(self.folder).remove()
