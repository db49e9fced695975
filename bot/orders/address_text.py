"""Reads an address out of free text, as well as can be: "12 Jalan Mawar, Taman Sri, 43000 Kajang, Selangor"."""

from __future__ import annotations

import re

import phonenumbers
from babel import Locale

from bot.orders.address_check import clean
from bot.orders.country_rules import CountryRules, country_rules
from bot.orders.policy import Policy
from bot.orders.verdict import JobData
from bot.store.models import Address

LONGEST = 600
# How local addresses begin a neighbourhood; countries whose format has a line for it.
_DISTRICT = {
    "PH": re.compile(r"(?i)^(?:brgy|bgy|barangay)\b"),
    "MY": re.compile(r"(?i)^(?:taman|kampung|kg|desa|bandar)\b"),
}
_POSTCODE_WORD = {"SG": "S", "PH": "PH", "MY": "MY", "ID": "ID", "US": "US"}


class AddressGuess(JobData):
    """``found``: the fields that the text named, in ``Address``'s words."""

    address: Address
    found: tuple[str, ...]


def parse_address(text: str, policy: Policy, base: Address) -> AddressGuess:
    """``base`` is the order's address: it gives the country where the text names none, and name and phone.

    A text with a street is a whole new address; anything less changes the pieces it names.
    """
    segments = [part for part in (clean(part) for part in re.split(r"[,;\n]+", text[:LONGEST])) if part]
    country = _take_country(segments, policy) or base.country
    rules = country_rules(country)
    found: dict[str, str] = {} if country == base.country else {"country": country}
    _take_phone(segments, country, found)
    segments = [part for part in segments if part.casefold() != base.name.casefold()]
    beside_postcode = _take_postcode(segments, rules, found)
    _take_region(segments, rules, policy, found)
    _take_city(segments, rules, beside_postcode, found)
    _take_street(segments, rules, found)
    if "line1" in found:
        whole = Address(name=base.name, phone=base.phone, line1=found["line1"], country=country)
        return AddressGuess(address=merge_address(whole, found, policy), found=tuple(found))
    return AddressGuess(address=merge_address(base, found, policy), found=tuple(found))


def merge_address(old: Address, pieces: dict[str, str], policy: Policy) -> Address:
    """``old`` with some pieces changed; what no longer fits them is made to fit or emptied, never kept silently.

    Another country empties region, city and postcode; a postcode of another region brings that region along.
    """
    values = {**old.dict(), **{field: clean(value) for field, value in pieces.items()}}
    country = values["country"] = values["country"].upper()
    if country != old.country:
        for field in ("district", "city", "region", "postcode"):
            values[field] = clean(pieces.get(field, ""))
    try:
        rules = country_rules(country)
    except ValueError:
        return Address(**values)
    if values["region"] and (official := rules.region_named(values["region"], policy)):
        values["region"] = official
    if "region" not in pieces and values["postcode"]:
        derived = rules.region_of_postcode(values["postcode"])
        if derived and "region" in rules.allowed:
            values["region"] = derived
    return Address(**values)


def _take_country(segments: list[str], policy: Policy) -> str:
    names = {}
    for code in policy.shop.delivers_to:
        for language in ("en", "ms", "id", "fil"):
            names[Locale(language).territories[code].casefold()] = code
    names |= {"usa": "US", "u.s.a.": "US", "singapura": "SG", "pilipinas": "PH"}
    if len(segments) > 1 and segments[-1].casefold() in names:
        return names[segments.pop().casefold()]
    return ""


def _take_phone(segments: list[str], country: str, found: dict[str, str]) -> None:
    for index, part in enumerate(segments):
        if sum(char.isdigit() for char in part) < 8 or not re.fullmatch(r"\D{0,12}[\d\s().+-]+", part):
            continue
        try:
            number = phonenumbers.parse(re.sub(r"^[^\d+(]+", "", part), country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            found["phone"] = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
            del segments[index]
            return


def _take_postcode(segments: list[str], rules: CountryRules, found: dict[str, str]) -> int | None:
    """The last postcode of the text leaves its segment; the index of what stood beside it, if anything did."""
    if rules.postcode is None:
        return None
    letters = _POSTCODE_WORD.get(rules.country, "")
    pattern = re.compile(rf"(?<![\w/-])(?:{letters})?({rules.postcode.pattern.strip('^$')})(?![\w/])")
    for index in range(len(segments) - 1, -1, -1):
        matches = list(pattern.finditer(segments[index]))
        # A lone number before a street name ("12345 Main Street") is the house, unless nothing else is there.
        if not matches or (index == 0 and len(segments) > 1 and matches[-1].start() == 0):
            continue
        match = matches[-1]
        found["postcode"] = match[1]
        rest = clean(f"{segments[index][: match.start()]} {segments[index][match.end() :]}")
        if rest:
            segments[index] = rest
            return index
        del segments[index]
        return None
    return None


def _take_region(segments: list[str], rules: CountryRules, policy: Policy, found: dict[str, str]) -> None:
    for index in range(len(segments) - 1, -1, -1):
        words = segments[index].split()
        for start in range(len(words)):
            if start and index == 0 and len(segments) == 1:
                break  # the end of a lone street name is no region
            region = rules.region_named(" ".join(words[start:]), policy)
            if not region:
                continue
            if start == 0 and _is_city_too(segments, index, region, rules, found):
                break
            found["region"] = region
            segments[index] = clean(" ".join(words[:start]))
            if not segments[index]:
                segments[index] = ""
            return
        if index <= len(segments) - 3:
            return


def _is_city_too(segments: list[str], index: int, region: str, rules: CountryRules, found: dict[str, str]) -> bool:
    """ "50480 Kuala Lumpur": the city's name is its region's; the postcode gives the region anyway."""
    beside = "city" in rules.allowed and index > 0 and rules.region_of_postcode(found.get("postcode", "")) == region
    return beside and index == len(segments) - 1 and not any(part for part in segments[2:index])


def _take_city(segments: list[str], rules: CountryRules, beside_postcode: int | None, found: dict[str, str]) -> None:
    if "city" not in rules.allowed:
        if rules.country == "SG":
            segments[:] = [clean(re.sub(r"(?i)\bsingapore$", "", part)) for part in segments]
        segments[:] = [part for part in segments if part]
        return
    if beside_postcode is not None and beside_postcode < len(segments) and segments[beside_postcode]:
        found["city"] = segments[beside_postcode]
        segments[beside_postcode] = ""
        segments[:] = [part for part in segments if part]
        return
    segments[:] = [part for part in segments if part]
    if len(segments) > 1 and ("postcode" in found or "region" in found) and not re.search(r"\d", segments[-1]):
        found["city"] = segments.pop()


def _take_street(segments: list[str], rules: CountryRules, found: dict[str, str]) -> None:
    district = _DISTRICT.get(rules.country)
    if district and "district" in rules.allowed:
        for index in range(1, len(segments)):
            if district.match(segments[index]):
                found["district"] = segments.pop(index)
                break
    if segments:
        found["line1"] = segments[0]
    if len(segments) > 1:
        found["line2"] = ", ".join(segments[1:])
