"""Words of typed addresses, from ``address_words.yml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra, StrictStr

FILE = Path(__file__).parent / "address_words.yml"
Phrases = list[StrictStr]


class Street(BaseModel, extra=Extra.forbid):
    first: Phrases
    anywhere: Phrases


class Labels(BaseModel, extra=Extra.forbid):
    """By the field of an address that the labelled text is."""

    kept: dict[str, Phrases] = {}
    dropped: dict[str, Phrases] = {}


class Regency(BaseModel, extra=Extra.forbid):
    words: Phrases
    name: str


class AddressWords(BaseModel, extra=Extra.forbid):
    street: Street
    names_a_street: frozenset[StrictStr]
    labels: dict[str, Labels]
    regency: dict[str, Regency]
    begins_a_part: Phrases
    name: Phrases
    phone: Phrases
    landmark: Phrases


@lru_cache(maxsize=1)
def address_words() -> AddressWords:
    """What the file says; raises ``pydantic.ValidationError`` for what is not understood."""
    return AddressWords.parse_obj(yaml.safe_load(FILE.read_text("utf-8")))
