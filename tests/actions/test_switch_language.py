"""A language asked for is set outright, and what was open goes on in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from actions.loose_answer import LooseAnswer
from actions.shop import Shop, open_shop
from actions.switch_language import SwitchLanguage
from tests.actions.run import Result, run
from tests.demo_store.process import ROOT

INDONESIAN = 'buttons: {person: "Bicara dengan petugas", "no": "Tidak, makasih"}\n'


@pytest_asyncio.fixture(autouse=True)
async def _shop_of_two_languages(shop_without_store: Shop, tmp_path: Path) -> AsyncIterator[None]:
    words = tmp_path / "words"
    words.mkdir()
    shutil.copy(ROOT / "data/words/en.yml", words)
    (words / "id.yml").write_text(INDONESIAN)
    settings = shop_without_store.settings.copy(update={"words_dir": words})
    open_shop(replace(shop_without_store, settings=settings))
    yield


async def switch(language: str | None, **about: Any) -> Result:
    entities = [{"entity": "language_name", "value": language}] if language else []
    return await run(SwitchLanguage(), intent="switch_language", text="-", entities=entities, **about)


async def test_is_said_in_the_new_language_at_once() -> None:
    result = await switch("id")
    assert result.said == ["utter_language_switched"]
    assert result.messages[0]["language"] == "id"
    assert (result.slots["language"], result.slots["language_chosen"]) == ("id", True)


async def test_what_was_offered_is_offered_again_in_the_new_language() -> None:
    result = await switch("id", slots={"open_question": "person"})
    assert result.said == ["utter_language_switched", "utter_offer_person"]
    assert [each["title"] for each in result.messages[1]["buttons"]] == ["Bicara dengan petugas", "Tidak, makasih"]
    assert result.slots["open_question"] == "person"


async def test_in_mid_form_the_form_asks_its_own_question() -> None:
    result = await switch("id", slots={"open_question": "person"}, form="track_form")
    assert result.said == ["utter_language_switched"]


@pytest.mark.parametrize(("wanted", "says"), [(None, "utter_ask_language"), ("zh", "utter_language_not_offered")])
async def test_without_a_language_we_speak_ours_are_offered(wanted: str | None, says: str) -> None:
    result = await switch(wanted)
    assert result.said == [says]
    assert [(each["title"], each["payload"]) for each in result.messages[0]["buttons"]] == [
        ("English", '/switch_language{"language_name": "en"}'),
        ("Bahasa Indonesia", '/switch_language{"language_name": "id"}'),
    ]
    assert "language" not in result.slots


async def test_the_name_of_a_language_alone_asks_for_it() -> None:
    result = await run(LooseAnswer(), text="indonesia", entities=[{"entity": "language_name", "value": "id"}])
    [went_on] = [event["parse_data"] for event in result.events if event["event"] == "user"]
    assert (went_on["intent"]["name"], went_on["entities"][0]["value"]) == ("switch_language", "id")


async def test_a_language_that_the_shop_leaves_out_is_not_offered(shop_without_store: Shop) -> None:
    settings = shop_without_store.settings.copy(update={"languages": ["ms", "en"]})
    open_shop(replace(shop_without_store, settings=settings))
    result = await switch("id")
    assert result.said == ["utter_language_not_offered"]
    assert [each["title"] for each in result.messages[0]["buttons"]] == ["Bahasa Melayu", "English"]
