"""An order in the models' words, from what the API's two answers say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.store.models import (
    Case,
    CaseKind,
    CaseState,
    Customer,
    Line,
    Order,
    OrderState,
    Proof,
    Shipment,
    ShipmentState,
)
from bot.store.money import Money
from bot.store.proof_match import fits
from bot.store.shopify.addresses import address
from bot.store.shopify.case_records import read_records, record_case
from bot.store.shopify.order_shapes import FoundOrder, LineItem, Refund, ShopifyOrder
from bot.store.shopify.parcel_shapes import Fulfillment, ShopifyReturn
from bot.store.shopify.parcels import shipments
from bot.store.shopify.payments import payments
from bot.store.shopify.return_cases import return_case
from bot.store.shopify.shapes import options

IN_THE_WORKS = {"IN_PROGRESS", "PENDING_FULFILLMENT"}  # somebody packs it, with the address as it was
PAID = {"PAID", "AUTHORIZED", "PARTIALLY_REFUNDED", "REFUNDED"}


@dataclass(frozen=True)
class Read:
    """All that was read of an order, every page of it."""

    order: ShopifyOrder
    lines: list[LineItem]
    fulfillments: list[Fulfillment]
    returns: list[ShopifyReturn]


def proof_fits(found: FoundOrder, proof: Proof) -> bool:
    """Compares before anything else of the order is read, so that a wrong proof costs what a wrong number does."""
    place = found.shipping_address
    nothing = Money(amount=Decimal(0), currency="XXX")
    order = Order(
        id=found.id,
        number=found.name,
        state=OrderState.unpaid,
        customer=Customer(email=found.email or "", phone=found.phone or ""),
        shipping_address=address(None).copy(
            update={
                "phone": (place.phone if place else "") or "",
                "postcode": (place.zip if place else "") or "",
                "country": (place.country_code if place else "") or "ZZ",
            }
        ),
        lines=[],
        shipping=nothing,
        discount=nothing,
        total=nothing,
    )
    return fits(order, proof)


def order_of(read: Read, final_sale_tag: str) -> Order:
    order = read.order
    parcels = shipments(read.fulfillments)
    cases = _cases(read)
    taken = _taken(cases, order.refunds)
    gone = _gone(parcels)
    removed = _refunded(order.refunds)
    lines = [
        _line(line, quantity, gone[line.id], taken[line.id], final_sale_tag)
        for line in read.lines
        if (quantity := _quantity(line, order, removed))
    ]
    total = order.total_price_set.money
    delivered = [parcel.delivered_at for parcel in parcels if parcel.delivered_at]
    state = _state(read, lines, parcels, cases)
    promised = [each.estimated_delivery_at for each in read.fulfillments if each.estimated_delivery_at]
    return Order(
        id=order.id,
        number=order.name.removeprefix("#"),
        state=state,
        placed_at=order.created_at,
        customer=Customer(
            id=order.customer.id if order.customer else None,
            name=(order.customer.display_name if order.customer else "") or address(order.shipping_address).name,
            email=order.email or "",
            phone=order.phone or "",
        ),
        shipping_address=address(order.shipping_address),
        lines=lines,
        shipping=order.total_shipping_price_set.money,
        discount=order.total_discounts_set.money if order.total_discounts_set else total * 0,
        total=total,
        payments=payments(order.transactions),
        shipments=parcels,
        cases=cases,
        promised_on=max(promised).date() if promised else None,
        delivered_at=max(delivered) if delivered and state is OrderState.delivered else None,
        cancelled_at=order.cancelled_at,
        items_changed=order.edited,
    )


def _line(line: LineItem, quantity: int, shipped: int, taken: int, final_sale_tag: str) -> Line:
    product = line.product
    return Line(
        id=line.id,
        product_id=product.id if product else "",
        variant_id=line.variant.id if line.variant else "",
        title=line.title,
        options=options(line.variant.selected_options) if line.variant else {},
        category=product.product_type.lower() if product else "",
        quantity=quantity,
        shipped_quantity=min(shipped, quantity),
        returned_quantity=min(taken, quantity),
        unit_price=line.original_unit_price_set.money,
        final_sale=product is not None and final_sale_tag in product.tags,
        image=line.image.url if line.image else "",
    )


def _quantity(line: LineItem, order: ShopifyOrder, refunded: Counter[str]) -> int:
    """As ordered, without what an edit took off: that shows in neither the current quantity nor a refund."""
    if order.cancelled_at is not None:
        return line.quantity
    return min(line.quantity, line.current_quantity + refunded[line.id])


def _cases(read: Read) -> list[Case]:
    found = [return_case(read.order.id, each) for each in read.returns]
    found += [record_case(each, read.order.tags) for each in read_records(read.order.metafield)]
    return sorted(found, key=lambda case: (case.created_at, case.id))


def _taken(cases: Sequence[Case], refunds: Sequence[Refund]) -> Counter[str]:
    """Pieces in cases, and pieces that staff took back without one."""
    taken: Counter[str] = Counter()
    for case in cases:
        if case.state is not CaseState.rejected:
            for item in case.items:
                taken[item.line_id] += item.quantity
    for refund in refunds:
        if refund.return_ is None:
            for line in refund.refund_line_items.nodes:
                taken[line.line_item.id] += line.quantity if line.restock_type == "RETURN" else 0
    return taken


def _refunded(refunds: Sequence[Refund]) -> Counter[str]:
    pieces: Counter[str] = Counter()
    for refund in refunds:
        for line in refund.refund_line_items.nodes:
            pieces[line.line_item.id] += line.quantity
    return pieces


def _gone(parcels: Sequence[Shipment]) -> Counter[str]:
    """Pieces that left the warehouse."""
    pieces: Counter[str] = Counter()
    for parcel in parcels:
        if parcel.state is not ShipmentState.packed:
            for item in parcel.items:
                pieces[item.line_id] += item.quantity
    return pieces


def _state(read: Read, lines: Sequence[Line], parcels: Sequence[Shipment], cases: Sequence[Case]) -> OrderState:
    order = read.order
    if order.cancelled_at is not None:
        return OrderState.cancelled
    if all(parcel.state is ShipmentState.packed for parcel in parcels):
        return _state_in_the_warehouse(order, parcels)
    if _all_back(lines, cases):
        return OrderState.returned
    return _state_on_the_way(order, lines, parcels)


def _state_in_the_warehouse(order: ShopifyOrder, parcels: Sequence[Shipment]) -> OrderState:
    if parcels or order.display_fulfillment_status in IN_THE_WORKS:
        return OrderState.packed
    return OrderState.paid if order.display_financial_status in PAID else OrderState.unpaid


def _all_back(lines: Sequence[Line], cases: Sequence[Case]) -> bool:
    """Whether closed returns of Shopify's hold every piece."""
    back = Counter[str]()
    for case in cases:
        if case.state is CaseState.completed and case.kind in {CaseKind.return_, CaseKind.exchange}:
            back.update({item.line_id: item.quantity for item in case.items})
    return bool(lines) and all(back[line.id] >= line.quantity for line in lines)


def _state_on_the_way(order: ShopifyOrder, lines: Sequence[Line], parcels: Sequence[Shipment]) -> OrderState:
    withdrawn = _withdrawn(order.refunds)
    if any(line.shipped_quantity < line.quantity - withdrawn[line.id] for line in lines):
        return OrderState.partly_shipped
    if all(parcel.state is ShipmentState.delivered for parcel in parcels):
        return OrderState.delivered
    return OrderState.shipped


def _withdrawn(refunds: Sequence[Refund]) -> Counter[str]:
    """Pieces that were refunded before they left: nobody will send them."""
    pieces: Counter[str] = Counter()
    for refund in refunds:
        for line in refund.refund_line_items.nodes:
            pieces[line.line_item.id] += line.quantity if line.restock_type == "CANCEL" else 0
    return pieces
