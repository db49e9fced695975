"""Bearer tokens of shoppers: 256 random bits, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.tables import conversations

TOKEN_DAYS = 30


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 is enough: nobody can guess their way to 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


async def conversation_of_token(connection: AsyncConnection, token: str, now: datetime) -> str | None:
    """The id of the conversation a token opens; None if there is none or it has expired."""
    row = (
        await connection.execute(
            select(conversations.c.id).where(
                conversations.c.token_hash == token_hash(token), conversations.c.token_expires_at > now
            )
        )
    ).first()
    return None if row is None else str(row.id)
