"""Who sends a row of the outbox now, and what becomes of it.

A claim holds until ``not_before``; if its sender dies, the row is claimed anew then. ``attempts`` counts claims, so
that a late end of an old one changes nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.desk.outward.outbox import Kind
from bot.desk.tables import outbox

CLAIM = timedelta(minutes=2)  # longer than any attempt may take
_FIRST_WAIT = 10.0  # seconds; doubled with every attempt
_LONGEST_WAIT = 3600.0
MAX_ATTEMPTS = 33  # with these waits, about a day
_OPEN = ("waiting", "sending")


@dataclass(frozen=True)
class Parcel:
    """A row that this sender has claimed."""

    id: str
    kind: Kind
    event: str
    conversation_id: str | None
    recipient: str
    body: dict[str, Any]
    attempts: int
    created_at: datetime


def any_due(connection: Connection, now: datetime, kind: str) -> bool:
    return connection.execute(select(outbox.c.id).where(*_due(now, kind)).limit(1)).first() is not None


def claim_due(connection: Connection, now: datetime, kind: str, limit: int) -> list[Parcel]:
    """Rows to be sent now, longest due first. Nobody else gets them before ``CLAIM`` has passed."""
    due = (
        select(outbox)
        .where(*_due(now, kind))
        .order_by(outbox.c.not_before)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(due).all()
    if rows:
        connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(state="sending", attempts=outbox.c.attempts + 1, not_before=now + CLAIM)
        )
    return [_parcel(row, row.attempts + 1) for row in rows]


def _due(now: datetime, kind: str) -> tuple[Any, ...]:
    return outbox.c.state.in_(_OPEN), outbox.c.not_before <= now, outbox.c.kind == kind


def mark_sent(connection: Connection, parcel: Parcel, now: datetime) -> None:
    _end(connection, parcel, state="sent", sent_at=now, last_error=None)


def mark_failed(
    connection: Connection, parcel: Parcel, error: str, now: datetime, *, lasting: bool = False, after: float = 0.0
) -> None:
    """Tried again later, unless that has been done for a day or cannot help.

    Args:
        error: one short code; never what the other side wrote.
        after: seconds that the other side asked us to wait.
    """
    if lasting or parcel.attempts >= MAX_ATTEMPTS:
        _end(connection, parcel, state="failed", last_error=error[:200])
        return
    wait = timedelta(seconds=max(backoff(parcel.attempts), min(after, _LONGEST_WAIT)))
    _end(connection, parcel, state="waiting", last_error=error[:200], not_before=now + wait)


def backoff(attempts: int) -> float:
    """Seconds after so many attempts: doubling to an hour, spread so that many rows do not come back as one crowd."""
    whole = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(attempts - 1, 20))
    return float(whole * (0.75 + random.random() / 2))  # noqa: S311 - no secret


def _end(connection: Connection, parcel: Parcel, **values: Any) -> None:
    connection.execute(
        update(outbox)
        .where(outbox.c.id == parcel.id, outbox.c.state == "sending", outbox.c.attempts == parcel.attempts)
        .values(**values)
    )


def _parcel(row: Any, attempts: int) -> Parcel:
    return Parcel(row.id, row.kind, row.event, row.conversation_id, row.recipient, row.body, attempts, row.created_at)
