"""A server process of the benchmark: how long until it answers, how much memory it takes."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from types import TracebackType

import httpx
import psutil


class DidNotStart(Exception):
    """A process ended, or did not answer in time; the message quotes the end of its log."""


class Server:
    """Started by ``with``, ended with it."""

    def __init__(
        self, command: list[str], ready_url: str, log: Path, folder: Path, environment: dict[str, str]
    ) -> None:
        self._command, self._ready_url, self._log, self._folder = command, ready_url, log, folder
        self._environment = {**os.environ, **environment}
        self.seconds_to_ready = 0.0

    def __enter__(self) -> Server:
        started = time.perf_counter()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        try:
            self._wait()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self.seconds_to_ready = time.perf_counter() - started
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def megabytes(self) -> float:
        """Resident memory of the process and its children."""
        process = psutil.Process(self._process.pid)
        return sum(each.memory_info().rss for each in (process, *process.children(recursive=True))) / 1e6

    def _wait(self, seconds: float = 600) -> None:
        end = time.monotonic() + seconds
        with httpx.Client() as client:
            while time.monotonic() < end and self._process.poll() is None:
                try:
                    if client.get(self._ready_url).status_code == 200:
                        return
                except httpx.TransportError:
                    pass  # not listening yet
                time.sleep(0.2)
        raise DidNotStart(f"{' '.join(self._command)}: …{self._log.read_text(errors='replace')[-1500:]}")
