"""Orders that the store has told of and that must be looked at again: kept until that is done, whatever dies meanwhile.

However many times an order is told of, it is one row and one look; what comes while it is looked at is another look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.conversations.tables import order_news

GATHER = timedelta(seconds=0.3)  # a change comes as several events: one look serves them all
LEASE = timedelta(seconds=60)
LONGEST_PAUSE = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=1)  # of a store that does not answer: it tells again when it has news
_NO_LEASE: dict[str, Any] = {"lease_by": None, "lease_until": None}


@dataclass(frozen=True)
class Look:
    """An order to be read, leased to one runner. ``told``: the times it had been told of when the look began."""

    order_id: str
    told: int
    attempts: int
    at: datetime
    by: str


class LookLost(Exception):
    """It took so long that another runner may look at it."""


def tell_of_order(connection: Connection, order_id: str, topic: str, now: datetime) -> None:
    """The store has news of it. Once this is committed, the news cannot be lost."""
    soon = case((order_news.c.attempts > 0, now + GATHER), else_=order_news.c.not_before)  # it may be up again
    again = (
        update(order_news)
        .where(order_news.c.order_id == order_id)
        .values(told=order_news.c.told + 1, topic=topic[:100], not_before=soon)
    )
    if connection.execute(again).rowcount:
        return
    row = {
        "order_id": order_id,
        "told": 1,
        "topic": topic[:100],
        "attempts": 0,
        "not_before": now + GATHER,
        "at": now,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(order_news), row)
    except IntegrityError:  # another gateway was told at the same moment
        connection.execute(again)


def due_orders(connection: Connection, now: datetime, limit: int = 50) -> list[str]:
    rows = connection.execute(
        select(order_news.c.order_id)
        .where(order_news.c.not_before <= now, _free(now))
        .order_by(order_news.c.not_before)
        .limit(limit)
    )
    return [row.order_id for row in rows]


def begin_look(connection: Connection, order_id: str, *, runner: str, now: datetime) -> Look | None:
    """None if somebody else looks at it, or it is not due."""
    taken = connection.execute(
        update(order_news)
        .where(order_news.c.order_id == order_id, order_news.c.not_before <= now, _free(now))
        .values(lease_by=runner, lease_until=now + LEASE, attempts=order_news.c.attempts + 1)
    )
    if taken.rowcount != 1:
        return None
    row = connection.execute(select(order_news).where(order_news.c.order_id == order_id)).one()
    return Look(order_id, row.told, row.attempts, row.at, runner)


def still_looking(connection: Connection, look: Look) -> None:
    """Raises ``LookLost``: whoever has it now has read the order later."""
    mine = select(order_news.c.told).where(*_mine(look))
    if connection.execute(mine.with_for_update()).first() is None:
        raise LookLost


def end_look(connection: Connection, look: Look, now: datetime) -> None:
    """All is done that was told before the look began; what was told since is looked at next."""
    done = connection.execute(delete(order_news).where(*_mine(look), order_news.c.told == look.told))
    if not done.rowcount:
        connection.execute(
            update(order_news).where(*_mine(look)).values(not_before=now + GATHER, attempts=0, at=now, **_NO_LEASE)
        )


def look_later(connection: Connection, look: Look, now: datetime, pause: timedelta | None = None) -> None:
    """The store did not answer, or nobody was there yet. Without ``pause`` it is doubled with every attempt."""
    pause = pause or min(timedelta(seconds=2 ** min(look.attempts, 10)), LONGEST_PAUSE)
    connection.execute(update(order_news).where(*_mine(look)).values(not_before=now + pause, **_NO_LEASE))


def give_looks_back(connection: Connection, runner: str) -> None:
    """The runner stops: another may begin at once."""
    connection.execute(update(order_news).where(order_news.c.lease_by == runner).values(**_NO_LEASE))


def _free(now: datetime) -> Any:
    return or_(order_news.c.lease_until.is_(None), order_news.c.lease_until <= now)


def _mine(look: Look) -> tuple[Any, ...]:
    return order_news.c.order_id == look.order_id, order_news.c.lease_by == look.by
