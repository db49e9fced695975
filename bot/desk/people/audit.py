"""Who looked at what, changed what, and who tried to come in. Written in the transaction of what it tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.desk.people.agent import Agent
from bot.desk.tables import audit
from bot.orders.mask import DOTS, mask_email, mask_name, mask_phone, mask_text

PAGE = 100
_EMAILS = frozenset({"email", "contact_email", "customer_email", "recipient"})
_STREETS = frozenset({"line1", "line2", "district"})
_PERSONAL = _EMAILS | _STREETS | {"phone"}  # beside these, a name is a shopper's


@dataclass(frozen=True)
class AuditEntry:
    id: int
    at: datetime
    agent_id: str | None  # None: nobody signed in, or the desk of its own accord
    agent_name: str | None
    what: str
    conversation_id: str | None
    data: dict[str, Any]


def record(  # noqa: PLR0917 - every line of the audit log has all of them
    connection: Connection,
    agent: Agent | None,
    what: str,
    conversation_id: str | None,
    data: dict[str, Any],
    now: datetime,
) -> None:
    """``data`` is JSON; emails, phone numbers, and the names and streets of addresses in it are masked here."""
    connection.execute(
        insert(audit).values(
            at=now,
            agent_id=agent.id if agent else None,
            agent_name=agent.name if agent else None,
            what=what[:60],
            conversation_id=conversation_id,
            data=masked(data),
        )
    )


def entries(
    connection: Connection,
    *,
    conversation_id: str | None = None,
    agent_id: str | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> list[AuditEntry]:
    """Newest first; ``before``: an entry's id."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if conversation_id is not None:
        query = query.where(audit.c.conversation_id == conversation_id)
    if agent_id is not None:
        query = query.where(audit.c.agent_id == agent_id)
    if before is not None:
        query = query.where(audit.c.id < before)
    return [
        AuditEntry(row.id, row.at, row.agent_id, row.agent_name, row.what, row.conversation_id, row.data)
        for row in connection.execute(query)
    ]


def masked(value: Any) -> Any:
    """JSON with personal data made unreadable."""
    if isinstance(value, dict):
        of_a_shopper = not _PERSONAL.isdisjoint(value)
        return {key: _masked_entry(str(key), entry, of_a_shopper) for key, entry in value.items()}
    if isinstance(value, list):
        return [masked(entry) for entry in value]
    return mask_text(value) if isinstance(value, str) else value


def _masked_entry(key: str, value: Any, of_a_shopper: bool) -> Any:
    if not isinstance(value, str):
        return masked(value)
    if key in _EMAILS:
        return mask_email(value)
    if key == "phone":
        return mask_phone(value)
    if key in _STREETS:
        return f"{value[:1]}{DOTS}" if value else ""
    if key == "name" and of_a_shopper:
        return mask_name(value)
    return mask_text(value)
