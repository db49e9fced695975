"""Bearer tokens of shoppers: 256 random bits, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations

TOKEN_DAYS = 30


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 is enough: nobody can guess their way to 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_OPENS = select(conversations.c.id).where(
    conversations.c.token_hash == bindparam("token_hash"), conversations.c.token_expires_at > bindparam("now")
)


def conversation_of_token(connection: Connection, token: str, now: datetime) -> str | None:
    """The id of the conversation a token opens; None if there is none or it has expired."""
    row = connection.execute(_OPENS, {"token_hash": token_hash(token), "now": now}).first()
    return None if row is None else str(row.id)
