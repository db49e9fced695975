"""A shopper left an address and went; what a person answers then is mailed there, for that was promised.

A row of the outbox stands ready as soon as the agent writes. When it is due, what the shopper has not read by then is
written into it; if they have read all, the row goes away.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import get_conversation
from bot.conversations.records import Message
from bot.conversations.replay import message_of_row
from bot.conversations.tables import handoffs, messages
from bot.desk.outward.mail_words import MailWords
from bot.desk.outward.outbox import put
from bot.desk.outward.transcript import indented, said_in
from bot.desk.tables import outbox

ANSWER = "answer"
UNREAD_FOR = timedelta(minutes=2)
AT_MOST = timedelta(minutes=10)  # an agent who writes on and on delays the mail no longer


def agent_answered(connection: Connection, conversation_id: str, now: datetime) -> None:
    """To be called in the transaction that stores an agent's message, if the shop has a mail server."""
    email = _left_address(connection, conversation_id)
    if email is None:
        return
    standing = _standing_ready(connection, conversation_id)
    if standing is None:
        put(
            connection,
            "mail",
            ANSWER,
            conversation_id,
            recipient=email,
            body={},
            now=now,
            not_before=now + UNREAD_FOR,
        )
        return
    connection.execute(
        update(outbox)
        .where(outbox.c.id == standing.id)
        .values(not_before=min(now + UNREAD_FOR, standing.created_at + AT_MOST), recipient=email)
    )


# What the bot says by itself, because the shopper asked to be told, is mailed in the same way.
shopper_told = agent_answered


def write_due_answers(connection: Connection, *, shop: str, words: MailWords, now: datetime) -> None:
    """What is due is written into its row, or the row goes away: the shopper has read it."""
    due = select(outbox).where(
        outbox.c.state == "waiting", outbox.c.not_before <= now, outbox.c.event == ANSWER, outbox.c.attempts == 0
    )
    for row in connection.execute(due.with_for_update(skip_locked=True)).all():
        if not row.body:
            _write(connection, row.id, row.conversation_id, shop=shop, words=words)


def _write(connection: Connection, outbox_id: str, conversation_id: str, *, shop: str, words: MailWords) -> None:
    unread = _unread(connection, conversation_id)
    if not unread:
        connection.execute(delete(outbox).where(outbox.c.id == outbox_id))
        return
    language = words.language(get_conversation(connection, conversation_id).speaks)
    agent = next((message.author.name for message in reversed(unread) if message.author.name), None)
    kind = "answer" if any(message.author.kind == "agent" for message in unread) else "moved"
    parts = [
        words.text(f"{kind}.opening", language, agent=agent or words.text("people.agent", language)),
        *(indented(said_in(message, words, language)) for message in unread),
        "-- \n" + words.text("answer.closing", language, shop=shop),
    ]
    body = {
        "subject": words.text(f"{kind}.subject", language, shop=shop),
        "text": "\n\n".join(parts) + "\n",
        "language": language,
        "to_seq": unread[-1].seq,
    }
    connection.execute(update(outbox).where(outbox.c.id == outbox_id).values(body=body))


def _unread(connection: Connection, conversation_id: str) -> list[Message]:
    """The agents' messages, and the news asked for, that the shopper has neither seen nor answered nor got by mail."""
    last_words = select(func.max(messages.c.seq)).where(
        messages.c.conversation_id == conversation_id, messages.c.author_kind == "shopper"
    )
    seen = connection.execute(last_words).scalar() or 0
    mailed = connection.execute(
        select(outbox.c.body).where(outbox.c.conversation_id == conversation_id, outbox.c.event == ANSWER)
    ).scalars()
    after = max([seen, *(int(body.get("to_seq", 0)) for body in mailed)])
    rows = connection.execute(
        select(messages)
        .where(
            messages.c.conversation_id == conversation_id,
            messages.c.seq > after,
            or_(messages.c.author_kind == "agent", messages.c.response.like("utter#_moved#_%", escape="#")),
            messages.c.read_at.is_(None),
        )
        .order_by(messages.c.seq)
    )
    return [message_of_row(row) for row in rows]


def _standing_ready(connection: Connection, conversation_id: str) -> Any:
    """The row that nothing is written into yet, if there is one."""
    rows = connection.execute(
        select(outbox).where(
            outbox.c.conversation_id == conversation_id,
            outbox.c.event == ANSWER,
            outbox.c.state == "waiting",
            outbox.c.attempts == 0,
        )
    ).all()
    return next((row for row in rows if not row.body), None)


def _left_address(connection: Connection, conversation_id: str) -> str | None:
    """The address that was left for an answer, or that the shop has signed: the latest."""
    left = (
        select(handoffs.c.contact_email)
        .where(handoffs.c.conversation_id == conversation_id, handoffs.c.contact_email.isnot(None))
        .order_by(handoffs.c.id.desc())
        .limit(1)
    )
    email: str | None = connection.execute(left).scalar()
    return email
