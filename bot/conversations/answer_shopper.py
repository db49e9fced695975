"""A person answers: owner check and message are one transaction."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.errors import ClientIdReused, NotOwner
from bot.conversations.lookup import hold_conversation
from bot.conversations.order_of_card import ORDER
from bot.conversations.photos import get_photo
from bot.conversations.records import Author, Message
from bot.conversations.tables import messages
from bot.languages import language_of

# Statements of every message are built once: building one costs as much as running it.
_EARLIER = select(messages.c.seq, messages.c.fingerprint).where(
    messages.c.conversation_id == bindparam("conversation_id"), messages.c.client_id == bindparam("client_id")
)


@dataclass(frozen=True)
class Said:
    seq: int
    new: list[Message]  # empty for a client id that was stored before


def answer_shopper(
    connection: Connection,
    conversation_id: str,
    agent: Author,
    *,
    client_id: str,
    text: str = "",
    photo_id: str | None = None,
    card: dict[str, Any] | None = None,
    now: datetime,
) -> Said:
    """Store what the agent who owns the conversation says; the same client id again gives the same row.

    Errors: ``NoConversation``, ``NotOwner``, ``ClientIdReused``, ``UnknownPhoto``.
    """
    held = hold_conversation(connection, conversation_id)
    fingerprint = hashlib.sha256(json.dumps([agent.id, text, photo_id, card], sort_keys=True).encode()).hexdigest()
    key = {"conversation_id": conversation_id, "client_id": client_id}
    earlier = connection.execute(_EARLIER, key).first()
    if earlier is not None:
        if earlier.fingerprint != fingerprint:
            raise ClientIdReused
        return Said(earlier.seq, [])
    if held.owner.kind != "agent" or held.owner.id != agent.id:
        raise NotOwner(held.owner)
    if photo_id is not None:
        photo = get_photo(connection, conversation_id, photo_id)
        card = {"type": "photo", "photo_id": photo.id, "width": photo.width, "height": photo.height}
    # A card is drawn in the shopper's language, which its fixed words must then have too.
    language = language_of(held.speaks) if card is not None and card.get("type") == ORDER else None
    draft = Draft(agent, text, card=card, client_id=client_id, fingerprint=fingerprint, language=language)
    stored = append(connection, held, [draft], now, standing="answered")
    return Said(stored[0].seq, stored)
