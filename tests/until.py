"""Wait for a condition, and no longer: what other processes do cannot be awaited otherwise."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import httpx

LOOKS_EVERY = 0.02  # seconds


def until(condition: Callable[[], bool], within: float = 90.0, told: Callable[[], str] = lambda: "") -> None:
    """Return as soon as ``condition`` holds.

    Args:
        within: seconds.
        told: what is known when it does not happen, a log for instance.

    Raises:
        AssertionError: it did not happen in time.
    """
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen within {within} s. {told()}"
        time.sleep(LOOKS_EVERY)


def answers(url: str) -> bool:
    """Whether something there answers 200."""
    try:
        return httpx.get(url, timeout=10, trust_env=False).status_code == HTTPStatus.OK
    except httpx.TransportError:
        return False


def until_it_answers(url: str, process: subprocess.Popen[bytes], log: Path, within: float = 300.0) -> None:
    """Wait for a process that was just started, and no longer than it lives.

    Args:
        within: seconds.

    Raises:
        AssertionError: it ended, or did not answer in time; with what its log says.
    """

    def ready() -> bool:
        assert process.poll() is None, log.read_text("utf-8")
        return answers(url)

    until(ready, within, lambda: log.read_text("utf-8"))
