"""What must leave the house: a row written with what it tells of, sent until it is taken, or given up after a day.

A row is ``waiting``, ``sending`` (claimed, ``bot.desk.outward.outbox_claims``), ``sent`` or ``failed``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.conversations.times import as_text
from bot.desk.outward.context import context_of
from bot.desk.tables import outbox

Kind = Literal["webhook", "mail"]
STATES = ("waiting", "sending", "sent", "failed")

HANDOFF = "handoff.created"
THE_WEBHOOK = "webhook"  # there is one; its address is in the settings


@dataclass(frozen=True)
class OutboxRow:
    """How a row stands, without what it carries."""

    id: str
    kind: Kind
    event: str
    conversation_id: str | None
    recipient: str
    state: str
    attempts: int
    not_before: datetime
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None


def put(
    connection: Connection,
    kind: Kind,
    event: str,
    conversation_id: str | None,
    *,
    recipient: str,
    body: dict[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    outbox_id: str | None = None,
) -> str:
    """The row's id, which receivers see as the delivery's."""
    outbox_id = outbox_id or new_id()
    connection.execute(
        insert(outbox).values(
            id=outbox_id,
            kind=kind,
            event=event,
            conversation_id=conversation_id,
            recipient=recipient,
            body=body,
            state="waiting",
            attempts=0,
            not_before=not_before or now,
            created_at=now,
        )
    )
    return outbox_id


def new_id() -> str:
    return "d_" + secrets.token_urlsafe(16)


def handoff_created(
    connection: Connection, conversation_id: str, handoff_id: int, now: datetime, *, webhook: bool
) -> None:
    """The bot has just given the conversation to people, in this transaction.

    Args:
        webhook: whether the shop has one.
    """
    if not webhook:
        return
    outbox_id = new_id()
    body = {
        "event": HANDOFF,
        "delivery": outbox_id,
        "at": as_text(now),
        "handoff_id": handoff_id,
        "context": context_of(connection, conversation_id),
    }
    put(
        connection,
        "webhook",
        HANDOFF,
        conversation_id,
        recipient=THE_WEBHOOK,
        body=body,
        now=now,
        outbox_id=outbox_id,
    )


def replay(connection: Connection, outbox_id: str, now: datetime) -> OutboxRow | None:
    """Send it (again) now, under the same id; how it stands now, None if there is no such row.

    One that is being sent this moment is left alone, and so is a mail that is not written yet.
    """
    again = update(outbox).where(outbox.c.id == outbox_id, outbox.c.state != "sending")
    row = connection.execute(select(outbox).where(outbox.c.id == outbox_id)).first()
    if row is not None and row.body:
        connection.execute(again.values(state="waiting", attempts=0, not_before=now, last_error=None))
    return next(iter(_rows(connection, outbox.c.id == outbox_id)), None)


def outbox_rows(
    connection: Connection, *, state: str | None = None, before: str | None = None, limit: int = 100
) -> list[OutboxRow]:
    """Newest first; ``before``: a row's id."""
    wanted = [] if state is None else [outbox.c.state == state]
    if before is not None:
        at = select(outbox.c.created_at).where(outbox.c.id == before).scalar_subquery()
        wanted.append(or_(outbox.c.created_at < at, and_(outbox.c.created_at == at, outbox.c.id < before)))
    return _rows(connection, *wanted, limit=limit)


def _rows(connection: Connection, *wanted: Any, limit: int = 1) -> list[OutboxRow]:
    found = connection.execute(
        select(outbox).where(*wanted).order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit)
    )
    return [
        OutboxRow(
            row.id,
            row.kind,
            row.event,
            row.conversation_id,
            row.recipient,
            row.state,
            row.attempts,
            row.not_before,
            row.last_error,
            row.created_at,
            row.sent_at,
        )
        for row in found
    ]
