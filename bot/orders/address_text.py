"""Reads an address out of free text, as well as can be: "12 Jalan Mawar, Taman Sri, 43000 Kajang, Selangor".

Commas, line breaks and labels ("Kec.") part it; the postcode is the landmark; region and town stand around it or are
known by name; the rest is street.
"""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from babel import Locale

from bot.orders.address_check import clean
from bot.orders.address_merge import merge_address
from bot.orders.address_parts import Part, Reading, parts_of, starts_with
from bot.orders.address_places import other_country
from bot.orders.address_town import add_region_of_town, region_in, take_city, take_region
from bot.orders.country_rules import country_rules
from bot.orders.policy import Policy
from bot.orders.verdict import JobData
from bot.places.address_words import address_words
from bot.store.models import Address

HOUSE_LIKE_POSTCODE = frozenset({"US", "PH"})  # "12345 Main Street", "1234 Rizal Avenue"
COUNTRY_NAME_LANGUAGES = ("en", "ms", "id", "fil")
OTHER_COUNTRY_NAMES = {"usa": "US", "u.s.a.": "US", "us": "US"}
_PHONE = re.compile(r"(?:^|(?<=[\s:]))(\+?\d[\d\s().-]{7,})$")


class AddressGuess(JobData):
    """``found``: the fields that the text named, in ``Address``'s words; empty when it is no address at all."""

    address: Address
    found: tuple[str, ...]


def parse_address(text: str, policy: Policy, base: Address) -> AddressGuess:
    """``base`` is the order's address: it gives the country where the text names none, and name and phone.

    A text with a street is a whole new address; anything less changes the pieces it names.
    """
    texts = parts_of(text)
    country = _take_country(texts, policy)
    if not country and any(Part(each).is_street for each in texts):
        country = other_country(texts, base.country, policy)
    country = country or base.country
    parts = [Part(part) for part in texts if part.casefold() != base.name.casefold()]
    reading = Reading(country_rules(country), policy, parts)
    if country != base.country:
        reading.found["country"] = country
    for take in STEPS:
        take(reading)
    whole = "line1" in reading.found
    kept = Address(name=base.name, phone=base.phone, line1="-", country=country) if whole else base
    return AddressGuess(address=merge_address(kept, reading.found, policy), found=tuple(reading.found))


def _take_country(texts: list[str], policy: Policy) -> str:
    code = _country_names(tuple(policy.shop.delivers_to)).get(texts[-1].casefold(), "") if len(texts) > 1 else ""
    if code:
        texts.pop()
    return code


@lru_cache(maxsize=4)
def _country_names(codes: tuple[str, ...]) -> dict[str, str]:
    names = {
        Locale(language).territories[code].casefold(): code for code in codes for language in COUNTRY_NAME_LANGUAGES
    }
    return names | {name: code for name, code in OTHER_COUNTRY_NAMES.items() if code in codes}


def _take_name(reading: Reading) -> None:
    for part in reading.parts:
        name = starts_with(part.text, address_words().name)
        if name != part.text and not any(letter.isdigit() for letter in name):
            reading.found["name"] = name
            reading.parts.remove(part)
            return


def _take_phone(reading: Reading) -> None:
    for part in reading.parts:
        typed = _PHONE.search(part.text)
        if typed is None:
            continue
        try:
            number = phonenumbers.parse(typed[1], reading.rules.country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            reading.found["phone"] = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
            before = clean(part.text[: typed.start()])
            part.text = "" if f"{before} x" != starts_with(f"{before} x", address_words().phone) else before
            reading.parts[:] = [each for each in reading.parts if each.text]
            return


def _drop_labels(reading: Reading) -> None:
    """ "Kode pos 16415", "Provinsi Jawa Barat"."""
    for part in reading.parts:
        name, text = part.labelled(reading.rules.country) or ("", "")
        if name == "postcode" or (name == "region" and region_in(reading, text)):
            part.text = text


def _take_postcode(reading: Reading) -> None:
    rules, parts = reading.rules, reading.parts
    if rules.postcode is None:
        return
    pattern = re.compile(rf"(?<![\w/#-])(?:{rules.country[0]})?({rules.postcode.pattern.strip('^$')})(?![\w/])")
    for index in range(len(parts) - 1, -1, -1):
        match = next(reversed(list(pattern.finditer(parts[index].text))), None)
        if match is None:
            continue
        before, after = clean(parts[index].text[: match.start()]), clean(parts[index].text[match.end() :])
        if rules.country in HOUSE_LIKE_POSTCODE and index == 0 and not before and after:
            continue
        reading.found["postcode"] = match[1]
        beside = [Part(before, by_postcode=True), Part(after, by_postcode=True, after_postcode=True)]
        parts[index : index + 1] = [part for part in beside if part.text]
        return


def _take_district(reading: Reading) -> None:
    country = reading.rules.country
    asked = {part.value for part in reading.policy.address_change.also_asked.get(country, [])}
    if "district" not in reading.rules.allowed | asked:
        return
    for part in reading.parts[1:]:
        if (part.labelled(country) or ("",))[0] == "district":
            reading.found["district"] = part.text
            reading.parts.remove(part)
            return


def _take_street(reading: Reading) -> None:
    texts = [part.text for part in reading.parts]
    if not any(part.is_street for part in reading.parts) and ("city" not in reading.found or len(texts) < 2):
        return
    reading.found["line1"] = texts[0]
    if len(texts) > 1:
        reading.found["line2"] = ", ".join(texts[1:])


STEPS = (
    _take_name,
    _take_phone,
    _drop_labels,
    _take_postcode,
    take_region,
    take_city,
    add_region_of_town,
    _take_district,
    _take_street,
)
