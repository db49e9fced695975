"""A conversation as a mail in plain text, for the shopper it was held with. Notes of the desk are not part of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date, format_datetime, get_timezone
from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.records import Conversation, Message
from bot.conversations.replay import message_of_row
from bot.conversations.tables import messages
from bot.desk.outward.mail_words import MailWords
from bot.desk.outward.outbox import put
from bot.desk.tables import outbox

TRANSCRIPT = "transcript"
A_DAY = 3  # transcripts of one conversation
MOST_MESSAGES = 1000
_DAY = timedelta(days=1)


class NothingSaid(Exception):
    """There is nothing to send."""


class TooMany(Exception):
    """``A_DAY`` were asked for within a day; ``after``: seconds until the next may be."""

    def __init__(self, after: float) -> None:
        super().__init__(after)
        self.after = after


def send_transcript(
    connection: Connection, conversation_id: str, email: str, *, shop: str, words: MailWords, now: datetime
) -> str:
    """Write it and put it into the outbox; the row's id.

    Args:
        email: verified to be the shopper's; whoever calls has made sure.

    Raises:
        NoConversation, NothingSaid, TooMany.
    """
    held = hold_conversation(connection, conversation_id)
    _not_too_often(connection, conversation_id, now)
    latest = (
        select(messages)
        .where(messages.c.conversation_id == conversation_id)
        .order_by(messages.c.seq.desc())
        .limit(MOST_MESSAGES)
    )
    said = [message_of_row(row) for row in reversed(connection.execute(latest).all())]
    if not said:
        raise NothingSaid
    body = _written(held, said, shop=shop, words=words)
    return put(connection, "mail", TRANSCRIPT, conversation_id, recipient=email, body=body, now=now)


def _not_too_often(connection: Connection, conversation_id: str, now: datetime) -> None:
    count, oldest = connection.execute(
        select(func.count(), func.min(outbox.c.created_at)).where(
            outbox.c.conversation_id == conversation_id,
            outbox.c.event == TRANSCRIPT,
            outbox.c.created_at > now - _DAY,
        )
    ).one()
    if count >= A_DAY:
        raise TooMany((oldest + _DAY - now).total_seconds())


def _written(held: Conversation, said: list[Message], *, shop: str, words: MailWords) -> dict[str, Any]:
    language = words.language(held.speaks)
    clock = Clock(language, held.time_zone)
    parts = [words.text("transcript.opening", language, shop=shop, date=clock.day(said[0].at))]
    if said[0].seq > 1:
        parts.append(words.text("earlier", language))
    parts += [_entry(message, words, language, clock) for message in said]
    parts.append("-- \n" + words.text("transcript.closing", language, shop=shop))
    return {
        "subject": words.text("transcript.subject", language, shop=shop),
        "text": "\n\n".join(parts) + "\n",
        "language": language,
    }


def _entry(message: Message, words: MailWords, language: str, clock: Clock) -> str:
    who = message.author.name or words.text(f"people.{message.author.kind}", language)
    return f"{who}, {clock.moment(message.at)}:\n{indented(said_in(message, words, language))}"


def indented(text: str) -> str:
    """Nothing that was said can look like a line of the mail's own."""
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def said_in(message: Message, words: MailWords, language: str) -> str:
    """The text, then what its card says; buttons and forms are for the chat only."""
    card = message.card or {}
    if card.get("type") == "photo":
        return words.text("photo", language)
    return "\n".join(line for line in [message.text.strip(), *_card_lines(card)] if line)


def _card_lines(card: dict[str, Any]) -> list[str]:
    """What a card shows that is words already; a kind that is not known says nothing."""
    if card.get("type") not in ("order", "case", "confirm", "products", "timeline"):
        return []
    number = f"#{card['number']}" if card.get("number") else ""
    head = ", ".join(str(part) for part in (card.get("title"), number, card.get("state_label")) if part)
    rows = [f"{row.get('label')}: {row.get('value')}" for row in card.get("rows") or []]
    columns = [f"{column.get('label')}: {', '.join(column.get('lines') or [])}" for column in card.get("columns") or []]
    return [head, *rows, *columns, *map(_item_line, card.get("items") or []), str(card.get("total") or "")]


def _item_line(item: dict[str, Any]) -> str:
    amount = f"{item['quantity']} × " if item.get("quantity", 1) != 1 else ""
    details = ", ".join(str(part) for part in (item.get("options"), item.get("price")) if part)
    return f"- {amount}{item.get('title')}" + (f" ({details})" if details else "")


class Clock:
    """Moments as the shopper reads them."""

    def __init__(self, language: str, time_zone: str) -> None:
        self._language = language
        try:
            self._zone = get_timezone(time_zone)
        except LookupError:
            self._zone = get_timezone("UTC")

    def day(self, at: datetime) -> str:
        return str(format_date(at.astimezone(self._zone), "long", locale=self._language))

    def moment(self, at: datetime) -> str:
        return str(format_datetime(at, "medium", tzinfo=self._zone, locale=self._language))
