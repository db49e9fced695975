"""Order jobs at the end of their forms, against the real store."""

from __future__ import annotations

from typing import Any

from actions.address import AskAddressConfirmed, ChangeAddress
from actions.begin import BeginJob
from actions.cancel import AskCancelConfirmed, CancelOrder
from actions.list_orders import ListOrders
from actions.shop import Shop
from actions.track import TrackOrder
from tests.actions.run import SITI, proved, run
from tests.demo_store.process import RunningStore

NEW_ADDRESS = {"name": "Nurul", "line1": "9 Jalan Melur", "city": "Kajang", "postcode": "43000", "country": "MY"}


async def _confirmed(shop: Shop, slots: dict[str, Any]) -> dict[str, Any]:
    """The slots after the shopper saw the preview and said yes."""
    shown = await run(AskAddressConfirmed(), slots=slots)
    assert shown.said == ["utter_ask_address_confirmed"]
    return {**slots, "preview": shown.slots["preview"], "address_confirmed": True}


async def test_tracking_shows_money_and_days_as_the_country_writes_them(shop: Shop) -> None:
    result = await run(TrackOrder(), slots=proved("ord_1047", "1047"))
    card = result.messages[0]["custom"]
    assert card["total"] == "RM 231.50"
    assert card["shipments"][0]["events"][0]["at"].endswith("m")  # 12-hour clock: am or pm
    assert result.messages[0]["number"] == "1047"


async def test_order_that_was_not_proved_is_not_shown(shop: Shop) -> None:
    result = await run(TrackOrder(), slots={"order_id": "ord_1047", "order_number": "1047", "proved_orders": []})
    assert result.said == ["utter_order_not_found"]
    assert result.slots["order_id"] is None


async def test_customer_sees_no_order_of_another_customer(shop: Shop) -> None:
    result = await run(TrackOrder(), slots={"order_id": "ord_1340"}, customer=SITI)
    assert result.said == ["utter_order_not_found"]


async def test_address_is_written_once_though_the_turn_runs_twice(shop: Shop, demo_store: RunningStore) -> None:
    slots = await _confirmed(shop, {**proved("ord_1060", "1060"), "new_address": NEW_ADDRESS})
    first = await run(ChangeAddress(), slots=slots, turn_id="t_9")
    again = await run(ChangeAddress(), slots=slots, turn_id="t_9")
    assert first.said == again.said == ["utter_address_changed"]
    assert demo_store.order("1060")["shipping_address"]["line1"] == "9 Jalan Melur"


async def test_nothing_is_written_without_a_yes(shop: Shop, demo_store: RunningStore) -> None:
    slots = {**proved("ord_1110", "1110"), "cancel_reason": "other"}
    shown = await run(AskCancelConfirmed(), slots=slots)
    result = await run(CancelOrder(), slots={**slots, "preview": shown.slots["preview"]})
    assert result.said == []
    assert demo_store.order("1110")["state"] == "unpaid"


async def test_preview_of_another_job_confirms_nothing(shop: Shop, demo_store: RunningStore) -> None:
    slots = await _confirmed(shop, {**proved("ord_1116", "1116"), "new_address": NEW_ADDRESS})
    result = await run(CancelOrder(), slots={**slots, "cancel_confirmed": True})
    assert result.said == []
    assert demo_store.order("1116")["state"] == "paid"


async def test_customer_lists_only_their_own_orders(shop: Shop, demo_store: RunningStore) -> None:
    result = await run(ListOrders(), intent="list_orders", customer=SITI)
    own = {
        entry["order"]["id"]
        for entry in demo_store.dump()["orders"]
        if entry["order"]["customer"].get("id") == SITI["id"]
    }
    shown = {button["payload"].split('"')[3] for button in result.messages[0]["buttons"]}
    assert shown == own


async def test_store_that_is_down_ends_with_a_person_and_what_was_tried(shop_without_store: Shop) -> None:
    result = await run(TrackOrder(), slots=proved("ord_1047", "1047"))
    assert result.next_action == "action_hand_over"
    assert result.slots["handoff_reason"] == "action_failed"
    assert result.slots["tried"][-1]["job"] == "track_order"
    assert result.slots["tried"][-1]["outcome"] == "failed"


async def test_store_that_is_down_at_the_start_keeps_the_form_for_the_person(shop_without_store: Shop) -> None:
    result = await run(BeginJob(), intent="track_order", text="where is my order", customer=SITI)
    assert result.next_action == "action_hand_over"
    assert {"event": "active_loop", "name": "track_form", "timestamp": None} in result.events
