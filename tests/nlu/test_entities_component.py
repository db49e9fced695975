"""The entity finder inside Rasa's pipeline: each message's own language, today's date, and what it hands on."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from bot.engine import without_tensorflow
from bot.nlu.entity_finder import EntityFinder
from tests.nlu.conftest import TODAY


@pytest.fixture(scope="module", autouse=True)
def _rasa_without_tensorflow() -> None:
    """Rasa must not be imported while tests are collected: others prepare it first (tests/engine/play.py)."""
    if not set(without_tensorflow.COMPONENTS) <= set(sys.modules):
        without_tensorflow.put_stand_ins()


def _entities(finder: EntityFinder, text: str, today: date = TODAY, **about: Any) -> list[dict[str, Any]]:
    from rasa.shared.nlu.training_data.message import Message  # noqa: PLC0415

    from bot.nlu.entities import OrderEntities  # noqa: PLC0415

    message = Message({"text": text, **about})
    OrderEntities(finder, lambda: today).process([message])
    found: list[dict[str, Any]] = message.as_dict(only_output_properties=True)["entities"]
    return found


def test_an_entity_says_what_it_is_where_and_who_found_it(finder: EntityFinder) -> None:
    assert _entities(finder, "where is  #1047") == [
        {"entity": "order_number", "start": 10, "end": 15, "value": "1047", "extractor": "OrderEntities"}
    ]


def test_a_word_of_two_languages_is_read_in_that_of_the_message(finder: EntityFinder) -> None:
    (malay,) = _entities(finder, "kelmarin", language={"code": "ms"})
    (indonesian,) = _entities(finder, "kelmarin", language={"code": "id"})
    assert (malay["value"], indonesian["value"]) == ("2026-11-19", "2026-11-20")


def test_a_message_of_unknown_language_has_its_entities_too(finder: EntityFinder) -> None:
    assert [each["value"] for each in _entities(finder, "kemarin")] == ["2026-11-20"]
    assert [each["value"] for each in _entities(finder, "kemarin", date(2026, 3, 1))] == ["2026-02-28"]


def test_a_changed_word_is_a_reason_to_train() -> None:
    from bot.nlu.entities import OrderEntities  # noqa: PLC0415

    config = OrderEntities.get_default_config()
    of_all, of_english = (
        OrderEntities.fingerprint_addon({**config, "languages": languages})
        for languages in (["en", "id", "ms"], ["en"])
    )
    assert of_all is not None
    assert of_all != of_english


def test_the_shops_own_day_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.nlu.entities import OrderEntities  # noqa: PLC0415

    monkeypatch.setenv("RAMAH_SHOP_TIME_ZONE", "Nowhere/Nowhere")
    with pytest.raises(Exception, match="Nowhere"):
        OrderEntities.create(OrderEntities.get_default_config(), None, None, None)
    of_kiritimati = {**OrderEntities.get_default_config(), "time_zone": "Pacific/Kiritimati"}
    assert OrderEntities.create(of_kiritimati, None, None, None) is not None
