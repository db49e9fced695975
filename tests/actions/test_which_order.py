"""The order that is meant by what is said of it, against the real store: Siti's 1112 to 1116."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from actions.ask_order import AskOrder
from actions.begin import BeginJob
from actions.loose_answer import LooseAnswer
from actions.shop import Shop
from actions.track import ValidateTrackForm
from tests.actions.run import SITI, proved, run
from tests.demo_store.process import RunningStore


def day(text: str, said: str, value: str) -> dict[str, Any]:
    return {"entity": "date", "value": value, "start": text.index(said), "end": text.index(said) + len(said)}


@pytest.mark.parametrize(
    ("text", "order_id"),
    [
        ("where is the raincoat", "ord_1115"),
        ("tudung saya mana", "ord_1113"),
        ("jas hujannya sudah sampai mana kak", "ord_1115"),
        ("where is my last order", "ord_1116"),
    ],
)
async def test_customer_names_the_thing_and_is_not_asked_which(text: str, order_id: str, shop: Shop) -> None:
    result = await run(BeginJob(), intent="track_order", text=text, customer=SITI)
    assert result.slots["order_id"] == order_id
    assert result.said == ["utter_this_order"]
    assert result.messages[0]["number"] == order_id.removeprefix("ord_")


async def test_customer_says_the_day(shop: Shop, demo_store: RunningStore) -> None:
    placed = datetime.fromisoformat(demo_store.order("1115")["placed_at"].replace("Z", "+00:00"))
    text = "where is the order from wednesday"
    entity = day(text, "wednesday", placed.astimezone(ZoneInfo("Asia/Kuala_Lumpur")).date().isoformat())
    result = await run(BeginJob(), intent="track_order", text=text, entities=[entity], customer=SITI)
    assert result.slots["order_id"] == "ord_1115"


async def test_of_several_that_fit_only_those_are_offered(shop: Shop) -> None:
    text = "cancel the toys or the raincoat"
    begun = await run(BeginJob(), intent="cancel_order", text=text, customer=SITI)
    assert set(begun.slots["narrowed_orders"]) == {"ord_1114", "ord_1115"}
    assert begun.slots.get("order_id") is None
    asked = await run(AskOrder(), slots=begun.slots, customer=SITI)
    assert ["1115" in each["title"] or "1114" in each["title"] for each in asked.messages[0]["buttons"]] == [True, True]


async def test_answer_to_which_order_may_be_the_thing_in_another_language(shop: Shop) -> None:
    result = await run(
        ValidateTrackForm(),
        text="yang jilbab",
        slots={"job": "track_order", "requested_slot": "order_id"},
        customer=SITI,
        form="track_form",
    )
    assert result.slots["order_id"] == "ord_1113"
    assert result.said == []  # the answer to a question is not said back


async def test_guest_means_one_of_the_orders_proved_here(shop: Shop) -> None:
    slots = {**proved("ord_1071", "1071"), "proved_orders": ["ord_1060", "ord_1071"]}
    result = await run(BeginJob(), intent="track_order", text="and where are the sneakers", slots=slots)
    assert result.slots["order_id"] == "ord_1060"


async def test_guest_means_no_order_that_was_not_proved(shop: Shop) -> None:
    result = await run(BeginJob(), intent="track_order", text="where are the sneakers")
    assert result.slots.get("order_id") is None
    assert result.said == []


async def test_order_in_hand_stays_when_it_has_the_thing(shop: Shop) -> None:
    slots = {**proved("ord_1113", "1113")}
    result = await run(BeginJob(), intent="request_return", text="return the hijab", slots=slots, customer=SITI)
    assert result.slots.get("order_id", "ord_1113") == "ord_1113"
    assert "utter_this_order" not in result.said


async def test_item_is_known_by_its_kind_in_a_return(shop: Shop) -> None:
    result = await run(BeginJob(), intent="request_return", text="nak pulangkan sunblock tu", customer=SITI)
    assert result.slots["order_id"] == "ord_1113"
    assert result.slots["return_items"] == [{"id": "2", "quantity": 1}]


async def test_street_named_like_a_thing_is_no_order(shop: Shop) -> None:
    text = "change my address to 12 Jalan Hijab, 43000 Kajang"
    entities = [{"entity": "postcode", "value": "43000", "start": 33, "end": 38}]
    result = await run(BeginJob(), intent="change_address", text=text, entities=entities, customer=SITI)
    assert result.slots.get("order_id") is None


async def test_thing_out_of_the_blue_is_taken_up(shop: Shop) -> None:
    text = "it's about the raincoat I ordered here last week, the yellow one"
    result = await run(LooseAnswer(), intent="inform", text=text, customer=SITI)
    assert result.said == ["utter_this_order", "utter_what_about_order"]
    assert result.slots["order_id"] == "ord_1115"
