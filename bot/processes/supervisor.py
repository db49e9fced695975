"""Start the processes in order, wait until each answers, watch them, restart what dies, end them together."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx

from bot.processes.plan import Process
from bot.processes.ports import first_taken
from bot.processes.trouble import Trouble

STOP_WITHIN = 8.0  # seconds a process gets to end by itself
CRASH_WINDOW = 60.0  # seconds

Tell = Callable[[str, str], None]  # process name, what happened


class Supervisor:
    """Runs a list of processes as one.

    Args:
        processes: in the order they start; they stop in the opposite order.
        environment: added to this process's own for every child.
        log_dir: one file a process.
        tell: is told "starting", "ready", "died", "stopped" as they happen.
        crashes_allowed: how often one process may die within a minute before all is given up.
    """

    def __init__(
        self,
        processes: list[Process],
        environment: dict[str, str],
        log_dir: Path,
        tell: Tell,
        crashes_allowed: int = 5,
    ) -> None:
        self._crashes_allowed = crashes_allowed
        self._processes = processes
        self._environment = environment
        self._log_dir = log_dir
        self._tell = tell
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._crashes: dict[str, list[float]] = {}

    async def start(self) -> None:
        """Start all.

        Raises:
            Trouble: a port is taken, or a process ended or stayed silent; nothing is left running.
        """
        taken = first_taken([each.listener for each in self._processes])
        if taken:
            raise Trouble(
                f"Port {taken.port} for the {taken.name} is taken by another program: "
                f"stop that one or choose another with {taken.setting}."
            )
        self._log_dir.mkdir(parents=True, exist_ok=True)
        try:
            for process in self._processes:
                await self._spawn(process)
                await self._wait_until_it_answers(process)
                self._tell(process.name, "ready")
        except BaseException:
            await self.stop()
            raise

    async def watch(self) -> None:
        """Restart whatever dies, until cancelled.

        Raises:
            Trouble: a process died more often than allowed.
        """
        watchers = [asyncio.create_task(self._keep_alive(process)) for process in self._processes]
        try:
            await asyncio.gather(*watchers)
        finally:
            for watcher in watchers:
                watcher.cancel()
            await asyncio.gather(*watchers, return_exceptions=True)

    async def stop(self) -> None:
        """End all, last started first; whoever does not go within eight seconds is killed."""
        for process in reversed(self._processes):
            child = self._running.pop(process.name, None)
            if child is None or child.returncode is not None:
                continue
            await _end(child)
            self._tell(process.name, "stopped")

    def pid_of(self, name: str) -> int:
        """The process id now running under that name."""
        return self._running[name].pid

    async def wait_ready(self, name: str) -> None:
        """Wait until that process answers again, after a restart for instance."""
        await self._wait_until_it_answers(next(each for each in self._processes if each.name == name))

    async def _spawn(self, process: Process) -> None:
        self._tell(process.name, "starting")
        log = (self._log_dir / f"{process.name.replace(' ', '-')}.log").open("ab")
        with log:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.processes.child",
                str(os.getpid()),
                process.module,
                *process.arguments,
                env={**os.environ, **self._environment, **process.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor alone, which ends all
            )
        self._running[process.name] = child

    async def _wait_until_it_answers(self, process: Process) -> None:
        deadline = time.monotonic() + process.ready_within
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            while time.monotonic() < deadline:
                child = self._running[process.name]
                if child.returncode is not None:
                    raise Trouble(f"The {process.name} ended while starting; {self._see_log(process)}")
                with suppress(httpx.HTTPError):
                    if (await client.get(process.health_url)).status_code == httpx.codes.OK:
                        return
                await asyncio.sleep(0.1)
        raise Trouble(
            f"The {process.name} did not answer within {process.ready_within:.0f} s; {self._see_log(process)}"
        )

    async def _keep_alive(self, process: Process) -> None:
        while True:
            child = self._running[process.name]
            await child.wait()
            self._tell(process.name, "died")
            now = time.monotonic()
            crashes = [each for each in self._crashes.get(process.name, []) if now - each < CRASH_WINDOW]
            self._crashes[process.name] = [*crashes, now]
            if len(crashes) >= self._crashes_allowed:
                raise Trouble(
                    f"The {process.name} died {len(crashes) + 1} times within a minute; {self._see_log(process)}"
                )
            await self._spawn(process)
            with suppress(Trouble):  # dead again: counted by the next round
                await self._wait_until_it_answers(process)
                self._tell(process.name, "ready")

    def _see_log(self, process: Process) -> str:
        path = self._log_dir / f"{process.name.replace(' ', '-')}.log"
        lines = [line for line in path.read_text(errors="replace").splitlines() if line.strip()]
        return f"its last words in {path} were: {lines[-1].strip() if lines else 'none'}"


async def _end(child: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        child.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(child.wait(), STOP_WITHIN)
        except asyncio.TimeoutError:
            os.killpg(child.pid, signal.SIGKILL)
            await child.wait()
