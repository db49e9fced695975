"""An order that a change was left open on is locked in Medusa: the adapter never leaves one, and removes its own."""

from __future__ import annotations

from typing import Any

import pytest

from bot.store.errors import Conflict
from bot.store.medusa.answers import Refused
from bot.store.medusa.open_change import note_of, undone_if_refused
from bot.store.medusa.store import MedusaStore
from bot.store.models import CaseItem, CaseKind, CaseRequest, ItemChange, Wish
from tests.store.medusa.shopper import Shopper

pytestmark = pytest.mark.medusa


async def open_changes(shopper: Shopper, order_id: str) -> list[str]:
    changes = (await shopper.admin("GET", f"/orders/{order_id}/changes"))["order_changes"]
    return [change["change_type"] for change in changes if change["status"] in {"pending", "requested"}]


def one_of(order: dict[str, Any]) -> CaseRequest:
    return CaseRequest(
        kind=CaseKind.return_, items=[CaseItem(line_id=order["items"][0]["id"], quantity=1)], wish=Wish.refund
    )


async def test_what_medusa_refuses_half_way_is_taken_back(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.delivered()
    made = await shopper.admin("POST", "/returns", {"order_id": order["id"]})
    path = f"/admin/returns/{made['return']['id']}"
    items = {"items": [{"id": order["items"][0]["id"], "quantity": 50}]}
    with pytest.raises(Refused, match="more items"):
        async with undone_if_refused(store._api, f"{path}/request", "too-many"):
            await store._api.post(f"{path}/request-items", items, key="too-many")
    assert await open_changes(shopper, order["id"]) == []
    await store.open_case(order["id"], one_of(order), key=f"after-{order['id']}")


@pytest.mark.parametrize("kind", ["returns", "exchanges", "claims"])
async def test_what_a_dead_process_left_open_is_removed_and_done_anew(
    store: MedusaStore, shopper: Shopper, kind: str
) -> None:
    order = await shopper.delivered()
    left = {"order_id": order["id"], "internal_note": note_of("dead"), "metadata": {"ramah": {"key": "dead"}}}
    await shopper.admin("POST", f"/{kind}", left | ({"type": "refund"} if kind == "claims" else {}))
    assert len(await open_changes(shopper, order["id"])) == 1
    case = await store.open_case(order["id"], one_of(order), key=f"anew-{order['id']}")
    assert (await store.get_order(order["id"])).cases == [case]
    assert await open_changes(shopper, order["id"]) == []


async def test_edit_that_a_dead_process_left_open_is_removed(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.place()
    await shopper.admin("POST", "/order-edits", {"order_id": order["id"], "internal_note": note_of("dead")})
    shirt = next(item for item in order["items"] if item["variant_id"] == shopper.variants["SHIRT-S"])
    change = ItemChange(line_id=shirt["id"], new_variant_id=shopper.variants["SHIRT-M"])
    assert (await store.change_items(order["id"], [change], key=f"edit-{order['id']}")).items_changed
    assert await open_changes(shopper, order["id"]) == []


async def test_what_staff_have_open_stays_and_the_shopper_gets_a_person(store: MedusaStore, shopper: Shopper) -> None:
    order = await shopper.delivered()
    await shopper.admin("POST", "/returns", {"order_id": order["id"], "internal_note": "Called, wants to think"})
    with pytest.raises(Conflict):
        await store.open_case(order["id"], one_of(order), key=f"staff-{order['id']}")
    assert await open_changes(shopper, order["id"]) == ["return_request"]
    assert (await store.get_order(order["id"])).cases == []
