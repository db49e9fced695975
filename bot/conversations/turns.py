"""Turns: begun one after another in a conversation, under a lease that ends by itself if its runner dies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.lookup import hold_conversation
from bot.conversations.records import Turn, TurnState
from bot.conversations.tables import turns

LEASE = timedelta(seconds=15)


@dataclass(frozen=True)
class TurnRow:
    """How a turn stands, for whoever waits for it."""

    state: TurnState
    message_seq: int


async def begin_next(
    connection: AsyncConnection, conversation_id: str, *, runner: str, now: datetime, lease: timedelta = LEASE
) -> Turn | None:
    """The conversation's oldest open turn, now leased to ``runner``.

    None if there is none, if it is being run, or must wait before it is tried again. A turn whose runner died while a
    person took over is not run again: it becomes the queue's.
    """
    held = await hold_conversation(connection, conversation_id)
    row = (
        await connection.execute(
            select(turns)
            .where(turns.c.conversation_id == conversation_id, turns.c.state.in_(("waiting", "running")))
            .order_by(turns.c.message_seq)
            .limit(1)
        )
    ).first()
    if row is None or not _may_begin(row, now):
        return None
    if held.owner.kind != "bot":
        await connection.execute(
            update(turns).where(turns.c.id == row.id).values(state="queued", done_at=now, **_NO_LEASE)
        )
        return None
    await connection.execute(
        update(turns)
        .where(turns.c.id == row.id)
        .values(
            state="running",
            attempts=row.attempts + 1,
            lease_by=runner,
            lease_until=now + lease,
            not_before=None,
            started_at=row.started_at or now,
        )
    )
    return Turn(
        id=row.id,
        conversation_id=conversation_id,
        message_seq=row.message_seq,
        attempts=row.attempts + 1,
        failures=row.failures,
        first_failed_at=row.first_failed_at,
        input=row.input,
        context=row.context,
    )


_NO_LEASE: dict[str, Any] = {"lease_by": None, "lease_until": None}


def _may_begin(row: Any, now: datetime) -> bool:
    if row.state == "running":
        return bool(row.lease_until <= now)
    return row.not_before is None or bool(row.not_before <= now)


async def renew_leases(connection: AsyncConnection, runner: str, now: datetime, lease: timedelta = LEASE) -> None:
    """The runner is alive: what it runs stays its own."""
    await connection.execute(
        update(turns).where(turns.c.state == "running", turns.c.lease_by == runner).values(lease_until=now + lease)
    )


async def give_back(connection: AsyncConnection, runner: str | None = None) -> None:
    """A runner stops: what it had begun may be begun by another at once. No runner: all leases of all runners."""
    mine = turns.c.state == "running"
    if runner is not None:
        mine = and_(mine, turns.c.lease_by == runner)
    await connection.execute(update(turns).where(mine).values(state="waiting", **_NO_LEASE))


async def due_conversations(connection: AsyncConnection, now: datetime, limit: int = 200) -> list[str]:
    """Conversations whose oldest open turn can be begun now, longest waiting first."""
    earlier = turns.alias()
    blocked = exists().where(
        earlier.c.conversation_id == turns.c.conversation_id,
        earlier.c.message_seq < turns.c.message_seq,
        earlier.c.state.in_(("waiting", "running")),
    )
    ready = or_(
        and_(turns.c.state == "waiting", or_(turns.c.not_before.is_(None), turns.c.not_before <= now)),
        and_(turns.c.state == "running", turns.c.lease_until <= now),
    )
    rows = await connection.execute(
        select(turns.c.conversation_id).where(ready, ~blocked).order_by(turns.c.created_at).limit(limit)
    )
    return [row.conversation_id for row in rows]


async def state_of_turn(connection: AsyncConnection, turn_id: str) -> TurnRow:
    row = (await connection.execute(select(turns.c.state, turns.c.message_seq).where(turns.c.id == turn_id))).one()
    return TurnRow(row.state, row.message_seq)


async def last_engine_state(connection: AsyncConnection, conversation_id: str) -> dict[str, Any]:
    """Slots and form as the engine last told them; empty if it never did."""
    row = (
        await connection.execute(
            select(turns.c.engine_state)
            .where(turns.c.conversation_id == conversation_id, turns.c.engine_state.isnot(None))
            .order_by(turns.c.message_seq.desc())
            .limit(1)
        )
    ).first()
    return dict(row.engine_state) if row is not None else {}
