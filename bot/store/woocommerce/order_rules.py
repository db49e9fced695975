"""What this adapter refuses by itself: WooCommerce would change a shipped order without a word."""

from __future__ import annotations

from collections.abc import Mapping

from bot.store.case_check import check_items, check_refund_method
from bot.store.errors import Invalid, NotAllowed, NotFound, NotSupported
from bot.store.models import (
    CaseItem,
    CaseKind,
    CaseRequest,
    CaseState,
    Order,
    OrderState,
    Product,
)
from bot.store.woocommerce.addresses import ships_to
from bot.store.woocommerce.documents import WooOrder

LONGEST_NOTE = 2000
LONGEST_REASON = 200
CLOSED = frozenset({CaseState.completed, CaseState.rejected})
REFUSALS = {
    OrderState.cancelled: "already_cancelled",
    OrderState.returned: "already_returned",
    OrderState.delivered: "already_delivered",
    OrderState.shipped: "already_shipped",
    OrderState.partly_shipped: "already_shipped",
    OrderState.packed: "already_packed",
}


def still_here(order: Order) -> None:
    """Raises ``NotAllowed`` unless the whole order waits in the warehouse and nobody has begun to pack it."""
    if order.state in REFUSALS:
        raise NotAllowed(REFUSALS[order.state])


def same_tax(order: WooOrder, shipping: Mapping[str, str]) -> None:
    """WooCommerce calculates taxes anew for a new address: what would cost another sum is for a person."""
    before = ships_to(order)
    if order.total_tax and (shipping["country"], shipping["state"]) != (before.country, before.state):
        raise NotSupported("the tax of this order depends on where it goes")


def reason_fits(reason: str) -> None:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid("reason")


def case_allowed(order: Order, request: CaseRequest) -> None:
    """Raises ``NotAllowed`` or ``Invalid`` unless a case like this may be opened for the order."""
    if order.state in {OrderState.cancelled, OrderState.returned}:
        raise NotAllowed(REFUSALS[order.state])
    if not any(line.shipped_quantity for line in order.lines):
        raise NotAllowed("not_shipped")
    if len(request.note) > LONGEST_NOTE:
        raise Invalid("note")
    check_refund_method(order, request)
    if request.kind is CaseKind.lost_parcel:
        _nothing_lost_before(order, request)
    else:
        check_items(order, request.items)


def new_variant_fits(item: CaseItem, product: Product) -> None:
    """Raises ``Invalid`` or ``NotAllowed`` unless the exchange's wish is one of the product's that can be had."""
    variant = next((each for each in product.variants if each.id == item.new_variant_id), None)
    if variant is None:
        raise Invalid("new_variant_id")
    if not variant.available or (variant.stock is not None and variant.stock < item.quantity):
        raise NotAllowed("out_of_stock")


def line_product(order: Order, item: CaseItem) -> str:
    """The id of the product on a case's line."""
    found = next((line.product_id for line in order.lines if line.id == item.line_id), None)
    if found is None:
        raise NotFound
    return found


def _nothing_lost_before(order: Order, request: CaseRequest) -> None:
    if request.items:
        raise Invalid("items")
    if any(case.kind is CaseKind.lost_parcel and case.state not in CLOSED for case in order.cases):
        raise NotAllowed("already_requested")
