"""Search over all conversations: by what was said in them, and by what they are of (order, shopper, id)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import column, exists, func, or_, select, table, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from bot.conversations.tables import conversations, handoffs, messages
from bot.desk.conversation.snippet import Part, has_all, snippet, words_of
from bot.desk.tables import labels
from bot.orders.mask import mask_text

MOST = 50  # conversations
_LOOKED_AT = 1000  # messages that match, the newest first
_MOST_WORDS = 12
_SHORTEST_NAME = 2  # letters

_FTS = table("message_search", column("rowid"))


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty does not matter. ``text`` without a word in it finds by the rest alone.

    Attributes:
        numbers: ways to write the order number that ``text`` may be.
        owner: bot, queue or an agent's id.
        email: of the shopper, exactly.
        begins, ends: of the messages that match, else of the conversation's last message; ``ends`` not included.
    """

    text: str = ""
    numbers: Sequence[str] = ()
    status: str = ""
    owner: str = ""
    language: str = ""
    label: str = ""
    reason: str = ""
    email: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    limit: int = MOST


@dataclass(frozen=True)
class Hit:
    """``seq``: the newest message that matches; None: the conversation itself matches."""

    conversation_id: str
    seq: int | None
    snippet: list[Part]


def search(connection: Connection, wanted: Wanted, *, masked: bool = False) -> list[Hit]:
    """One hit a conversation: first those of that order, shopper or id, then by what was said, the newest first.

    Args:
        masked: for who may not see personal data: no hit is by it or shows it.
    """
    typed = ("text", "status", "owner", "language", "label", "reason", "email")
    clean: dict[str, Any] = {name: _storable(getattr(wanted, name)) for name in typed}
    wanted = replace(wanted, **clean)
    words = words_of(wanted.text)[:_MOST_WORDS]
    hits = {hit.conversation_id: hit for hit in _by_itself(connection, wanted, masked)}
    if words:
        for hit in _by_words(connection, wanted, words, masked):
            hits.setdefault(hit.conversation_id, hit)
            if len(hits) >= wanted.limit:
                break
    return list(hits.values())[: wanted.limit]


def statement_for(dialect: str, words: Sequence[str], wanted: Wanted) -> Select:
    """The messages with all the words, the newest first; the last word may be the beginning of one.

    Words are letters and digits only and are bound and quoted: nothing that is typed is syntax of the search.
    """
    found = select(messages.c.conversation_id, messages.c.seq, messages.c.text)
    if dialect == "sqlite":
        # Read backwards along the index, so that it can end early.
        match = " ".join(f'"{word}"' for word in words) + "*"
        source = _FTS.join(messages, messages.c.id == _FTS.c.rowid)
        found = found.where(text("message_search MATCH :match").bindparams(match=match)).order_by(_FTS.c.rowid.desc())
    else:
        match = " & ".join(f"'{word}'" for word in words) + ":*"
        source, said = messages, func.to_tsvector("simple", messages.c.text)
        found = found.where(said.op("@@")(func.to_tsquery("simple", match))).order_by(messages.c.id.desc())
    found = found.select_from(source.join(conversations, conversations.c.id == messages.c.conversation_id))
    if wanted.begins is not None:
        found = found.where(messages.c.at >= wanted.begins)
    if wanted.ends is not None:
        found = found.where(messages.c.at < wanted.ends)
    return found.where(*_filters(wanted)).limit(_LOOKED_AT)


def _by_words(connection: Connection, wanted: Wanted, words: Sequence[str], masked: bool) -> Iterator[Hit]:
    for row in connection.execute(statement_for(connection.dialect.name, words, wanted)):
        shown = mask_text(row.text) if masked else row.text
        # A word found inside what is masked would tell that it is there.
        if not masked or has_all(shown, words):
            yield Hit(row.conversation_id, row.seq, snippet(shown, words))


def _by_itself(connection: Connection, wanted: Wanted, masked: bool) -> Iterator[Hit]:
    query = select(conversations.c.id).where(*_filters(wanted))
    if wanted.text:
        query = query.where(or_(*_names(wanted.text, wanted.numbers, masked)))
    if wanted.begins is not None:
        query = query.where(conversations.c.last_message_at >= wanted.begins)
    if wanted.ends is not None:
        query = query.where(conversations.c.last_message_at < wanted.ends)
    newest = query.order_by(conversations.c.last_message_at.desc(), conversations.c.id).limit(wanted.limit)
    for row in connection.execute(newest):
        yield Hit(row.id, None, [])


def _names(said: str, numbers: Sequence[str], masked: bool) -> list[ColumnElement]:
    """What of the conversation ``said`` may be."""
    ways = [conversations.c.id == said]
    if numbers:
        ways.append(conversations.c.order_number.in_(list(numbers)))
    if masked:
        return ways
    if "@" in said:
        ways.append(_of_email(said))
    if len(said) >= _SHORTEST_NAME:
        ways.append(func.lower(conversations.c.customer_name).contains(said.lower(), autoescape=True))
    return ways


def _of_email(email: str) -> ColumnElement:
    """Signed by the shop, or left for an answer."""
    left = exists().where(
        handoffs.c.conversation_id == conversations.c.id, func.lower(handoffs.c.contact_email) == email.lower()
    )
    return or_(func.lower(conversations.c.customer_email) == email.lower(), left)


def _filters(wanted: Wanted) -> list[ColumnElement]:
    speaks = func.lower(func.coalesce(conversations.c.language, conversations.c.locale))
    filters: list[Any] = []
    if wanted.status:
        filters.append(conversations.c.status == wanted.status)
    if wanted.owner in {"bot", "queue"}:
        filters.append(conversations.c.owner_kind == wanted.owner)
    elif wanted.owner:
        filters += [conversations.c.owner_kind == "agent", conversations.c.owner_id == wanted.owner]
    if wanted.language:
        language = wanted.language.lower()
        filters.append(or_(speaks == language, speaks.startswith(f"{language}-", autoescape=True)))
    if wanted.label:
        here = labels.c.conversation_id == conversations.c.id
        filters.append(exists().where(here, labels.c.label == wanted.label))
    if wanted.reason:
        filters.append(conversations.c.reason == wanted.reason)
    if wanted.email:
        filters.append(_of_email(wanted.email))
    return filters


def _storable(typed: str) -> str:
    """Without what no database keeps: NUL, halves of characters."""
    return typed.replace("\0", " ").encode("utf-8", "replace").decode("utf-8").strip()
