"""A shopper's message comes in: stored once, and, while the bot owns the conversation, together with its turn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.choice_text import text_of_choice
from bot.conversations.choices import Choice, resolve_choice
from bot.conversations.contact import leave_contact
from bot.conversations.errors import ClientIdReused
from bot.conversations.lookup import hold_conversation
from bot.conversations.order_watches import stop_by_button, watching
from bot.conversations.photos import get_photo
from bot.conversations.queue_rules import QueueRules
from bot.conversations.rating import Rating, leave_rating, rating_in
from bot.conversations.records import SHOPPER, Conversation, Message, Owner, Turn
from bot.conversations.reopen import reopened
from bot.conversations.replay import message_of_row
from bot.conversations.tables import messages
from bot.conversations.turns import add_turn, next_turn


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
    """``turn_id`` is None while a person owns the conversation; ``new`` lists what this call itself stored; ``begun``
    is the turn if it was leased to the caller's runner at once; ``owner`` is who has it if that changed."""

    seq: int
    turn_id: str | None
    new: list[Message]
    begun: Turn | None = None
    owner: Owner | None = None
    for_people: bool = False  # agents' pages have news of it


@dataclass(frozen=True)
class _Content:
    text: str
    card: dict[str, Any] | None
    engine_input: dict[str, Any] | None  # None: not for the engine
    contact_email: str | None = None
    rating: Rating | None = None
    stops_watch: str | None = None  # the payload of the button that ends one

    @property
    def speaks(self) -> bool:
        """Whether it asks for an answer: an address left, a rating given and a watch ended do not."""
        return self.engine_input is not None


def post_message(
    connection: Connection,
    conversation_id: str,
    incoming: Incoming,
    *,
    client_ref: str,
    contact_thanks: Callable[[str], str],
    rules: QueueRules,
    now: datetime,
    runner: str | None = None,
) -> Posted:
    """Store the message; the same client id again gives the same row. ``runner`` may begin its turn at once.

    A resolved conversation goes back to whom ``rules`` say; with people, the shopper now waits for an answer.
    ``contact_thanks``: language to the sentence that answers a left email.

    Errors: ``NoConversation``, ``ClientIdReused``, ``UnknownChoice``, ``ChoiceReplaced``, ``UnknownPhoto``,
    ``InvalidContact``, ``InvalidRating``, ``AlreadyRated``.
    """
    held = hold_conversation(connection, conversation_id)
    earlier = _earlier(connection, conversation_id, incoming)
    if earlier is not None:
        return earlier
    content = _content(connection, held, incoming)
    before = held.owner
    if content.speaks:
        held = reopened(connection, held, rules, now)
    for_bot = content.engine_input if held.owner.kind == "bot" else None
    turn = None
    if for_bot is not None:
        turn = next_turn(held, for_bot, client_ref, watching(connection, held.id, now))
    drafts = [
        Draft(
            SHOPPER,
            content.text,
            card=content.card,
            client_id=incoming.client_id,
            fingerprint=incoming.fingerprint(),
            turn_id=turn.id if turn else None,
        )
    ]
    if content.contact_email is not None:
        drafts.append(
            leave_contact(connection, held, content.contact_email, thanks=contact_thanks(held.speaks), now=now)
        )
    if content.rating is not None:
        drafts.append(leave_rating(connection, held, content.rating, rules=rules, now=now))
    if content.stops_watch is not None:
        drafts.append(stop_by_button(connection, held, content.stops_watch, now))
    begun = turn is not None and add_turn(connection, turn, runner=runner, now=now)
    with_people = held.owner.kind != "bot"
    waits = with_people and content.speaks
    stored = append(
        connection,
        held,
        drafts,
        now,
        standing="waits" if waits else "told" if with_people else "as_it_is",
        due_at=rules.due(held.reason, now) if waits else None,
    )
    return Posted(
        stored[0].seq,
        turn.id if turn else None,
        stored,
        turn if begun else None,
        held.owner if held.owner != before else None,
        with_people or before.kind != "bot",
    )


_EARLIER = select(messages.c.seq, messages.c.fingerprint, messages.c.turn_id).where(
    messages.c.conversation_id == bindparam("conversation_id"), messages.c.client_id == bindparam("client_id")
)


def _earlier(connection: Connection, conversation_id: str, incoming: Incoming) -> Posted | None:
    key = {"conversation_id": conversation_id, "client_id": incoming.client_id}
    row = connection.execute(_EARLIER, key).first()
    if row is None:
        return None
    if row.fingerprint != incoming.fingerprint():
        raise ClientIdReused
    return Posted(row.seq, row.turn_id, [])


def _content(connection: Connection, held: Conversation, incoming: Incoming) -> _Content:
    if incoming.choice is not None:
        choice = resolve_choice(connection, held.id, incoming.choice)
        return _choice_content(connection, held, choice, incoming.values)
    if incoming.photo is not None:
        photo = get_photo(connection, held.id, incoming.photo)
        card = {"type": "photo", "photo_id": photo.id, "width": photo.width, "height": photo.height}
        return _Content("", card, {"kind": "photo", "photo_id": photo.id})
    text = incoming.text or ""
    return _Content(text, None, {"kind": "text", "text": text})


def _choice_content(connection: Connection, held: Conversation, choice: Choice, values: dict[str, Any]) -> _Content:
    if choice.for_whom == "rating":
        rating = rating_in(values)
        return _Content(rating.text, None, None, rating=rating)
    card = _card_of(connection, held.id, choice.message_seq)
    text = text_of_choice(choice, values, card)
    if choice.for_whom == "contact":
        return _Content(text, None, None, contact_email=str(values.get("email", "")))
    if choice.for_whom == "watch":
        return _Content(text, None, None, stops_watch=choice.payload)
    engine_input = {"kind": "choice", "payload": choice.payload, "values": values, "title": text}
    return _Content(text, None, engine_input)


def _card_of(connection: Connection, conversation_id: str, seq: int) -> dict[str, Any] | None:
    row = (
        connection.execute(select(messages).where(messages.c.conversation_id == conversation_id, messages.c.seq == seq))
    ).first()
    return None if row is None else message_of_row(row).card
