"""The bot's replies become messages: numbered, with tokens where the engine put payloads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.choices import Offered, keep_choices, offer
from bot.conversations.contact import CONTACT_PAYLOAD
from bot.conversations.order_watches import take_wishes
from bot.conversations.records import BOT_AUTHOR, SYSTEM, Conversation, Message, Reply, Turn
from bot.languages import language_of

Sentence = Callable[[str], str]  # one of the gateway's own, in the language it is given


def say(
    connection: Connection,
    held: Conversation,
    turn: Turn,
    replies: list[Reply],
    *,
    now: datetime,
    contact_request: Sentence | None = None,
    nobody_there: str | None = None,
) -> list[Message]:
    """Append the replies; with ``contact_request``, also the email form, unless the address is known.

    ``nobody_there``: the sentence that says when somebody will be.

    ``held``: speaking the replies' language.
    """
    replies = take_wishes(connection, held, replies, now)
    offers = [offer(reply.buttons, reply.card) for reply in replies]
    drafts = [_draft(reply, offered, turn, held) for reply, offered in zip(replies, offers, strict=True)]
    if nobody_there:
        absent = offer([], None)
        offers.append(absent)
        drafts.append(_draft(Reply(nobody_there, "gateway.nobody_there"), absent, turn, held))
    if contact_request is not None and not (held.customer and held.customer.email):
        form = offer([], {"type": "email_form", "submit": CONTACT_PAYLOAD}, for_whom="contact")
        offers.append(form)
        request = Reply(contact_request(held.speaks), "gateway.contact_request")
        drafts.append(_draft(request, form, turn, held))
    said = append(connection, held, drafts, now)
    keep_choices(
        connection, held.id, [(message.seq, offered) for message, offered in zip(said, offers, strict=True)], now
    )
    return said


def _draft(reply: Reply, offered: Offered, turn: Turn, held: Conversation) -> Draft:
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
        language=language_of(held.speaks),
    )
