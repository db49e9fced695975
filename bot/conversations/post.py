"""A shopper's message comes in: stored once, and, while the bot owns the conversation, together with its turn."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversations.append import Draft, append
from bot.conversations.choice_text import text_of_choice
from bot.conversations.choices import Choice, resolve_choice
from bot.conversations.contact import leave_contact
from bot.conversations.errors import ClientIdReused
from bot.conversations.lookup import hold_conversation
from bot.conversations.photos import get_photo
from bot.conversations.records import SHOPPER, Conversation, Message
from bot.conversations.replay import message_of_row
from bot.conversations.tables import messages, turns


@dataclass(frozen=True)
class Incoming:
    """Exactly one of ``text``, ``choice`` (a token) and ``photo`` (an id)."""

    client_id: str
    text: str | None = None
    choice: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    photo: str | None = None

    def fingerprint(self) -> str:
        content = [self.text, self.choice, self.values, self.photo]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Posted:
    """``turn_id`` is None while a person owns the conversation; ``new`` lists what this call itself stored."""

    seq: int
    turn_id: str | None
    new: list[Message]


@dataclass(frozen=True)
class _Content:
    text: str
    card: dict[str, Any] | None
    engine_input: dict[str, Any] | None  # None: not for the engine
    contact_email: str | None = None


async def post_message(
    connection: AsyncConnection,
    conversation_id: str,
    incoming: Incoming,
    *,
    client_ref: str,
    contact_thanks: str,
    now: datetime,
) -> Posted:
    """Store the message; the same client id again gives the same row.

    Errors: ``NoConversation``, ``ClientIdReused``, ``UnknownChoice``, ``ChoiceReplaced``, ``UnknownPhoto``,
    ``InvalidContact``.
    """
    held = await hold_conversation(connection, conversation_id)
    earlier = await _earlier(connection, conversation_id, incoming)
    if earlier is not None:
        return earlier
    content = await _content(connection, held, incoming)
    turn_id = None
    if content.engine_input is not None and held.owner.kind == "bot":
        turn_id = uuid.uuid4().hex
        await connection.execute(
            insert(turns).values(
                id=turn_id,
                conversation_id=conversation_id,
                message_seq=held.next_seq,
                state="waiting",
                attempts=0,
                failures=0,
                input=content.engine_input,
                context=_context(held, client_ref),
                created_at=now,
            )
        )
    draft = Draft(
        SHOPPER,
        content.text,
        card=content.card,
        client_id=incoming.client_id,
        fingerprint=incoming.fingerprint(),
        turn_id=turn_id,
    )
    drafts = [draft]
    if content.contact_email is not None:
        drafts.append(
            await leave_contact(connection, conversation_id, content.contact_email, thanks=contact_thanks, now=now)
        )
    stored = await append(connection, held, drafts, now)
    return Posted(stored[0].seq, turn_id, stored)


async def _earlier(connection: AsyncConnection, conversation_id: str, incoming: Incoming) -> Posted | None:
    row = (
        await connection.execute(
            select(messages.c.seq, messages.c.fingerprint, messages.c.turn_id).where(
                messages.c.conversation_id == conversation_id, messages.c.client_id == incoming.client_id
            )
        )
    ).first()
    if row is None:
        return None
    if row.fingerprint != incoming.fingerprint():
        raise ClientIdReused
    return Posted(row.seq, row.turn_id, [])


async def _content(connection: AsyncConnection, held: Conversation, incoming: Incoming) -> _Content:
    if incoming.choice is not None:
        choice = await resolve_choice(connection, held.id, incoming.choice)
        return await _choice_content(connection, held, choice, incoming.values)
    if incoming.photo is not None:
        photo = await get_photo(connection, held.id, incoming.photo)
        card = {"type": "photo", "photo_id": photo.id, "width": photo.width, "height": photo.height}
        return _Content("", card, {"kind": "photo", "photo_id": photo.id})
    text = incoming.text or ""
    return _Content(text, None, {"kind": "text", "text": text})


async def _choice_content(
    connection: AsyncConnection, held: Conversation, choice: Choice, values: dict[str, Any]
) -> _Content:
    card = await _card_of(connection, held.id, choice.message_seq)
    text = text_of_choice(choice, values, card)
    if choice.for_whom == "contact":
        return _Content(text, None, None, contact_email=str(values.get("email", "")))
    engine_input = {"kind": "choice", "payload": choice.payload, "values": values, "title": text}
    return _Content(text, None, engine_input)


async def _card_of(connection: AsyncConnection, conversation_id: str, seq: int) -> dict[str, Any] | None:
    row = (
        await connection.execute(
            select(messages).where(messages.c.conversation_id == conversation_id, messages.c.seq == seq)
        )
    ).first()
    return None if row is None else message_of_row(row).card


def _context(held: Conversation, client_ref: str) -> dict[str, Any]:
    customer = None
    if held.customer is not None:
        customer = {"id": held.customer.id, "name": held.customer.name, "email": held.customer.email}
    return {"locale": held.locale, "time_zone": held.time_zone, "client_ref": client_ref, "customer": customer}
