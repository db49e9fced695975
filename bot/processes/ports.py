"""Is a port free, and which one is: asked before anything starts."""

from __future__ import annotations

import socket
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Listener:
    """A process that will listen: its name for people, the port, and the setting that moves it."""

    name: str
    port: int
    setting: str


def is_free(port: int, host: str = LOOPBACK) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def first_taken(listeners: list[Listener]) -> Listener | None:
    """The first listener whose port somebody else holds, or None."""
    return next((each for each in listeners if not is_free(each.port)), None)


def free_port() -> int:
    """A port nobody holds now; the kernel chooses."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port
