"""How a conversation stands with people: who waits since when, and the clock that numbers the news for agents."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations, queue_clock
from bot.conversations.times import UtcDateTime

_TICK = update(queue_clock).where(queue_clock.c.id == 1).values(value=queue_clock.c.value + 1)
_READ = select(queue_clock.c.value).where(queue_clock.c.id == 1)
_CHANGE: dict[str, Any] = {"change": _READ.scalar_subquery()}
_WAITS: dict[str, Any] = {
    **_CHANGE,
    "waiting_since": func.coalesce(conversations.c.waiting_since, bindparam("now", type_=UtcDateTime())),
    "due_at": func.coalesce(conversations.c.due_at, bindparam("due", type_=UtcDateTime())),
}
Standing = Literal["as_it_is", "told", "waits", "answered"]
# What news of a conversation changes in its row. "told": agents have news; "waits": the shopper does, from now on
# unless before; "answered": an agent has it in hand and has read everything.
STANDINGS: dict[Standing, dict[str, Any]] = {
    "as_it_is": {},
    "told": _CHANGE,
    "waits": _WAITS,
    "answered": {**_CHANGE, "status": "open", "snoozed_until": None, "agent_read_seq": bindparam("seen")},
}
NOBODY_WAITS: dict[str, Any] = {"waiting_since": None, "due_at": None, "escalated_at": None}


_ROW = update(conversations).where(conversations.c.id == bindparam("conversation_id"))
_TELL = _ROW.values(**_CHANGE)
_WAIT = _ROW.values(**_WAITS)


def tick(connection: Connection) -> None:
    """The number of the next news. It is taken last and kept to the end of the transaction, so that numbers become
    visible in their order."""
    connection.execute(_TICK)


def tell_agents(connection: Connection, conversation_id: str) -> None:
    """News of the conversation for every agent's page. The caller holds the conversation."""
    tick(connection)
    connection.execute(_TELL, {"conversation_id": conversation_id})


def clock(connection: Connection) -> int:
    """The number of the latest news."""
    return int(connection.execute(_READ).scalar_one())


def shopper_waits(connection: Connection, conversation_id: str, *, since: datetime, due_at: datetime) -> None:
    """From now on, unless they wait already; with ``tell_agents``."""
    tick(connection)
    connection.execute(_WAIT, {"conversation_id": conversation_id, "now": since, "due": due_at})
