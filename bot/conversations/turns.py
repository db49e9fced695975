"""Turns: begun one after another in a conversation, under a lease that ends by itself if its runner dies."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.records import Conversation, Turn, TurnState
from bot.conversations.tables import OPEN_TURN, turns

LEASE = timedelta(seconds=15)


@dataclass(frozen=True)
class TurnRow:
    """How a turn stands, for whoever waits for it."""

    state: TurnState
    message_seq: int


_OLDEST_OPEN = (
    select(turns)
    .where(turns.c.conversation_id == bindparam("conversation_id"), OPEN_TURN)
    .order_by(turns.c.message_seq)
    .limit(1)
)
_ANY_OPEN = select(turns.c.id).where(turns.c.conversation_id == bindparam("conversation_id"), OPEN_TURN).limit(1)
_INSERT = insert(turns)
_BEGIN = (
    update(turns)
    .where(turns.c.id == bindparam("turn_id"))
    .values(
        state="running",
        attempts=turns.c.attempts + 1,
        lease_by=bindparam("runner"),
        lease_until=bindparam("until"),
        not_before=None,
        started_at=bindparam("started"),
    )
)


def next_turn(
    held: Conversation, engine_input: dict[str, Any], client_ref: str, watching: Mapping[str, str] | None = None
) -> Turn:
    """The turn of the message that is stored next; its ``context`` is who the engine talks to, and where.

    ``watching``: the orders that they are told of, id to number.
    """
    customer = held.customer
    return Turn(
        id=uuid.uuid4().hex,
        conversation_id=held.id,
        message_seq=held.next_seq,
        attempts=1,
        failures=0,
        first_failed_at=None,
        input=engine_input,
        context={
            "locale": held.locale,
            "time_zone": held.time_zone,
            "client_ref": client_ref,
            "customer": {"id": customer.id, "name": customer.name, "email": customer.email} if customer else None,
            **({"watching": dict(watching)} if watching else {}),
        },
    )


def add_turn(connection: Connection, turn: Turn, *, runner: str | None, now: datetime) -> bool:
    """A turn for the message just stored. The caller holds the conversation.

    With a ``runner`` and no other turn open, it is begun at once, which saves a transaction; True says so.
    """
    begun = runner is not None and not has_open_turn(connection, turn.conversation_id)
    connection.execute(
        _INSERT,
        {
            "id": turn.id,
            "conversation_id": turn.conversation_id,
            "message_seq": turn.message_seq,
            "state": "running" if begun else "waiting",
            "attempts": 1 if begun else 0,
            "failures": 0,
            "input": turn.input,
            "context": turn.context,
            "created_at": now,
            "started_at": now if begun else None,
            "lease_by": runner if begun else None,
            "lease_until": now + LEASE if begun else None,
        },
    )
    return begun


def has_open_turn(connection: Connection, conversation_id: str) -> bool:
    return connection.execute(_ANY_OPEN, {"conversation_id": conversation_id}).first() is not None


def begin_next(
    connection: Connection, conversation_id: str, *, runner: str, now: datetime, lease: timedelta = LEASE
) -> Turn | None:
    """The conversation's oldest open turn, now leased to ``runner``.

    None if there is none, if it is being run, or must wait before it is tried again. A turn whose runner died while a
    person took over is not run again: it becomes the queue's.
    """
    held = hold_conversation(connection, conversation_id)
    row = connection.execute(_OLDEST_OPEN, {"conversation_id": conversation_id}).first()
    if row is None or not _may_begin(row, now):
        return None
    if held.owner.kind != "bot":
        connection.execute(update(turns).where(turns.c.id == row.id).values(state="queued", done_at=now, **_NO_LEASE))
        return None
    connection.execute(
        _BEGIN, {"turn_id": row.id, "runner": runner, "until": now + lease, "started": row.started_at or now}
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


def renew_leases(
    connection: Connection, runner: str, turn_ids: Sequence[str], now: datetime, lease: timedelta = LEASE
) -> None:
    """The runner is alive and runs these."""
    connection.execute(
        update(turns)
        .where(turns.c.id.in_(turn_ids), turns.c.state == "running", turns.c.lease_by == runner)
        .values(lease_until=now + lease)
    )


def give_back(connection: Connection, runner: str | None = None) -> None:
    """A runner stops: what it had begun may be begun by another at once. No runner: all leases of all runners."""
    mine = turns.c.state == "running"
    if runner is not None:
        mine = and_(mine, turns.c.lease_by == runner)
    connection.execute(update(turns).where(mine).values(state="waiting", **_NO_LEASE))


def due_conversations(connection: Connection, now: datetime, limit: int = 200) -> list[str]:
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
    rows = connection.execute(
        select(turns.c.conversation_id).where(ready, ~blocked).order_by(turns.c.created_at).limit(limit)
    )
    return [row.conversation_id for row in rows]


def state_of_turn(connection: Connection, turn_id: str) -> TurnRow:
    row = (connection.execute(select(turns.c.state, turns.c.message_seq).where(turns.c.id == turn_id))).one()
    return TurnRow(row.state, row.message_seq)


def last_engine_state(connection: Connection, conversation_id: str) -> dict[str, Any]:
    """Slots and form as the engine last told them; empty if it never did."""
    row = (
        connection.execute(
            select(turns.c.engine_state)
            .where(turns.c.conversation_id == conversation_id, turns.c.engine_state.isnot(None))
            .order_by(turns.c.message_seq.desc())
            .limit(1)
        )
    ).first()
    return dict(row.engine_state) if row is not None else {}
