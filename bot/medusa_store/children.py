"""Programs that end with us: when this process dies, even by kill -9, Linux ends them."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import BinaryIO

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def start_child(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    folder: Path,
    when_orphaned: signal.Signals,
    user: pwd.struct_passwd | None = None,
    log: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start it beside this process. Call it from the main thread only: the tie is to the thread.

    Args:
        when_orphaned: the signal it gets when this process dies.
        user: whom it runs as, where that is not the owner of this process.
        log: takes what it says; else it says it where this process does.
    """
    with log.open("ab") if log else nullcontext() as output:
        return _started(command, environment, folder, _tie(os.getpid(), when_orphaned, user), output)


def _started(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    folder: Path,
    tie: Callable[[], None],
    output: BinaryIO | None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [str(part) for part in command],
        stdout=output,
        stderr=output,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches the one who ends all in order
        preexec_fn=tie,  # noqa: PLW1509 - nothing else runs in this process yet
    )


def _tie(parent: int, when_orphaned: signal.Signals, user: pwd.struct_passwd | None) -> Callable[[], None]:
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def tie() -> None:
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        if libc is not None:  # after the change of user, which would undo it
            libc.prctl(PR_SET_PDEATHSIG, when_orphaned)
            if os.getppid() != parent:
                os.kill(os.getpid(), when_orphaned)

    return tie


def end_child(child: subprocess.Popen[bytes], with_signal: signal.Signals, within: float) -> None:
    """Ask it to end, and kill it after ``within`` seconds."""
    with suppress(ProcessLookupError):
        child.send_signal(with_signal)
    try:
        child.wait(within)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
