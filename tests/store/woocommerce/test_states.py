"""What the statuses of core, of plugins and of the shop itself mean."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.store.errors import NotAllowed
from bot.store.models import OrderState
from bot.store.woocommerce.options import Completed
from bot.store.woocommerce.store import WooStore
from tests.store.woocommerce.conftest import OpenStore
from tests.store.woocommerce.shop import Shop


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("pending", OrderState.unpaid),
        ("failed", OrderState.unpaid),
        ("on-hold", OrderState.paid),
        ("processing", OrderState.paid),
        ("completed", OrderState.shipped),
        ("cancelled", OrderState.cancelled),
        ("refunded", OrderState.cancelled),
        ("awaiting-pickup", OrderState.packed),
    ],
)
async def test_status_is_told_as_what_it_means(store: WooStore, shop: Shop, status: str, state: OrderState) -> None:
    order = shop.add_order(status)
    assert (await store.get_order(str(order["id"]))).state is state


async def test_order_on_hold_waits_for_its_payment(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("on-hold")
    order["date_paid"] = order["date_paid_gmt"] = None
    found = await store.get_order(str(order["id"]))
    assert (found.state, found.payments) == (OrderState.unpaid, [])


async def test_order_whose_money_went_back_after_it_had_left_is_returned(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    shop.set_status(order, "refunded")
    assert (await store.get_order(str(order["id"]))).state is OrderState.returned


async def test_order_in_a_status_nobody_explained_is_left_to_a_person(store: WooStore, shop: Shop) -> None:
    order = shop.add_order("awaiting-pickup")
    with pytest.raises(NotAllowed, match="already_packed"):
        await store.cancel(str(order["id"]), "changed_mind", key="k")
    assert order["status"] == "awaiting-pickup"


async def test_shop_names_its_own_statuses(open_store: OpenStore, shop: Shop) -> None:
    store = open_store(statuses={"shipped": OrderState.shipped, "awaiting-pickup": OrderState.paid})
    states = [
        (await store.get_order(str(shop.add_order(status)["id"]))).state for status in ("shipped", "awaiting-pickup")
    ]
    assert states == [OrderState.shipped, OrderState.paid]


async def test_completed_counts_as_delivered_after_the_days_the_shop_says(open_store: OpenStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    store = open_store(delivered_after_days=3)
    assert (await store.get_order(str(order["id"]))).state is OrderState.shipped
    sent = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(days=4)
    order["date_completed_gmt"] = f"{sent:%Y-%m-%dT%H:%M:%S}"
    found = await store.get_order(str(order["id"]))
    assert (found.state, found.delivered_at) == (OrderState.delivered, sent + timedelta(days=3))


async def test_completed_is_delivered_where_the_shop_says_so(open_store: OpenStore, shop: Shop) -> None:
    order = shop.add_order("completed")
    found = await open_store(completed=Completed.delivered).get_order(str(order["id"]))
    assert found.state is OrderState.delivered
    assert found.delivered_at is not None
    assert found.delivered_at.tzinfo is timezone.utc
