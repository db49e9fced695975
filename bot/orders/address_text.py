"""Reads an address out of free text, as well as can be: "12 Jalan Mawar, Taman Sri, 43000 Kajang, Selangor".

Commas and line breaks part it; the postcode is the landmark; region and town stand around it, the rest is street.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import phonenumbers
from babel import Locale

from bot.orders.address_check import clean
from bot.orders.address_merge import merge_address
from bot.orders.country_rules import CountryRules, country_rules
from bot.orders.policy import Policy
from bot.orders.verdict import JobData
from bot.store.models import Address

LONGEST = 600
STREET = re.compile(
    r"(?i)\d|^(?:jalan|jln|jl|lorong|lrg|lebuh|persiaran|gang|gg|komplek|blok|blk|block|unit|lot|no)\b"
    r"|\b(?:street|st|road|rd|avenue|ave|drive|lane|blvd|highway)\b"
)
DISTRICT = {
    "PH": re.compile(r"(?i)^(?:brgy|bgy|barangay)\b"),
    "MY": re.compile(r"(?i)^(?:taman|kampung|kg|desa|bandar)\b"),
}
HOUSE_LIKE_POSTCODE = frozenset({"US", "PH"})  # "12345 Main Street", "1234 Rizal Avenue"
COUNTRY_NAME_LANGUAGES = ("en", "ms", "id", "fil")
OTHER_COUNTRY_NAMES = {"usa": "US", "u.s.a.": "US", "us": "US"}


class AddressGuess(JobData):
    """``found``: the fields that the text named, in ``Address``'s words; empty when it is no address at all."""

    address: Address
    found: tuple[str, ...]


@dataclass
class _Part:
    text: str
    by_postcode: bool = False  # stood in one piece with the postcode
    after_postcode: bool = False


@dataclass
class _Reading:
    rules: CountryRules
    policy: Policy
    parts: list[_Part]
    found: dict[str, str] = field(default_factory=dict)


def parse_address(text: str, policy: Policy, base: Address) -> AddressGuess:
    """``base`` is the order's address: it gives the country where the text names none, and name and phone.

    A text with a street is a whole new address; anything less changes the pieces it names.
    """
    texts = [part for part in (clean(part) for part in re.split(r"[,;\n]+", text[:LONGEST])) if part]
    country = _take_country(texts, policy) or base.country
    parts = [_Part(part) for part in texts if part.casefold() != base.name.casefold()]
    reading = _Reading(country_rules(country), policy, parts)
    if country != base.country:
        reading.found["country"] = country
    for take in (_take_phone, _take_postcode, _take_region, _take_city, _take_district, _take_street):
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


def _take_phone(reading: _Reading) -> None:
    for part in reading.parts:
        found = re.fullmatch(r"[^\d+]{0,12}(\+?[\d\s().-]{8,})", part.text)
        if found is None:
            continue
        try:
            number = phonenumbers.parse(found[1], reading.rules.country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            reading.found["phone"] = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
            reading.parts.remove(part)
            return


def _take_postcode(reading: _Reading) -> None:
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
        beside = [_Part(before, by_postcode=True), _Part(after, by_postcode=True, after_postcode=True)]
        parts[index : index + 1] = [part for part in beside if part.text]
        return


def _take_region(reading: _Reading) -> None:
    rules, parts = reading.rules, reading.parts
    for index in range(len(parts) - 1, -1, -1):
        part, words = parts[index], parts[index].text.split()
        # Only what stands by the postcode may end in a region's name; "Jalan Johor" is a street.
        starts = range(len(words)) if part.by_postcode else range(1)
        for start in starts:
            typed = " ".join(words[start:])
            region = rules.region_named(typed, reading.policy)
            if not region or (index == 0 and start == 0 and not part.by_postcode):
                continue
            reading.found["region"] = region
            part.text = " ".join(words[:start])
            if not part.text:
                parts.remove(part)
            if _no_town_left(reading):
                reading.found["city"] = typed
            return
        if not part.by_postcode and STREET.search(part.text):
            return


def _no_town_left(reading: _Reading) -> bool:
    """ "50450 Kuala Lumpur", "Cebu 6000": the town is called like its region."""
    rules, parts = reading.rules, reading.parts
    if "city" not in rules.allowed or rules.country == "US" or not parts:
        return False
    if any(part.after_postcode for part in parts):
        return False
    return bool(STREET.search(parts[-1].text))


def _take_city(reading: _Reading) -> None:
    rules, parts, found = reading.rules, reading.parts, reading.found
    if "city" not in rules.allowed:
        if rules.country == "SG":
            for part in parts:
                part.text = clean(re.sub(r"(?i)\bsingapore$", "", part.text))
            parts[:] = [part for part in parts if part.text]
        return
    if "city" in found or not ("postcode" in found or "region" in found):
        return
    town = next((part for part in parts if part.after_postcode), parts[-1] if parts else None)
    if town is not None and not STREET.search(town.text) and not _misplaced(town, rules):
        found["city"] = town.text
        parts.remove(town)


def _misplaced(town: _Part, rules: CountryRules) -> bool:
    """Text before a postcode ("the postcode is 43000") is no town where towns stand behind it."""
    return town.by_postcode and not town.after_postcode and "%Z %C" in rules.format


def _take_district(reading: _Reading) -> None:
    pattern = DISTRICT.get(reading.rules.country)
    if pattern is None or "district" not in reading.rules.allowed:
        return
    for part in reading.parts[1:]:
        if pattern.match(part.text):
            reading.found["district"] = part.text
            reading.parts.remove(part)
            return


def _take_street(reading: _Reading) -> None:
    texts = [part.text for part in reading.parts]
    if not any(STREET.search(text) for text in texts) and not (texts and "city" in reading.found and len(texts) > 1):
        return
    reading.found["line1"] = texts[0]
    if len(texts) > 1:
        reading.found["line2"] = ", ".join(texts[1:])
