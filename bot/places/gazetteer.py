"""Names of states, provinces and larger towns, from ``places.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, Extra

FILE = Path(__file__).parent / "places.yml"


class ProvinceEntry(BaseModel, extra=Extra.forbid):
    also: list[str] = []
    towns: list[str] = []


class PlacesFile(BaseModel, extra=Extra.forbid):
    countries: dict[str, dict[str, ProvinceEntry]]
    town_names: dict[str, str]
    weak: list[str]
    before_place: list[str]


@dataclass(frozen=True)
class Place:
    """A town, or a state or province.

    Attributes:
        name: as it is written on a parcel.
        province: the official name of the state or province; its own for a province, "" in Singapore.
        country: ISO 3166-1 alpha-2.
    """

    kind: Literal["city", "province"]
    name: str
    province: str
    country: str


@dataclass(frozen=True)
class Gazetteer:
    """``names``: each name in small letters, and the places that have it, towns first.

    ``weak`` names are ordinary words, too; ``before_place`` are words that a place stands behind ("ke", "in").
    """

    names: Mapping[str, tuple[Place, ...]]
    weak: frozenset[str]
    before_place: frozenset[str]

    def called(self, name: str, kind: str = "", country: str = "") -> tuple[Place, ...]:
        """The places of that name, whatever its case."""
        places = self.names.get(" ".join(name.casefold().split()), ())
        return tuple(place for place in places if kind in ("", place.kind) and country in ("", place.country))

    def provinces(self, country: str) -> frozenset[str]:
        """The official names of the country's states or provinces; only those with a larger town."""
        return self.in_country(country, "province")

    def in_country(self, country: str, kind: str = "") -> frozenset[str]:
        """The names, as on a parcel, of all places of a country."""
        places = (place for of_name in self.names.values() for place in of_name)
        return frozenset(place.name for place in places if place.country == country and kind in ("", place.kind))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """What the file says; raises ``pydantic.ValidationError`` for what is not understood."""
    read = PlacesFile.parse_obj(yaml.safe_load(FILE.read_text("utf-8")))
    names: dict[str, dict[Place, None]] = {}
    for country, provinces in read.countries.items():
        for province, entry in provinces.items():
            for town in entry.towns:
                names.setdefault(town.casefold(), {})[Place("city", town, province, country)] = None
            for name in (province, *entry.also) if province else ():
                names.setdefault(name.casefold(), {})[Place("province", province, province, country)] = None
    for other, town in read.town_names.items():
        names.setdefault(other.casefold(), {}).update(names[town.casefold()])
    by_kind = {name: tuple(sorted(places, key=lambda place: place.kind)) for name, places in names.items()}
    return Gazetteer(by_kind, frozenset(read.weak), frozenset(read.before_place))
