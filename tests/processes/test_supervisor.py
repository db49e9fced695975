"""Four processes as one: started in order, watched, restarted, ended together."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bot.processes.plan import Process
from bot.processes.ports import Listener, free_port
from bot.processes.supervisor import Supervisor
from bot.processes.trouble import Trouble

Events = list[tuple[str, str]]


def web_server(name: str, port: int, *arguments: str) -> Process:
    """Python's own file server: a real process with a port and an answer."""
    return Process(
        name=name,
        module="http.server",
        arguments=[str(port), "--bind", "127.0.0.1", *arguments],
        health_url=f"http://127.0.0.1:{port}/",
        listener=Listener(name, port, "RAMAH_TEST_PORT"),
        ready_within=60,
    )


def supervise(tmp_path: Path, *processes: Process, crashes_allowed: int = 5) -> tuple[Supervisor, Events]:
    events: Events = []
    supervisor = Supervisor(
        list(processes), {}, tmp_path / "logs", lambda *event: events.append(event), crashes_allowed
    )
    return supervisor, events


async def until_gone(pid: int) -> bool:
    for _ in range(1200):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_processes_start_in_order_and_end_together(tmp_path: Path) -> None:
    supervisor, events = supervise(tmp_path, web_server("first", free_port()), web_server("second", free_port()))
    await supervisor.start()
    pids = [supervisor.pid_of("first"), supervisor.pid_of("second")]
    await supervisor.stop()
    assert events == [
        ("first", "starting"),
        ("first", "ready"),
        ("second", "starting"),
        ("second", "ready"),
        ("second", "stopped"),
        ("first", "stopped"),
    ]
    assert [await until_gone(pid) for pid in pids] == [True, True]


async def test_a_taken_port_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        supervisor, events = supervise(tmp_path, web_server("first", free_port()), web_server("gateway", port))
        with pytest.raises(Trouble, match=f"Port {port} for the gateway is taken .* RAMAH_TEST_PORT"):
            await supervisor.start()
    assert events == []


async def test_a_process_that_cannot_start_leaves_nothing_running(tmp_path: Path) -> None:
    broken = web_server("broken", free_port(), "--no-such-flag")
    supervisor, events = supervise(tmp_path, web_server("first", free_port()), broken)
    with pytest.raises(Trouble, match=r"The broken ended while starting; its last words .* --no-such-flag"):
        await supervisor.start()
    assert ("first", "stopped") in events


async def test_a_killed_process_is_started_again(tmp_path: Path) -> None:
    supervisor, events = supervise(tmp_path, web_server("only", free_port()))
    await supervisor.start()
    watch = asyncio.create_task(supervisor.watch())
    before = supervisor.pid_of("only")
    os.kill(before, signal.SIGKILL)
    while events.count(("only", "ready")) < 2:
        await asyncio.sleep(0.05)
    after = supervisor.pid_of("only")
    watch.cancel()
    await asyncio.gather(watch, return_exceptions=True)
    await supervisor.stop()
    assert before != after
    assert ("only", "died") in events


async def test_a_process_that_keeps_dying_is_given_up_with_a_sentence(tmp_path: Path) -> None:
    supervisor, _ = supervise(tmp_path, web_server("only", free_port()), crashes_allowed=0)
    await supervisor.start()
    os.kill(supervisor.pid_of("only"), signal.SIGKILL)
    with pytest.raises(Trouble, match="The only died 1 times within a minute"):
        await supervisor.watch()
    await supervisor.stop()


async def test_children_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    port = free_port()
    script = (
        "import subprocess, sys, os, time\n"
        "child = subprocess.Popen([sys.executable, '-m', 'bot.processes.child', str(os.getpid()), 'http.server', "
        f"'{port}', '--bind', '127.0.0.1'])\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    while not psutil.Process(child).cmdline() or not _answers(port):
        await asyncio.sleep(0.05)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert await until_gone(child)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
