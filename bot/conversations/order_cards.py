"""Cards of orders that are drawn anew when the order has changed: stored first, and numbered, so that none is missed.

Every redrawing has the conversation's next revision. A client names the last one it has heard of, and gets what came
after it; a message that it has not got yet comes with its card as it is now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection

from bot.conversations.order_of_card import card_and_order
from bot.conversations.records import Conversation, Message
from bot.conversations.replay import message_of_row
from bot.conversations.tables import conversations, messages, order_watches

OPEN_FOR = timedelta(days=30)  # a card older than this stays as it was

Draw = Callable[[str], dict[str, Any]]  # language to card

_SHOWS = (messages.c.order_id == bindparam("order_id"), messages.c.at > bindparam("since", type_=messages.c.at.type))
_CONCERNED = select(messages.c.conversation_id).where(*_SHOWS).distinct()
_NEWEST = (
    select(messages)
    .where(messages.c.conversation_id == bindparam("conversation_id"), *_SHOWS)
    .order_by(messages.c.seq.desc())
    .limit(1)
)
_REVISION = select(conversations.c.revision).where(conversations.c.id == bindparam("conversation_id"))
_REDRAWN = (
    select(messages)
    .where(
        messages.c.conversation_id == bindparam("conversation_id"),
        messages.c.seq <= bindparam("up_to"),
        messages.c.revision > bindparam("after"),
    )
    .order_by(messages.c.revision)
)


@dataclass(frozen=True)
class Redrawn:
    """``messages`` by their revisions; ``revision``: the conversation's, when they were looked up."""

    messages: list[Message]
    revision: int


def conversations_concerned(connection: Connection, order_id: str, now: datetime) -> list[str]:
    """Those that show the order, and those whose shopper wants to be told of it."""
    shown = connection.execute(_CONCERNED, {"order_id": order_id, "since": now - OPEN_FOR}).scalars()
    watched = connection.execute(
        select(order_watches.c.conversation_id).where(
            order_watches.c.order_id == order_id,
            order_watches.c.ended_at.is_(None),
            order_watches.c.until > now,
        )
    ).scalars()
    return sorted({*shown, *watched})


def redraw_card(connection: Connection, held: Conversation, order_id: str, draw: Draw, now: datetime) -> Message | None:
    """Draw the newest card of the order anew, in the language it had; None if it is as it was, or there is none.

    The caller holds the conversation.
    """
    key = {"conversation_id": held.id, "order_id": order_id, "since": now - OPEN_FOR}
    row = connection.execute(_NEWEST, key).first()
    if row is None:
        return None
    card, _ = card_and_order(draw(row.language or held.speaks))
    if card == row.card:
        return None
    connection.execute(
        update(conversations).where(conversations.c.id == held.id).values(revision=conversations.c.revision + 1)
    )
    revision = connection.execute(_REVISION, {"conversation_id": held.id}).scalar_one()
    connection.execute(update(messages).where(messages.c.id == row.id).values(card=card, revision=revision))
    return message_of_row(connection.execute(select(messages).where(messages.c.id == row.id)).one())


def redrawn_after(connection: Connection, conversation_id: str, after: int, *, up_to: int) -> Redrawn:
    """Messages up to a number that were drawn anew after a revision."""
    revision = connection.execute(_REVISION, {"conversation_id": conversation_id}).scalar_one_or_none() or 0
    if revision <= after:
        return Redrawn([], revision)
    rows = connection.execute(_REDRAWN, {"conversation_id": conversation_id, "up_to": up_to, "after": after})
    return Redrawn([message_of_row(row) for row in rows], revision)
