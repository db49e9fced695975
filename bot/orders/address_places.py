"""Towns and provinces in the parts of a typed address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.orders.address_parts import Part
from bot.orders.country_rules import CountryRules, country_rules
from bot.orders.policy import Policy
from bot.places.address_words import address_words
from bot.places.gazetteer import Place, gazetteer

MOST_WORDS = 5  # of a place's name


def region_called(name: str, rules: CountryRules, policy: Policy) -> str:
    """The official name of a state or province, or "" when the country has none of that name."""
    official = rules.region_named(name, policy)
    if not official and "region" in rules.allowed:
        provinces = gazetteer().called(_undotted(name), "province", rules.country)
        official = next((rules.region_named(place.name, policy) for place in provinces), "")
    return official


def town_called(name: str, country: str) -> Place | None:
    """The one town of that name; none where there are several."""
    towns = gazetteer().called(_undotted(name), "city", country)
    return towns[0] if len(towns) == 1 else None


def province_of(town: str, country: str) -> str:
    """The official name of a town's state or province, where only one has a town of that name; else ""."""
    place = town_called(town, country)
    return place.province if place else ""


def written(town: Place, typed: str) -> str:
    """The town's name; "Makati City" stays as it was typed."""
    return typed if len(typed) > len(town.name) and town.name.casefold() in typed.casefold() else town.name


def split_town(part: Part, country: str) -> tuple[str, str] | None:
    """A town at the end of a part, and the text before it: "jl melati 5 | depok", "12 Jln SS 2/75 | PJ"."""
    for before, after in _endings(part.text):
        town = town_called(after, country)
        if town and not names_a_street(before):
            return _without_label(before, town.name, country)
    return None


def _without_label(before: str, town: str, country: str) -> tuple[str, str]:
    """ "kec. Cilodong Kota" + "Depok": a label of the town stays with it, or goes."""
    first, _, last = before.rpartition(" ")
    labelled = Part(f"{last} {town}").labelled(country)
    return (first, labelled[1]) if labelled and labelled[0] == "city" else (before, town)


def other_country(texts: Sequence[str], country: str, policy: Policy) -> str:
    """The one other country whose towns and provinces alone the parts name; "" where there is none."""
    countries: set[str] = set()
    rules = country_rules(country)
    for text in texts:
        whole = " ".join(word for word in text.split() if not word.isdigit())
        for before, after in _endings(whole):
            if region_called(after, rules, policy) and not names_a_street(before):
                return ""
            places = () if after.casefold() in gazetteer().weak else gazetteer().called(_undotted(after))
            if places and not names_a_street(before):
                if any(place.country == country for place in places):
                    return ""
                countries.update(place.country for place in places)
                break
    found = countries & set(policy.shop.delivers_to)
    return found.pop() if len(countries) == 1 and found else ""


def _endings(text: str) -> Iterator[tuple[str, str]]:
    """The longest first: "jl melati" + "jawa barat", "jl melati jawa" + "barat"."""
    words = text.split()
    for start in range(max(0, len(words) - MOST_WORDS), len(words)):
        yield " ".join(words[:start]), " ".join(words[start:])


def names_a_street(before: str) -> bool:
    """Whether a place's name behind this text is the name of a street: \"12 Jalan\" + \"Johor\"."""
    last = before.split()[-1:] or [""]
    return last[0].strip(".").casefold() in address_words().names_a_street


def _undotted(name: str) -> str:
    return name.replace(".", " ")
