"""What the shopper told people and the bot did not hear: offered to the agent to tick, never taken by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.tables import messages
from bot.desk.form.field_shown import shown_value
from bot.desk.form.form_known import FormRules, Known
from bot.desk.form.form_view import FormField
from bot.nlu.contact_details import emails, phones
from bot.orders.address_form import format_lines
from bot.orders.address_text import parse_address
from bot.orders.order_number import number_candidates, number_core
from bot.store.models import Address

LOOKED_THROUGH = 30  # messages, the latest
OFFERED = 8
_WORD = re.compile(r"[^\s,;:()]+")
_NOTHING = "-"  # stands for a street that nobody named


@dataclass(frozen=True)
class Said:
    seq: int
    text: str
    photo_id: str | None


def said_to_people(connection: Connection, conversation_id: str, after: int) -> list[Said]:
    """The shopper's messages since the bot had the conversation, oldest first."""
    rows = connection.execute(
        select(messages.c.seq, messages.c.text, messages.c.card)
        .where(
            messages.c.conversation_id == conversation_id,
            messages.c.author_kind == "shopper",
            messages.c.seq > after,
        )
        .order_by(messages.c.seq.desc())
        .limit(LOOKED_THROUGH)
    ).all()
    return [Said(row.seq, row.text or "", _photo(row.card)) for row in reversed(rows)]


def candidates(said: list[Said], fields: list[FormField], known: Known, rules: FormRules) -> list[dict[str, Any]]:
    """``{slot, value, shown, seq}``, ready to be put into the field as it is; the latest first, none twice."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for each in reversed(said):
        for slot, value, shown in _in_message(each, fields, known, rules):
            found.setdefault((slot, shown), {"slot": slot, "value": value, "shown": shown, "seq": each.seq})
    have = {(field.slot, field.shown) for field in fields}
    return [entry for key, entry in found.items() if key not in have][:OFFERED]


def _in_message(said: Said, fields: list[FormField], known: Known, rules: FormRules) -> Iterator[tuple[str, Any, str]]:
    address = _address(said.text, known, rules)
    for field in fields:
        if field.kind == "order":
            taken = set(re.findall(r"\d+", " ".join(format_lines(address)))) if address else set()
            for number in _numbers(said.text, taken, known):
                yield field.slot, number, f"#{number.lstrip('#')}"
        elif field.kind == "address" and address is not None:
            value = {name: part for name, part in address.dict().items() if part}
            yield field.slot, value, ", ".join(format_lines(address))
        elif field.kind == "items" and known.order is not None:
            from bot.orders.product_names import SURE, named

            lines = named(said.text, known.order.lines, rules.words, SURE)
            if lines:
                pieces = [{"id": line.id, "quantity": 1} for line in lines]
                yield field.slot, pieces, shown_value(field.slot, known.forms.field(field.slot), pieces, known)
        elif field.kind == "photos" and said.photo_id is not None:
            yield field.slot, [said.photo_id], "1"


def _numbers(text: str, taken: set[str], known: Known) -> Iterator[str]:
    """Words that may be an order's number, and are no part of an address, a phone number or an email."""
    regions = list(dict.fromkeys([known.policy.shop.country, *known.policy.shop.delivers_to]))
    for found in sorted([*emails(text), *phones(text, regions)], key=lambda each: each.start, reverse=True):
        text = f"{text[: found.start]} {text[found.end :]}"
    for word in _WORD.findall(text):
        if number_core(word) not in taken and number_candidates(word, known.policy):
            yield word.strip(".!?#'\"")


def _address(text: str, known: Known, rules: FormRules) -> Address | None:
    """Only a whole one: with a street. Name and phone are the order's, which this does not know."""
    text, _ = rules.talk.after_lead(rules.talk.without_end(text))
    country = known.order.shipping_address.country if known.order else known.policy.shop.country
    base = Address(name="", line1=_NOTHING, country=country)
    guess = parse_address(text, known.policy, base) if len(text.split()) > 2 else None
    if guess is None or "line1" not in guess.found or not {"city", "postcode"} & set(guess.found):
        return None
    return guess.address


def _photo(card: Any) -> str | None:
    return str(card["photo_id"]) if isinstance(card, dict) and card.get("type") == "photo" else None
