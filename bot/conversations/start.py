"""A conversation begins."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.conversations.records import Customer
from bot.conversations.tables import conversations
from bot.conversations.tokens import TOKEN_DAYS, new_token, token_hash


@dataclass(frozen=True)
class Started:
    conversation_id: str
    token: str
    expires_at: datetime


def start_conversation(
    connection: Connection,
    *,
    locale: str,
    time_zone: str,
    client_ref: str,
    customer: Customer | None,
    now: datetime,
) -> Started:
    """The only time the token itself is known to us; the log keeps its hash."""
    started = Started("c_" + secrets.token_urlsafe(16), new_token(), now + timedelta(days=TOKEN_DAYS))
    connection.execute(
        insert(conversations).values(
            id=started.conversation_id,
            owner_kind="bot",
            owner_since=now,
            next_seq=1,
            read_seq=0,
            locale=locale,
            time_zone=time_zone,
            customer_id=customer.id if customer else None,
            customer_name=customer.name if customer else None,
            customer_email=customer.email if customer else None,
            token_hash=token_hash(started.token),
            token_expires_at=started.expires_at,
            client_ref=client_ref,
            created_at=now,
        )
    )
    return started
