"""The actions that answer one message ask the store for the order once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from actions.address import AskAddressConfirmed, ChangeAddress
from actions.order_looks import KEPT, MOST, OrderLooks
from actions.shop import Shop, close_shop, open_shop, the_shop
from actions.track import TrackOrder
from actions.turn import Turn
from bot.store.demo import DemoStore
from bot.store.errors import NotFound
from bot.store.models import Order
from tests.actions.run import proved, run
from tests.demo_store.process import KEY, RunningStore


class Counted(DemoStore):
    """The demo store's adapter, and how often it was asked for an order."""

    asked = 0

    async def get_order(self, order_id: str) -> Order:
        self.asked += 1
        return await super().get_order(order_id)


@pytest_asyncio.fixture
async def orders(shop: Shop, demo_store: RunningStore) -> AsyncIterator[Counted]:
    counted = Counted(demo_store.url, KEY)
    open_shop(replace(shop, orders=counted))
    yield counted
    await close_shop()


def turn(turn_id: str = "t_1", conversation_id: str = "c_1") -> Turn:
    return Turn(turn_id, conversation_id)


async def test_actions_of_one_turn_ask_once_and_those_of_the_next_again(orders: Counted) -> None:
    slots = proved("ord_1047", "1047")
    for _ in range(3):
        await run(TrackOrder(), slots=slots, turn_id="t_1")
    assert orders.asked == 1
    await run(TrackOrder(), slots=slots, turn_id="t_2")
    assert orders.asked == 2


async def test_what_was_written_is_seen_in_the_same_turn(orders: Counted) -> None:
    address = {"name": "Nurul", "line1": "3 Jalan Mawar", "city": "Kajang", "postcode": "43000", "country": "MY"}
    slots = {**proved("ord_1060", "1060"), "new_address": address}
    shown = await run(AskAddressConfirmed(), slots=slots, turn_id="t_1")
    confirmed = {**slots, "preview": shown.slots["preview"], "address_confirmed": True}
    assert (await run(ChangeAddress(), slots=confirmed, turn_id="t_1")).said == ["utter_address_changed"]
    assert (await the_shop().looks.order("ord_1060", turn())).shipping_address.line1 == "3 Jalan Mawar"


async def test_turns_of_others_and_turns_without_a_number_see_nothing_of_it(orders: Counted) -> None:
    looks = OrderLooks(orders)
    await looks.order("ord_1047", turn())
    await looks.order("ord_1047", turn(conversation_id="c_2"))
    assert orders.asked == 2
    await looks.order("ord_1047", turn(""))
    await looks.order("ord_1047", turn(""))
    assert orders.asked == 4


async def test_a_turn_that_is_begun_anew_looks_again(orders: Counted) -> None:
    now = 100.0
    looks = OrderLooks(orders, lambda: now)
    await looks.order("ord_1047", turn())
    now += KEPT
    await looks.order("ord_1047", turn())
    assert orders.asked == 2


async def test_what_the_store_refuses_is_not_kept(orders: Counted) -> None:
    looks = OrderLooks(orders)
    for _ in range(2):
        with pytest.raises(NotFound):
            await looks.order("ord_none", turn())
    assert orders.asked == 2


async def test_old_turns_make_room(orders: Counted) -> None:
    looks = OrderLooks(orders)
    for number in range(MOST + 1):
        await looks.order("ord_1047", turn(f"t_{number}"))
    await looks.order("ord_1047", turn(f"t_{MOST}"))
    assert orders.asked == MOST + 1
    await looks.order("ord_1047", turn("t_0"))
    assert orders.asked == MOST + 2
