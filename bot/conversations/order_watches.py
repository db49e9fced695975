"""Shoppers who asked to be told when a parcel moves: kept with the reply that promises it, told once a step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft
from bot.conversations.order_news import tell_of_order
from bot.conversations.records import SYSTEM, Conversation, Reply
from bot.conversations.tables import order_watches
from bot.conversations.times import UtcDateTime
from bot.languages import language_of

LONGEST = timedelta(days=60)
QUIET_FOR = timedelta(minutes=30)
# What an action's reply may carry in place of a card; the shopper's page never sees them.
WATCH, UNWATCH = "watch", "unwatch"

_OPEN = and_(order_watches.c.ended_at.is_(None), order_watches.c.until > bindparam("now", type_=UtcDateTime()))
_WATCHING = (
    select(order_watches.c.order_id, order_watches.c.number)
    .where(order_watches.c.conversation_id == bindparam("conversation_id"), _OPEN)
    .order_by(order_watches.c.since)
)
_KNOWN = select(order_watches.c.known).where(
    order_watches.c.conversation_id == bindparam("conversation_id"),
    order_watches.c.order_id == bindparam("order_id"),
    _OPEN,
)


@dataclass(frozen=True)
class _Of:
    conversation_id: str
    order_id: str

    @property
    def where(self) -> Any:
        return and_(order_watches.c.conversation_id == self.conversation_id, order_watches.c.order_id == self.order_id)


def watching(connection: Connection, conversation_id: str, now: datetime) -> dict[str, str]:
    """Order id to number, of those the shopper is told of."""
    rows = connection.execute(_WATCHING, {"conversation_id": conversation_id, "now": now})
    return {row.order_id: row.number for row in rows}


def take_wishes(connection: Connection, held: Conversation, replies: Sequence[Reply], now: datetime) -> list[Reply]:
    """Keep or end the watches that replies promise, in their transaction; the replies without them come back."""
    return [_taken(connection, held, reply, now) for reply in replies]


def _taken(connection: Connection, held: Conversation, reply: Reply, now: datetime) -> Reply:
    wish = reply.card or {}
    if wish.get("type") == WATCH:
        watch(connection, held.id, wish["order_id"], number=wish["number"], known=wish["known"], now=now)
    elif wish.get("type") == UNWATCH:
        for order_id in wish["order_ids"]:
            end_watch(connection, held.id, order_id, now)
    else:
        return reply
    return replace(reply, card=None)


def watch(
    connection: Connection, conversation_id: str, order_id: str, *, number: str, known: Mapping[str, str], now: datetime
) -> None:
    """From now on, with what the shopper knows now; one that goes on already goes on as it is."""
    if order_id in watching(connection, conversation_id, now):
        return
    values = {
        "number": number,
        "known": dict(known),
        "since": now,
        "until": now + LONGEST,
        "ended_at": None,
        "looked_at": now,
    }
    begun_anew = update(order_watches).where(_Of(conversation_id, order_id).where).values(**values)
    if not connection.execute(begun_anew).rowcount:
        row = {"conversation_id": conversation_id, "order_id": order_id, **values}
        connection.execute(insert(order_watches), row)
    # It may have moved between the action's look and this moment.
    tell_of_order(connection, order_id, "watch", now)


def look_after_quiet(connection: Connection, now: datetime, limit: int = 50) -> int:
    """Have the orders read that nothing was heard of for long, for a webhook can be lost, and some stores send none.

    How many there are is returned.
    """
    quiet = and_(_OPEN, order_watches.c.looked_at <= now - QUIET_FOR)
    rows = connection.execute(select(order_watches.c.order_id).where(quiet).distinct().limit(limit), {"now": now})
    order_ids = list(rows.scalars())
    for order_id in order_ids:
        tell_of_order(connection, order_id, "quiet", now)
        connection.execute(update(order_watches).where(order_watches.c.order_id == order_id).values(looked_at=now))
    return len(order_ids)


def end_watch(connection: Connection, conversation_id: str, order_id: str, now: datetime) -> None:
    going_on = and_(_Of(conversation_id, order_id).where, order_watches.c.ended_at.is_(None))
    connection.execute(update(order_watches).where(going_on).values(ended_at=now))


def known_to_shopper(
    connection: Connection, conversation_id: str, order_id: str, now: datetime
) -> dict[str, str] | None:
    """What they know of the order's parcels; None if they do not want to be told (any more)."""
    key = {"conversation_id": conversation_id, "order_id": order_id, "now": now}
    known: dict[str, str] | None = connection.execute(_KNOWN, key).scalar()
    return known


def note_known(connection: Connection, conversation_id: str, order_id: str, known: Mapping[str, str]) -> None:
    connection.execute(update(order_watches).where(_Of(conversation_id, order_id).where).values(known=dict(known)))


def stop_payload(order_id: str, sentence: str) -> str:
    """What lies behind the button that ends a watch: the order, and what is answered then."""
    return json.dumps({"order_id": order_id, "sentence": sentence}, ensure_ascii=False)


def stop_by_button(connection: Connection, held: Conversation, payload: str, now: datetime) -> Draft:
    """End the watch, whoever owns the conversation; the answer comes back, not yet stored."""
    wanted = json.loads(payload)
    end_watch(connection, held.id, wanted["order_id"], now)
    language = language_of(held.speaks)
    return Draft(SYSTEM, wanted["sentence"], response="utter_notification_off", automatic=True, language=language)
