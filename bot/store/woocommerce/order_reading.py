"""From WooCommerce's order to Ramah's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from bot.store.models import Customer, Line, Order, OrderState, Shipment
from bot.store.woocommerce.addresses import address_of, name_of
from bot.store.woocommerce.case_records import cases_of, pieces_of
from bot.store.woocommerce.documents import Fulfillment, WooLine, WooOrder, WooRefund
from bot.store.woocommerce.marks import CANCELLED
from bot.store.woocommerce.options import Tracking, WooOptions
from bot.store.woocommerce.order_states import state_of, utc
from bot.store.woocommerce.payments import money, payments_of
from bot.store.woocommerce.shipments import arrived, fulfilled, has_left, shipped_pieces, state_with, tracked

REFUNDED_LINE = "_refunded_item_id"


@dataclass(frozen=True)
class Beside:
    """What WooCommerce keeps beside the order. ``categories`` by product id."""

    categories: Mapping[int, str] = field(default_factory=dict)
    refunds: list[WooRefund] = field(default_factory=list)
    fulfillments: list[Fulfillment] = field(default_factory=list)


def order_of(order: WooOrder, options: WooOptions, now: datetime, beside: Beside | None = None) -> Order:
    """All amounts are what the shopper pays: with tax. ``unit_price`` is before discounts."""
    beside = beside or Beside()
    status = state_of(order, options, now)
    shipments = _shipments(order, options, beside)
    state = state_with(status.state, shipments, order)
    refunded = _refunded_pieces(beside.refunds)
    cases = cases_of(order, refunded)
    in_cases = pieces_of(cases)
    return Order(
        id=str(order.id),
        number=order.number,
        state=state,
        placed_at=utc(order.date_created_gmt),
        customer=_customer(order),
        shipping_address=address_of(order),
        lines=[
            _line(line, order.currency, beside.categories).copy(
                update={
                    "shipped_quantity": _shipped(line, state, shipments),
                    # The staff refunds what a case asked for: the same pieces, not more of them.
                    "returned_quantity": min(line.quantity, max(in_cases[str(line.id)], refunded[str(line.id)])),
                }
            )
            for line in order.line_items
            if line.quantity > 0
        ],
        shipping=money(order.shipping_total + order.shipping_tax, order.currency),
        discount=money(order.discount_total + order.discount_tax, order.currency),
        total=money(order.total, order.currency),
        payments=payments_of(order, beside.refunds),
        shipments=arrived(shipments, state, status.delivered_at),
        cases=cases,
        delivered_at=status.delivered_at,
        cancelled_at=_cancelled_at(order) if state is OrderState.cancelled else None,
    )


def _line(line: WooLine, currency: str, categories: Mapping[int, str]) -> Line:
    unit = (line.subtotal + line.subtotal_tax) / line.quantity
    return Line(
        id=str(line.id),
        product_id=str(line.product_id),
        variant_id=str(line.variation_id or line.product_id),
        title=unescape(line.parent_name or line.name),
        options=_options(line),
        category=categories.get(line.product_id, ""),
        quantity=line.quantity,
        unit_price=money(unit, currency),
        image=line.image.src if line.image else "",
    )


def _options(line: WooLine) -> dict[str, str]:
    """What the shopper chose; keys with an underscore are notes of WooCommerce's own."""
    return {
        unescape(str(meta.display_key or meta.key)): unescape(str(meta.display_value or meta.value))
        for meta in line.meta_data
        if line.variation_id and not meta.key.startswith("_") and isinstance(meta.value, (str, int))
    }


def _shipments(order: WooOrder, options: WooOptions, beside: Beside) -> list[Shipment]:
    if options.tracking is Tracking.shipment_tracking:
        return tracked(order)
    return fulfilled(order, beside.fulfillments)  # none are read without the option


def _shipped(line: WooLine, state: OrderState, shipments: list[Shipment]) -> int:
    if state is OrderState.partly_shipped:
        return min(line.quantity, shipped_pieces(shipments)[str(line.id)])
    return line.quantity if has_left(state) else 0


def _customer(order: WooOrder) -> Customer:
    billing = order.billing
    known = str(order.customer_id) if order.customer_id else None  # 0: a guest
    return Customer(id=known, name=name_of(billing), email=billing.email, phone=billing.phone)


def _refunded_pieces(refunds: list[WooRefund]) -> Counter[str]:
    pieces: Counter[str] = Counter()
    for refund in refunds:
        for line in refund.line_items:
            pieces[str(line.meta(REFUNDED_LINE))] += abs(line.quantity)
    return pieces


def _cancelled_at(order: WooOrder) -> datetime | None:
    given = order.meta(CANCELLED)
    return datetime.fromisoformat(given) if isinstance(given, str) and given else None
