"""Returns and exchanges of delivered orders, one of them once an order, written as tau-bench's own tools write them."""

from __future__ import annotations

from bot.demo_store.books import Document
from bot.demo_store.tau.orders import variant_of
from bot.demo_store.tau.payment import gift_card_of, method_for_difference, method_for_refund
from bot.store.errors import Invalid, NotAllowed
from bot.store.models import CaseItem, CaseRequest, Wish

REFUSALS = {
    "pending": "not_shipped",
    "pending (item modified)": "not_shipped",
    "processed": "not_delivered",
    "return requested": "already_requested",
    "exchange requested": "already_requested",
    "cancelled": "already_cancelled",
}


def request_return(order: Document, user: Document, request: CaseRequest) -> float:
    """Mark the order; answers what is to be refunded."""
    items = _delivered_items(order, request.items)
    if request.refund_to is None and request.wish is Wish.store_credit:
        method_id = gift_card_of(user)
    else:
        method_id = request.refund_to or order["payment_history"][0]["payment_method_id"]
    method_for_refund(user, order, method_id)
    order["status"] = "return requested"
    order["return_items"] = sorted(item["item_id"] for item in items)
    order["return_payment_method_id"] = method_id
    return float(round(sum(item["price"] for item in items), 2))


def request_exchange(order: Document, user: Document, products: dict[str, Document], request: CaseRequest) -> None:
    items = _delivered_items(order, request.items)
    new_ids = [case_item.new_variant_id or "" for case_item in request.items]
    difference = 0.0
    for item, new_id in zip(items, new_ids, strict=True):
        difference += variant_of(products, item, new_id)["price"] - item["price"]
    difference = round(difference, 2)
    method_id = request.refund_to or order["payment_history"][0]["payment_method_id"]
    method_for_difference(user, method_id, difference)
    order["status"] = "exchange requested"
    order["exchange_items"] = sorted(item["item_id"] for item in items)
    order["exchange_new_items"] = sorted(new_ids)
    order["exchange_payment_method_id"] = method_id
    order["exchange_price_difference"] = difference


def _delivered_items(order: Document, wanted: list[CaseItem]) -> list[Document]:
    """The order's items that the request names, in its order; every line is one piece."""
    if order["status"] != "delivered":
        raise NotAllowed(REFUSALS[order["status"]])
    items: dict[str, Document] = {str(index): item for index, item in enumerate(order["items"], start=1)}
    line_ids = [each.line_id for each in wanted]
    if not line_ids or not set(line_ids) <= set(items):
        raise Invalid("items")
    if len(set(line_ids)) < len(line_ids) or any(each.quantity > 1 for each in wanted):
        raise NotAllowed("over_quantity")
    return [items[line_id] for line_id in line_ids]
