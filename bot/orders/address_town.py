"""The town and the state or province of a typed address."""

from __future__ import annotations

import re

from bot.orders.address_check import clean
from bot.orders.address_parts import Part, Reading
from bot.orders.address_places import names_a_street, region_called, split_town, town_called, written
from bot.orders.country_rules import CountryRules


def take_region(reading: Reading) -> None:
    """Take the state or province out of the parts, and the town where that is called the same."""
    parts = reading.parts
    runs_on = next((part for part in reversed(parts) if not part.is_landmark), None)
    for index in range(len(parts) - 1, -1, -1):
        part, words = parts[index], parts[index].text.split()
        # Only what stands by the postcode or last may end in a region's name; "Jalan Johor" is a street.
        starts = range(len(words)) if part.by_postcode or part is runs_on else range(1)
        for start in starts:
            before, typed = " ".join(words[:start]), " ".join(words[start:])
            region = region_in(reading, typed)
            if not region or names_a_street(before) or (index == 0 and start == 0 and not part.by_postcode):
                continue
            reading.found["region"] = region
            part.text = before
            parts[:] = [each for each in parts if each.text]
            _take_town_called_like_its_region(reading, part, typed, region)
            return
        if not part.by_postcode and part.is_street and not part.is_landmark:
            return


def _take_town_called_like_its_region(reading: Reading, part: Part, typed: str, region: str) -> None:
    """ "50450 Kuala Lumpur", "Cebu 6000"."""
    rules, parts = reading.rules, reading.parts
    if "city" not in rules.allowed or rules.country == "US" or not parts:
        return
    town = town_called(typed, rules.country) or town_called(region, rules.country)
    behind = part.after_postcode and "%Z %C" in rules.format
    last = parts[-1].is_street and not any(each.after_postcode for each in parts)
    if (behind and town) or last:
        reading.found["city"] = town.name if town else typed


def take_city(reading: Reading) -> None:
    """Take the town out of the parts: it says so, stands behind the postcode, is known by name, or is what is left."""
    rules, parts, found = reading.rules, reading.parts, reading.found
    if "city" not in rules.allowed:
        if rules.country == "SG":
            for part in parts:
                part.text = clean(re.sub(r"(?i)\bsingapore$", "", part.text))
            parts[:] = [part for part in parts if part.text]
        return
    anchored = "postcode" in found or "region" in found
    if "city" in found or not (anchored or any(part.is_street for part in parts)):
        return
    for take in (_labelled_city, _city_behind_postcode, _city_by_name, _city_at_the_end):
        if city := take(reading):
            found["city"] = city
            parts[:] = [part for part in parts if part.text]
            return
    town = parts[-1] if parts and anchored else None
    if town is not None and _may_be_town(town, rules):
        found["city"] = town.text
        parts.remove(town)


def _labelled_city(reading: Reading) -> str:
    for part in reading.parts:
        name, text = part.labelled(reading.rules.country) or ("", "")
        if name == "city" and not any(letter.isdigit() for letter in text):
            part.text = ""
            return text
    return ""


def _city_behind_postcode(reading: Reading) -> str:
    part = next((part for part in reading.parts if part.after_postcode), None)
    if part is None or part.is_street or part.is_landmark:
        return ""
    typed, part.text = part.text, ""
    town = town_called(typed, reading.rules.country)
    return written(town, typed) if town else typed


def _city_by_name(reading: Reading) -> str:
    """The last part that is a town's name and nothing else."""
    for part in reversed(reading.parts):
        if town := town_called(part.text, reading.rules.country):
            typed, part.text = part.text, ""
            return written(town, typed)
    return ""


def _city_at_the_end(reading: Reading) -> str:
    """Of the part by the postcode, or of the last one: "jl melati 5 depok"."""
    parts = [part for part in reading.parts if not part.is_landmark]
    for part in [part for part in parts if part.by_postcode] or parts[-1:]:
        if (split := split_town(part, reading.rules.country)) and split[0]:
            part.text, town = split
            return town
    return ""


def _may_be_town(part: Part, rules: CountryRules) -> bool:
    """Text before a postcode ("the postcode is 43000") is no town where towns stand behind it."""
    misplaced = part.by_postcode and not part.after_postcode and "%Z %C" in rules.format
    return not (misplaced or part.is_street or part.is_landmark or part.labelled(rules.country))


def add_region_of_town(reading: Reading) -> None:
    """The province of a town that is known, where the text names none and its postcode tells none."""
    rules, found = reading.rules, reading.found
    if "city" not in found or "region" in found or "region" not in rules.allowed:
        return
    if not rules.region_of_postcode(found.get("postcode", "")):
        town = town_called(found["city"], rules.country)
        if town and (region := region_in(reading, town.province)):
            found["region"] = region


def region_in(reading: Reading, name: str) -> str:
    """The official name of that state or province of the address's country, or ""."""
    return region_called(name, reading.rules, reading.policy)
