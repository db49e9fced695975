"""What was said after a number: for a page that loads, a socket that reconnects, a script that waits."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.records import Author, Message
from bot.conversations.tables import messages

# Long conversations are read in pages; a caller who gets a full page asks again.
PAGE = 500


def messages_after(connection: Connection, conversation_id: str, after: int, limit: int = PAGE) -> list[Message]:
    rows = connection.execute(
        select(messages)
        .where(messages.c.conversation_id == conversation_id, messages.c.seq > after)
        .order_by(messages.c.seq)
        .limit(limit)
    )
    return [message_of_row(row) for row in rows]


def replies_of_turn(connection: Connection, turn_id: str) -> list[Message]:
    rows = connection.execute(
        select(messages)
        .where(messages.c.turn_id == turn_id, messages.c.author_kind != "shopper")
        .order_by(messages.c.seq)
    )
    return [message_of_row(row) for row in rows]


def message_of_row(row: Any) -> Message:
    return Message(
        seq=row.seq,
        at=row.at,
        author=Author(row.author_kind, row.author_id, row.author_name),
        text=row.text,
        buttons=row.buttons,
        card=row.card,
        client_id=row.client_id,
        turn_id=row.turn_id,
        language=row.language,
        response=row.response,
        revision=row.revision,
    )
