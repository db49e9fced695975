"""A new address as shoppers give it: a filled card, a line of text, or one piece."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.hearing import Hearing
from actions.shop import the_shop
from actions.words import Words
from bot.orders.address_form import form_fields
from bot.orders.address_merge import merge_address
from bot.orders.address_places import province_of, town_called
from bot.orders.address_talk import AddressTalk
from bot.orders.address_text import parse_address
from bot.store.models import Address

CARD_FIELDS = ("name", "line1", "line2", "district", "city", "region", "postcode", "country", "phone")
LONGEST = 200
WORDS_OF_AN_ADDRESS = 3
_NUMBER = re.compile(r"(?<![^\W\d_]{2})\d")  # of a house or a post code, unlike "agak2"
STREET = {"line1", "line2"}
HOUSE_NUMBER = re.compile(r"(?<![\w/-])\d{1,4}[A-Za-z]?(?![\w/-])")
BEHIND = " …"  # after a name: the piece comes right behind it


def address_from_card(values: Mapping[str, Any], base: Address) -> Address | None:
    """What was filled in, as it is; the checking comes later. ``None``: the card holds nothing of an address."""
    known = {field: str(values[field])[:LONGEST] for field in CARD_FIELDS if isinstance(values.get(field), str)}
    if not known.get("line1"):
        return None
    country = known.get("country", "").upper()
    known["country"] = country if re.fullmatch("[A-Z]{2}", country) else base.country
    return Address(**{"name": base.name, **known})


def address_in(heard: Hearing, asks: str | None, base: Address, words: Words, *, draft: bool) -> Address | None:
    """The address, or the changed one, that the message's text gives.

    Args:
        asks: the open question.
        base: what a piece changes: the draft, or the order's own address.
        draft: whether ``base`` is a draft, so that pieces alone make sense.
    """
    asked = asks in ("new_address", "address_part", "address_confirmed")
    talk = AddressTalk.of(words.group("heard"))
    if (draft or asked) and (named := _named_pieces(talk.without_end(heard.text), words, draft)):
        return _with_pieces(base, named)
    text, led = talk.after_lead(talk.without_end(_without_email(heard)))
    if not text or not (led or (asked and (heard.may_answer or _looks_like_one(text)))):
        return None
    if draft and (town := town_called(_without_other(text, words), base.country)):
        return _with_pieces(base, {"city": town.name})
    return _read(text, base, draft, asked)


def _read(text: str, base: Address, draft: bool, asked: bool) -> Address | None:
    """A whole address, or pieces of one that tell by themselves what they are."""
    guess = parse_address(text, the_shop().policy, base)
    if "line1" in guess.found and _looks_like_one(text):
        if draft and not set(guess.found) - STREET:  # a correction empties nothing that is known
            return merge_address(
                base, {field: getattr(guess.address, field) for field in guess.found}, the_shop().policy
            )
        return guess.address
    pieces = {field: getattr(guess.address, field) for field in guess.found if field != "line1"}
    if not pieces or not (draft or asked):
        return None
    return merge_address(base, pieces, the_shop().policy)


def _named_pieces(text: str, words: Words, draft: bool) -> dict[str, str]:
    """Pieces said with their names: "the unit number is B-12", "change the name to Siti"; in a correction of what is
    known also "kode posnya 40115" (names that end in "…")."""
    pieces: dict[str, str] = {}
    heard = words.group("heard")
    link = rf"(?:\s+{_any_of(['=', *(heard.get('address_is') or [])])}|\s*:)"
    for part in re.split(r"[,;\n]+", text):
        for field, names in (heard.get("address_piece") or {}).items():
            said = _any_of([name.removesuffix(BEHIND) for name in names]) + link
            at_once = [name.removesuffix(BEHIND) for name in names if name.endswith(BEHIND) and draft]
            said = f"(?:{said}|{_any_of(at_once)})" if at_once else said
            match = re.search(rf"(?<!\w){said}\s+(.+)", part, re.IGNORECASE)
            if match:
                pieces[field] = _without_other(match[1], words)[:LONGEST]
    return pieces


def _with_pieces(base: Address, pieces: dict[str, str]) -> Address:
    """A house number stays in its street; a town that is known brings its province along."""
    if HOUSE_NUMBER.fullmatch(pieces.get("line1", "")):
        street, count = HOUSE_NUMBER.subn(pieces["line1"], base.line1, count=1)
        pieces["line1"] = street if count else f"{base.line1} {pieces['line1']}"
    province = province_of(pieces.get("city", ""), base.country)
    if province and not {"region", "postcode"} & pieces.keys():
        pieces["region"] = province
    return merge_address(base, pieces, the_shop().policy)


def _without_other(text: str, words: Words) -> str:
    """ "43000 not 34000" without the second."""
    instead_of = rf"\s+{_any_of(words.group('heard').get('address_not') or [])}\s.*"
    return re.sub(instead_of, "", text, flags=re.I | re.S).strip(" .!,")


def _any_of(phrases: Sequence[str]) -> str:
    """A pattern for one of the phrases, the longest that fits."""
    return f"(?:{'|'.join(re.escape(each) for each in sorted(phrases, key=len, reverse=True))})"


def piece_in(heard: Hearing, field: str, base: Address) -> Address | None:
    """The answer to the question for one field, taken as it is."""
    if not heard.text or not heard.may_answer or heard.intent in ("affirm", "deny", "dont_know"):
        return None
    entity = "province" if field == "region" else field
    return _with_pieces(base, {field: heard.value(entity) or heard.text[:LONGEST]})


def wrong_field(country: str, errors: Mapping[str, str]) -> str | None:
    """The first field of that country's form that has an error."""
    try:
        order = [field.name for field in form_fields(country, the_shop().policy)]
    except ValueError:
        order = []
    return next((field for field in [*order, *errors] if field in errors), None)


def _without_email(heard: Hearing) -> str:
    """An email is a proof and never part of a place."""
    text = heard.text
    for email in heard.values("email"):
        text = re.sub(re.escape(email), "", text, flags=re.I)
    return text.strip(" ,;:?!")


def _looks_like_one(text: str) -> bool:
    return len(text.split()) >= WORDS_OF_AN_ADDRESS and _NUMBER.search(text) is not None
