"""A conversation's row, read or held for the rest of a transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.conversations.errors import NoConversation
from bot.conversations.records import Conversation, Customer, Owner
from bot.conversations.tables import conversations

# Statements of every message are built once: building one costs as much as running it.
_GET = select(
    conversations.c.id,
    conversations.c.owner_kind,
    conversations.c.owner_id,
    conversations.c.owner_name,
    conversations.c.next_seq,
    conversations.c.read_seq,
    conversations.c.locale,
    conversations.c.time_zone,
    conversations.c.customer_id,
    conversations.c.customer_name,
    conversations.c.customer_email,
    conversations.c.token_expires_at,
    conversations.c.language,
    conversations.c.status,
    conversations.c.reason,
    conversations.c.resolved_at,
).where(conversations.c.id == bindparam("conversation_id"))
_HOLD = _GET.with_for_update()


def get_conversation(connection: Connection, conversation_id: str) -> Conversation:
    return _one(connection, _GET, conversation_id)


def hold_conversation(connection: Connection, conversation_id: str) -> Conversation:
    """The same, and nobody else writes to the conversation until this transaction ends.

    Every writing transaction of the log begins here, which is what keeps numbers gapless and the owner single
    (SQLite: the write lock is taken at BEGIN, and FOR UPDATE is left out).
    """
    return _one(connection, _HOLD, conversation_id)


def _one(connection: Connection, query: Any, conversation_id: str) -> Conversation:
    row = connection.execute(query, {"conversation_id": conversation_id}).first()
    if row is None:
        raise NoConversation
    customer = None
    if row.customer_id is not None:
        customer = Customer(row.customer_id, row.customer_name or "", row.customer_email or "")
    return Conversation(
        id=row.id,
        owner=Owner(row.owner_kind, row.owner_id, row.owner_name),
        next_seq=row.next_seq,
        read_seq=row.read_seq,
        locale=row.locale,
        time_zone=row.time_zone,
        customer=customer,
        token_expires_at=row.token_expires_at,
        language=row.language,
        status=row.status,
        reason=row.reason or "",
        resolved_at=row.resolved_at,
    )
