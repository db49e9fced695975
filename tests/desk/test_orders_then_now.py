"""The order as it was handed over, beside the order as it is now."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversations.database import ConversationLog
from bot.conversations.times import utc_now
from bot.desk.orders.order_known import find_order, orders_of_shopper
from bot.desk.orders.order_panel import short_cases, short_orders
from bot.desk.orders.order_then_now import order_then, then_and_now
from bot.orders.parcel_situation import Situation
from bot.orders.reasons import REFUSALS
from bot.store.api import OrderApi
from bot.store.models import Order, OrderState
from bot.wording.words import words_in
from tests.desk.order_bench import PEPPER, POLICY, ROOT, WORDING, OrderBench
from tests.desk.order_fixtures import Take, api, faulty, log, stock, take
from tests.orders.conftest import Faulty
from tests.store.fault_proxy import REQUEST_LOST

__all__ = ["api", "faulty", "log", "stock", "take"]

ENGLISH = WORDING.agent("en", "Asia/Kuala_Lumpur")


def paid(order: Order) -> bool:
    return order.state is OrderState.paid and not order.items_changed


async def compared(bench: OrderBench, api: OrderApi, tongue: Any = ENGLISH) -> dict[str, Any]:
    then = await bench.log.read(lambda connection: order_then(connection, bench.id))
    return await then_and_now(then, api, tongue, utc_now(), PEPPER)


async def test_nothing_has_changed(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    both = await compared(await OrderBench.with_order(log, api, order), api)
    assert both["differences"] == []
    assert not any(row["changed"] for row in both["rows"])
    assert both["then"]["order"]["number"] == both["now"]["order"]["number"] == order.number
    assert "digests" not in both["then"]


async def test_address_was_changed_where_the_mask_hides_it(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    street = order.shipping_address.line1
    await api.change_address(
        order.id, order.shipping_address.copy(update={"line1": f"{street[0]}99 Hidden"}), key=f"{order.id}:then"
    )
    (difference,) = (await compared(bench, api))["differences"]
    assert (difference["label_key"], difference["label"]) == ("address", "Address")
    assert f"{street[0]}•••" in difference["then"]
    assert "Hidden" in difference["now"]


async def test_cancelled_meanwhile(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    await api.cancel(order.id, "other", key=f"{order.id}:then")
    found = {each["label_key"]: each for each in (await compared(bench, api))["differences"]}
    assert set(found) == {"state", "payments"}
    assert (found["state"]["then"], found["state"]["now"]) == ("paid", "cancelled")


async def test_agent_reads_it_in_their_own_language(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    await api.cancel(order.id, "other", key=f"{order.id}:then")
    both = await compared(bench, api, WORDING.agent("ms-MY", "Asia/Kuala_Lumpur"))
    assert {each["label"] for each in both["differences"]} == {"Status", "Bayaran"}


async def test_store_is_down(log: ConversationLog, api: OrderApi, faulty: Faulty, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    faulty.proxy.then(*[REQUEST_LOST] * 3)
    both = await compared(bench, faulty.api)
    assert both["now"] is None
    assert (both["reason"], both["sentence"]) == ("store_down", "The store does not answer at the moment.")
    assert both["then"]["order"]["id"] == order.id
    assert next(row["then"] for row in both["rows"] if row["key"] == "state") == "paid"


async def test_no_order_was_spoken_of(log: ConversationLog, api: OrderApi) -> None:
    both = await compared(await OrderBench.with_order(log, api), api)
    assert (both["then"], both["now"], both["reason"]) == (None, None, "no_order")


async def test_panel_shows_orders_and_cases_in_short(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    shopper = await bench.shopper()
    orders = await orders_of_shopper(api, shopper)
    (short,) = short_orders(orders, shopper, POLICY, ENGLISH, utc_now())
    assert (short["number"], short["state_label"], short["proved"], short["in_hand"]) == (
        order.number,
        "paid",
        True,
        True,
    )
    assert short["items"][0].startswith(f"{order.lines[0].quantity} × ")
    assert short_cases(orders, ENGLISH) == []


async def test_agent_names_an_order_of_somebody_else(log: ConversationLog, api: OrderApi, take: Take) -> None:
    theirs, other = take(paid), take(paid)
    shopper = await (await OrderBench.with_order(log, api, theirs)).shopper()
    known = await find_order(api, POLICY, shopper, f"#{theirs.number}")
    assert known is not None
    assert (known.order.id, known.known) == (theirs.id, True)
    assert await find_order(api, POLICY, shopper, other.number) is None
    named = await find_order(api, POLICY, shopper, other.number, other.customer.email)
    assert named is not None
    assert (named.order.id, named.known) == (other.id, False)


@pytest.mark.parametrize("language", ["en", "id", "ms"])
def test_every_refusal_has_a_sentence_for_agents(language: str) -> None:
    words = words_in(language, ROOT / "data/desk", "orders").group("why_not")
    ours = {"no_order", "not_found", "store_down", "changed_meanwhile", "conflict", "other"}
    wanted = REFUSALS | {each.value for each in Situation} | ours
    assert wanted <= set(words)


def test_the_desks_words_are_the_same_in_every_language() -> None:
    def keys(entries: Any, way: str = "") -> set[str]:
        if not isinstance(entries, dict):
            return {way}
        return {key for name, entry in entries.items() for key in keys(entry, f"{way}.{name}")}

    english, *others = (words_in(each, ROOT / "data/desk", "orders")._entries for each in ("en", "id", "ms"))
    assert all(keys(other) == keys(english) for other in others)
