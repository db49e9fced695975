"""The people at the desk of the written conversations, and desks that work otherwise than the usual one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.installation import PROJECT, environment_of
from bot.processes.ports import free_port
from tests.end_to_end.agent import DeskAgent
from tests.end_to_end.desks import Kind, desk_settings
from tests.gateway.processes import Child
from tests.stack import Stack

PASSWORD = "correct horse battery staple"
STAFF = {"aini": ("Aini", "agent", "en,ms"), "dewi": ("Dewi", "agent", "id,en"), "budi": ("Budi", "supervisor", "en")}
_MOMENTS = ("created_at", "last_message_at", "owner_since", "waiting_since", "due_at", "escalated_at", "resolved_at")


def hire(stack: Stack) -> None:
    """Make the accounts as a shop engineer does: with the command line, on the database."""
    for key, (name, role, languages) in STAFF.items():
        command = [sys.executable, "-m", "bot.cli", "agent", "add", f"{key}@shop.example"]
        command += ["--name", name, "--role", role, "--languages", languages]
        environment = os.environ | stack.installation.environment
        subprocess.run(command, input=f"{PASSWORD}\n", text=True, env=environment, cwd=PROJECT, check=True)


@contextmanager
def at_work(url: str) -> Iterator[dict[str, DeskAgent]]:
    """All of them, logged in and away; afterwards nobody is there."""
    agents = {key: DeskAgent(url, name, f"{key}@shop.example", PASSWORD) for key, (name, _, _) in STAFF.items()}
    try:
        for agent in agents.values():
            agent.log_in()
        yield agents
    finally:
        for agent in agents.values():
            agent.close()


@contextmanager
def desk_of(stack: Stack, kind: Kind) -> Iterator[str]:
    """The address of a gateway whose desk is of that kind; the stack's own is where agents claim."""
    if kind == "claim":
        yield stack.url
        return
    port = free_port()
    changed = desk_settings(stack.settings.state_dir, kind) | {"gateway_port": port}
    environment = environment_of(stack.settings.copy(update=changed))
    url = f"http://127.0.0.1:{port}"
    log = stack.settings.state_dir / f"gateway-{kind}.log"
    gateway = Child([sys.executable, "-m", "bot.gateway"], f"{url}/health", log, environment)
    gateway.start()
    try:
        yield url
    finally:
        gateway.stop()


def let_hours_pass(database: Path, conversation_id: str, hours: float) -> None:
    """Make a conversation older, which is all that time does to it."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        moments = connection.execute(
            f"select {', '.join(_MOMENTS)} from conversations where id = ?", (conversation_id,)
        ).fetchone()
        earlier = [_earlier(moment, hours) for moment in moments]
        setting = ", ".join(f"{name} = ?" for name in _MOMENTS)
        connection.execute(f"update conversations set {setting} where id = ?", (*earlier, conversation_id))


def _earlier(moment: str | None, hours: float) -> str | None:
    if moment is None:
        return None
    then = datetime.fromisoformat(moment) - timedelta(hours=hours)
    return then.isoformat(sep=" ", timespec="microseconds")
