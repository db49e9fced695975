"""Which variations of a response may be said: the shopper's language first, then those that fit most closely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.languages import ENGLISH

LANGUAGE = "language"  # the slot that a variation's condition names

Variation = Mapping[str, Any]


def closest(variations: Sequence[Variation], channel: str, slots: Mapping[str, Any]) -> list[Variation]:
    """The variations in the slots' language, else the English ones; of these the ones made for the channel, and of
    these the ones with most conditions, all of them met. More than one: they are equals."""
    possible = [each for each in variations if each.get("channel") in (None, channel) and _fits(each, slots)]
    language = str(slots.get(LANGUAGE) or ENGLISH)
    spoken = [each for each in possible if language_of_variation(each) == language]
    candidates = spoken or [each for each in possible if language_of_variation(each) == ENGLISH]
    most = max(map(_closeness, candidates), default=None)
    return [each for each in candidates if _closeness(each) == most]


def language_of_variation(variation: Variation) -> str:
    """What its condition on the language says; English needs none."""
    conditions = variation.get("condition") or ()
    return next((str(each["value"]) for each in conditions if each["name"] == LANGUAGE), ENGLISH)


def _fits(variation: Variation, slots: Mapping[str, Any]) -> bool:
    return all(_same(slots.get(each["name"]), each["value"]) for each in _other_conditions(variation))


def _same(slot: object, value: object) -> bool:
    if isinstance(slot, str) and isinstance(value, str):
        return slot.casefold() == value.casefold()
    return slot == value


def _other_conditions(variation: Variation) -> list[Mapping[str, Any]]:
    return [each for each in variation.get("condition") or () if each["name"] != LANGUAGE]


def _closeness(variation: Variation) -> tuple[bool, int]:
    return variation.get("channel") is not None, len(_other_conditions(variation))
