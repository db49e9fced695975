"""Medusa's order as ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from bot.store.medusa.address_view import address_view, full_name
from bot.store.medusa.case_view import case_views, items_sent
from bot.store.medusa.line_view import STANDS_FOR, bought, line_id, line_view
from bot.store.medusa.payment_view import is_paid, payment_views
from bot.store.medusa.raw_case import RawClaim
from bot.store.medusa.raw_order import RawCustomer, RawDetail, RawItem, RawOrder
from bot.store.medusa.shipment_view import shipment_view
from bot.store.models import Case, CaseKind, CaseState, Customer, Order, OrderState, Shipment
from bot.store.money import Money

_WHOLE: list[tuple[OrderState, Callable[[RawDetail], int]]] = [
    (OrderState.returned, lambda pieces: pieces.return_received_quantity),
    (OrderState.delivered, lambda pieces: pieces.delivered_quantity),
    (OrderState.shipped, lambda pieces: pieces.shipped_quantity),
]
_BEGUN: list[tuple[OrderState, Callable[[RawDetail], int]]] = [
    (OrderState.partly_shipped, lambda pieces: pieces.shipped_quantity),
    (OrderState.packed, lambda pieces: pieces.fulfilled_quantity),
]


def order_view(raw: RawOrder, claims: Iterable[RawClaim]) -> Order:
    """``claims`` of this order: Medusa keeps them apart."""
    claims = list(claims)
    items = bought(raw, items_sent(claims))
    currency = raw.currency_code.upper()
    line_ids = {item.id: line_id(item) for item in items}
    cases = case_views(raw, claims, line_ids)
    returned = _returned(cases)
    shipments = [shipment_view(parcel, line_ids) for parcel in raw.parcels]
    shipments = [each for each in shipments if each.items or not items]  # none of a replacement's own parcels
    state = _state(raw, items)
    return Order(
        id=raw.id,
        number=raw.number,
        state=state,
        placed_at=raw.created_at,
        customer=_customer(raw),
        shipping_address=address_view(raw.shipping_address),
        lines=[line_view(item, returned[line_ids[item.id]], currency) for item in items],
        shipping=Money(amount=raw.shipping_total - _shipping_of_cases(raw), currency=currency),
        discount=Money(amount=raw.discount_total, currency=currency),
        total=Money(amount=_total(raw, items), currency=currency),
        payments=payment_views(raw, items),
        shipments=[] if state is OrderState.cancelled else shipments,
        cases=cases,
        promised_on=_day(raw.metadata.get("promised_on")),
        delivered_at=_delivered_at(shipments, state),
        cancelled_at=raw.canceled_at,
        items_changed=any(STANDS_FOR in item.metadata for item in items),
    )


def needs_claims(raw: RawOrder) -> bool:
    """Whether there are claims: each writes off what it claims."""
    return any(item.detail.written_off_quantity for item in raw.items)


def _state(raw: RawOrder, items: list[RawItem]) -> OrderState:
    if raw.status == "canceled":
        return OrderState.cancelled
    sent = [item.detail for item in items if item.requires_shipping] or [item.detail for item in items]
    reached = [state for state, how_many in _WHOLE if sent and all(how_many(each) >= each.quantity for each in sent)]
    if reached:
        return reached[0]
    begun = [state for state, how_many in _BEGUN if any(how_many(each) for each in sent)]
    if begun:
        return begun[0]
    return OrderState.paid if is_paid(raw) else OrderState.unpaid


def _customer(raw: RawOrder) -> Customer:
    """Medusa gives guests a customer too; only one with an account is a customer of ours."""
    customer, address = raw.customer or RawCustomer(), raw.shipping_address
    at_the_address = full_name(address.first_name, address.last_name) if address else ""
    return Customer(
        id=customer.id if customer.has_account else None,
        name=full_name(customer.first_name, customer.last_name) or at_the_address,
        email=raw.email or "",
        phone=customer.phone or (address.phone if address else None) or "",
    )


def _returned(cases: list[Case]) -> Counter[str]:
    """Pieces in open or completed cases, by line; a lost parcel's are none."""
    pieces: Counter[str] = Counter()
    for case in cases:
        if case.state is not CaseState.rejected and case.kind is not CaseKind.lost_parcel:
            for item in case.items:
                pieces[item.line_id] += item.quantity
    return pieces


def _total(raw: RawOrder, items: list[RawItem]) -> Decimal:
    """What was to be paid for the order itself.

    Medusa's total goes down with what came back and with what a cancelled order was refunded, and up with what an
    exchange sends.
    """
    own = {item.id for item in items}
    others = sum((item.total or Decimal(0) for item in raw.items if item.id not in own), Decimal(0))
    came_back = sum(
        (
            round((item.refundable_total_per_unit or item.unit_price) * item.detail.return_received_quantity, 2)
            for item in items
            if item.detail.return_received_quantity
        ),
        Decimal(0),
    )
    return raw.total + raw.credit_line_total - others - _shipping_of_cases(raw) + came_back


def _shipping_of_cases(raw: RawOrder) -> Decimal:
    return sum((method.total for method in raw.shipping_methods if method.of_a_case), Decimal(0))


def _delivered_at(shipments: list[Shipment], state: OrderState) -> datetime | None:
    times = [each.delivered_at for each in shipments if each.delivered_at is not None]
    return max(times) if times and state in (OrderState.delivered, OrderState.returned) else None


def _day(told: object) -> date | None:
    try:
        return date.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
