"""One entity finder for all tests, with all languages at once as in the shop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.nlu.entity_finder import EntityFinder

TODAY = date(2026, 11, 21)  # a Saturday
Found = list[tuple[str, str]]


@pytest.fixture(scope="session")
def finder() -> EntityFinder:
    return EntityFinder()


@pytest.fixture(scope="session")
def said(finder: EntityFinder) -> Callable[..., Found]:
    """What is said in a text: pairs of entity and value, all or those of the named entities."""

    def find(text: str, *entities: str, language: str = "") -> Found:
        found = finder.find(text, TODAY, language)
        return [(each.entity, each.value) for each in found if not entities or each.entity in entities]

    return find
