"""The demo shop's own agents: their passwords lie in its state folder, and no other shop lets them in."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.desk.people.agent import Role
from bot.desk.people.agents import account_by_email, add_agent, update_agent
from bot.desk.people.passwords import hash_password, random_password, verify
from bot.desk.tables import agent_sessions, agents

_DEMO: tuple[tuple[str, str, Role], ...] = (
    ("Aini", "aini@demo.ramah.example", "agent"),
    ("Budi", "budi@demo.ramah.example", "supervisor"),
)
_LANGUAGES = ["en", "id", "ms"]


@dataclass(frozen=True)
class DemoAgent:
    name: str
    email: str
    role: Role
    password: str


def demo_agents(state_dir: Path) -> list[DemoAgent]:
    """With random passwords made once and kept in ``demo-agents.json``, readable by its owner only."""
    path = state_dir / "demo-agents.json"
    passwords: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    missing = [email for _, email, _ in _DEMO if email not in passwords]
    if missing:
        passwords |= {email: random_password() for email in missing}
        draft = path.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(passwords, file)
        draft.replace(path)
    return [DemoAgent(name, email, role, passwords[email]) for name, email, role in _DEMO]


def let_in(connection: Connection, demo: DemoAgent, capacity: int, now: datetime) -> None:
    """They can sign in with that password from now on."""
    account = account_by_email(connection, demo.email)
    if account is None:
        add_agent(
            connection,
            name=demo.name,
            email=demo.email,
            password_hash=hash_password(demo.password),
            role=demo.role,
            languages=_LANGUAGES,
            capacity=capacity,
            now=now,
        )
        return
    changes: dict[str, object] = {"active": True, "role": demo.role}
    if not verify(account.password_hash, demo.password):
        changes["password_hash"] = hash_password(demo.password)
    update_agent(connection, account.agent.id, changes)


def shut_out(connection: Connection) -> None:
    """In a shop that is no demo they work no more, though its state folder was once a demo's."""
    theirs = select(agents.c.id).where(agents.c.email.in_([email for _, email, _ in _DEMO]))
    connection.execute(delete(agent_sessions).where(agent_sessions.c.agent_id.in_(theirs)))
    connection.execute(update(agents).where(agents.c.id.in_(theirs)).values(active=False))
