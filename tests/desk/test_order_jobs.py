"""Each order job at the desk: what it asks, what the rules refuse or leave to a person, what the shopper reads."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversations.database import ConversationLog
from bot.conversations.times import utc_now
from bot.desk.orders.jobs.all_jobs import JOBS
from bot.desk.orders.jobs.job import WrongValue
from bot.desk.orders.jobs.left_to_person import bots_refusal, left_to_person
from bot.desk.orders.order_jobs import jobs_for, photos_sent
from bot.orders.returnable import returnable_items
from bot.orders.returns import Outcome
from bot.orders.track_state import TrackState
from bot.orders.verdict import Refused
from bot.store.api import OrderApi
from bot.store.models import Order, OrderState, ShipmentState
from tests.desk.order_bench import POLICY, WORDING, OrderBench
from tests.desk.order_fixtures import Take, api, log, paid, returnable, stock, take

__all__ = ["api", "log", "stock", "take"]

YES = {"unused": True, "original_packaging": True, "sealed": True}
ENGLISH = WORDING.agent("en", "Asia/Kuala_Lumpur")


async def test_agent_takes_something_back_after_the_rules_questions(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(returnable)
    bench = await OrderBench.with_order(log, api, order)
    jobs = {each["job"]: each for each in await jobs_for(order, await bench.counter(), ENGLISH)}
    form = jobs["return"]["form"]
    item = next(each for each in form["items"] if each["most"])
    reason = next(each for each in form["reasons"] if each["code"] == "changed_mind")
    asked: dict[str, Any] = {"items": [{"line_id": item["line_id"]}], "reason": "changed_mind", "wish": "refund"}
    with pytest.raises(Refused) as unanswered:
        await bench.previews("return", order, **asked)
    assert unanswered.value.verdict.details["condition"] in reason["conditions"][item["line_id"]]
    preview_id = await bench.previews("return", order, **asked, conditions=YES)
    confirmed = await bench.confirms(preview_id)
    case = (await api.get_order(order.id)).cases[0]
    assert confirmed.result["case"] == case.number
    told = (await bench.told())[-1]
    assert told.card is not None
    assert (told.card["type"], told.card["number"]) == ("case", case.number)


async def test_what_came_damaged_is_replaced_with_the_shoppers_own_photo(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(returnable)
    bench = await OrderBench.with_order(log, api, order)
    line = next(
        item.line_id
        for item in returnable_items(order, POLICY, (await bench.counter()).now, "damaged")
        if item.quantity
    )
    wanted: dict[str, Any] = {"items": [{"line_id": line}], "reason": "damaged"}
    with pytest.raises(Refused, match="photo_needed"):
        await bench.previews("replace", order, **wanted)
    await bench.sends_photo("ph_theirs")
    photos = await log.read(lambda connection: photos_sent(connection, bench.id))
    assert photos == ("ph_theirs",)
    with pytest.raises(WrongValue, match="photos"):
        await bench.previews("replace", order, *photos, **wanted, photos=["ph_of_somebody_else"])
    preview_id = await bench.previews("replace", order, *photos, **wanted, photos=["ph_theirs"])
    assert (await bench.confirms(preview_id)).state == "done"
    assert (await api.get_order(order.id)).cases[0].reason == "damaged"


async def test_lost_parcel_is_reported(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(lambda each: [parcel.state for parcel in each.shipments] == [ShipmentState.lost])
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("lost", order, wish="replacement")
    assert (await bench.confirms(preview_id)).result["case"]
    jobs = {each["job"]: each for each in await jobs_for(await api.get_order(order.id), await bench.counter(), ENGLISH)}
    assert (jobs["lost"]["allowed"], jobs["lost"]["reason"]) == (False, "already_reported")
    assert jobs["lost"]["sentence"].startswith("It has been reported already, as case ")


async def test_tracking_is_told_with_the_orders_card_and_writes_nothing(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(lambda each: each.state is OrderState.shipped)
    bench = await OrderBench.with_order(log, api, order)
    confirmed = await bench.confirms(await bench.previews("track", order))
    told = (await bench.told())[-1]
    assert (told.text, told.card and told.card["type"]) == (confirmed.result["text"], "order")
    assert await api.get_order(order.id) == order


async def test_every_job_says_why_it_may_not_be_done(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(lambda each: each.state is OrderState.cancelled)
    bench = await OrderBench.with_order(log, api, order)
    jobs = await jobs_for(order, await bench.counter(), ENGLISH)
    refused = {each["job"]: (each["reason"], each["sentence"]) for each in jobs if not each["allowed"]}
    assert refused["cancel"] == ("already_cancelled", "The order is cancelled.")
    assert set(refused) == {"change_address", "cancel", "return", "replace", "lost"}


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_every_job_has_its_sentence_in_every_language(language: str) -> None:
    sentences = WORDING.shopper(language, language, "UTC").sentences
    responses = [
        *(f"utter_track_{state.value}" for state in TrackState),
        *(f"{job}_{outcome.value}" for job in ("utter_return", "utter_problem") for outcome in Outcome),
        *("utter_track_late", "utter_address_changed", "utter_cancelled", "utter_lost_reported", "utter_lost_review"),
    ]
    assert [each for each in responses if (each, language) not in sentences._texts] == []


async def test_agent_stops_a_packed_order_which_the_bot_may_not(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(lambda each: each.state is OrderState.packed)
    bench = await OrderBench.with_order(log, api, order)
    jobs = {each["job"]: each for each in await jobs_for(order, await bench.counter(), ENGLISH)}
    assert jobs["cancel"]["allowed"]
    assert jobs["cancel"]["left_to_person"] == {
        "reason": "already_packed",
        "sentence": "It is packed and about to leave.",
    }
    assert (await bench.confirms(await bench.previews("cancel", order, reason="other"))).state == "done"
    assert (await api.get_order(order.id)).state is OrderState.cancelled


async def test_agent_sends_an_order_to_another_country_knowing_why_the_bot_did_not(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(lambda each: paid(each) and each.shipping_address.country == "MY")
    bench = await OrderBench.with_order(log, api, order)
    abroad = {"line1": "10 Anson Road", "line2": "#05-17", "city": "", "region": "", "postcode": "079903"}
    values = {"address": {**order.shipping_address.dict(), **abroad, "country": "SG", "phone": "+6561234567"}}
    counter, job = await bench.counter(), JOBS["change_address"]
    assert await bots_refusal(job, order, counter) is None  # an address in the same country is no matter
    refusal = await bots_refusal(job, order, counter, values)
    assert left_to_person(refusal, ENGLISH) == {
        "left_to_person": {
            "reason": "another_country",
            "sentence": "It would go to another country, and that changes the price.",
        }
    }
    assert (await bench.confirms(await bench.previews("change_address", order, **values))).state == "done"
    assert (await api.get_order(order.id)).shipping_address.country == "SG"


async def test_agent_takes_back_what_broke_after_the_window(log: ConversationLog, api: OrderApi, take: Take) -> None:
    def too_late(order: Order) -> bool:
        return order.state is OrderState.delivered and any(
            item.why_not == "window_over" for item in returnable_items(order, POLICY, utc_now(), "not_as_described")
        )

    order = take(too_late)
    bench = await OrderBench.with_order(log, api, order)
    await bench.sends_photo("ph_theirs")
    counter = await bench.counter("ph_theirs")
    items = returnable_items(order, counter.policy, counter.now, "not_as_described")
    line = next(item.line_id for item in items if item.quantity and item.until and item.until < utc_now().date())
    values: dict[str, Any] = {
        "items": [{"line_id": line}],
        "reason": "not_as_described",
        "wish": "refund",
        "photos": ["ph_theirs"],
    }
    refusal = await bots_refusal(JOBS["return"], order, counter, values)
    assert refusal is not None
    assert refusal.reason == "window_over"
    assert (await bench.confirms(await bench.previews("return", order, "ph_theirs", **values))).result["case"]
    changed_mind = {"items": [{"line_id": line}], "reason": "changed_mind", "wish": "refund", "conditions": YES}
    with pytest.raises(Refused, match=r"window_over|final_sale|category|over_quantity|already_returned"):
        await bench.previews("return", await api.get_order(order.id), **changed_mind)
