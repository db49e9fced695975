"""The bot's replies become messages: numbered, with tokens where the engine put payloads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.choices import Offered, keep_choices, offer
from bot.conversations.contact import CONTACT_PAYLOAD
from bot.conversations.records import BOT_AUTHOR, SYSTEM, Conversation, Message, Reply, Turn


def say(
    connection: Connection,
    held: Conversation,
    turn: Turn,
    replies: list[Reply],
    *,
    now: datetime,
    contact_request: str | None = None,
) -> list[Message]:
    """Append the replies; with ``contact_request``, also the email form, unless the address is known."""
    offers = [offer(reply.buttons, reply.card) for reply in replies]
    drafts = [_draft(reply, offered, turn) for reply, offered in zip(replies, offers, strict=True)]
    if contact_request is not None and not (held.customer and held.customer.email):
        form = offer([], {"type": "email_form", "submit": CONTACT_PAYLOAD}, for_whom="contact")
        offers.append(form)
        drafts.append(_draft(Reply(contact_request, "gateway.contact_request"), form, turn))
    said = append(connection, held, drafts, now)
    keep_choices(
        connection, held.id, [(message.seq, offered) for message, offered in zip(said, offers, strict=True)], now
    )
    return said


def _draft(reply: Reply, offered: Offered, turn: Turn) -> Draft:
    # What the gateway says of its own accord is the system's word, not the bot's.
    author = SYSTEM if (reply.response or "").startswith("gateway.") else BOT_AUTHOR
    return Draft(
        author,
        reply.text,
        buttons=offered.buttons,
        card=offered.card,
        response=reply.response,
        automatic=True,
        turn_id=turn.id,
    )
