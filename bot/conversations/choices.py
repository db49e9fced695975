"""Buttons and card submits: what the engine put behind them stays here, the shopper gets a random token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import exists, insert, select
from sqlalchemy.engine import Connection

from bot.conversations.errors import ChoiceReplaced, UnknownChoice
from bot.conversations.tables import choices

_INSERT = insert(choices)

ForWhom = Literal["engine", "contact", "rating", "watch"]


@dataclass(frozen=True)
class Offered:
    """Buttons and card as the shopper may see them, and the rows that resolve their tokens later."""

    buttons: list[dict[str, str]]
    card: dict[str, Any] | None
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Choice:
    message_seq: int
    title: str
    payload: str
    for_whom: ForWhom


def offer(buttons: list[dict[str, str]], card: dict[str, Any] | None, for_whom: ForWhom = "engine") -> Offered:
    """Replace every payload by a token of 192 random bits."""
    rows: list[dict[str, Any]] = []
    confirms = card is not None and card.get("type") == "confirm"

    def token_for(payload: str, title: str, confirms: bool) -> str:
        token = secrets.token_urlsafe(24)
        rows.append(
            {"token": token, "payload": payload, "title": title[:500], "for_whom": for_whom, "confirms": confirms}
        )
        return token

    shown = [
        {"title": button["title"], "value": token_for(button["payload"], button["title"], confirms)}
        for button in buttons
    ]
    if card is not None and "submit" in card:
        card = {**card, "submit": token_for(card["submit"], "", False)}
    return Offered(shown, card, rows)


def keep_choices(
    connection: Connection, conversation_id: str, offers: list[tuple[int, Offered]], now: datetime
) -> None:
    """Remember what was offered: pairs of a message's number and its offer."""
    rows = [
        {**row, "conversation_id": conversation_id, "message_seq": seq, "created_at": now}
        for seq, offered in offers
        for row in offered.rows
    ]
    if rows:
        connection.execute(_INSERT, rows)


def resolve_choice(connection: Connection, conversation_id: str, token: str) -> Choice:
    """What a token stands for.

    A button of a confirmation is void once a newer confirmation was shown: an old "yes" must never confirm
    something else.
    """
    row = (
        connection.execute(
            select(choices).where(choices.c.token == token, choices.c.conversation_id == conversation_id)
        )
    ).first()
    if row is None:
        raise UnknownChoice
    if row.confirms and _confirmed_anew(connection, conversation_id, row.message_seq):
        raise ChoiceReplaced
    return Choice(row.message_seq, row.title, row.payload, row.for_whom)


def _confirmed_anew(connection: Connection, conversation_id: str, after_seq: int) -> bool:
    newer = exists().where(
        choices.c.conversation_id == conversation_id, choices.c.confirms, choices.c.message_seq > after_seq
    )
    return bool((connection.execute(select(newer))).scalar())
