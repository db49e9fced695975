"""From Ecwid's order to Ramah's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timezone
from decimal import Decimal

from bot.store.ecwid import staff_notes
from bot.store.ecwid.case_record import cases_of
from bot.store.ecwid.documents import EcwidOrder, Item
from bot.store.ecwid.payments import payments_of
from bot.store.ecwid.person import address_of
from bot.store.ecwid.shop_facts import Facts
from bot.store.ecwid.states import order_state, parcel_state
from bot.store.models import Case, CaseState, Customer, Line, Order, OrderState, Shipment, ShippedItem
from bot.store.money import Money
from bot.store.refund_sum import refund_of

GONE = {OrderState.shipped, OrderState.partly_shipped, OrderState.delivered, OrderState.returned}


def order_of(raw: EcwidOrder, facts: Facts, custom: Mapping[str, OrderState]) -> Order:
    """Ecwid has no time of delivery and no promised day: both stay None."""
    state = order_state(raw.paymentStatus, raw.fulfillmentStatus, custom)
    cases = cases_of(raw, {str(item.id): item.quantity for item in raw.items})
    open_or_done = [case for case in cases if case.state is not CaseState.rejected]
    asked: Counter[str] = Counter()
    for item in (item for case in open_or_done for item in case.items):
        asked[item.line_id] += item.quantity
    cancelled = staff_notes.cancelled(raw.privateAdminNotes) if state is OrderState.cancelled else None
    phone = next((each.phone for each in (raw.shippingPerson, raw.billingPerson) if each and each.phone), "")
    name = next((each.name for each in (raw.shippingPerson, raw.billingPerson) if each and each.name), "")
    option, fee = raw.shippingOption, raw.handlingFee
    shipping = ((option and option.shippingRate) or Decimal(0)) + ((fee and fee.value) or Decimal(0))

    def money(amount: Decimal) -> Money:
        return Money(amount=amount, currency=facts.currency)

    order = Order(
        id=raw.id,
        number=raw.id,
        state=state,
        placed_at=datetime.fromtimestamp(raw.createTimestamp, timezone.utc),
        customer=Customer(
            id=None if raw.customerId is None else str(raw.customerId), name=name, email=raw.email or "", phone=phone
        ),
        shipping_address=address_of(raw.shippingPerson or raw.billingPerson),
        lines=[_line(item, facts, state, asked[str(item.id)]) for item in raw.items],
        shipping=money(shipping),
        # Coupons are not in ``discount``: the search example of the documents has discount 0 and couponDiscount 10.
        discount=money((raw.discount or Decimal(0)) + (raw.couponDiscount or Decimal(0))),
        total=money(raw.total),
        payments=payments_of(raw, facts.currency),
        shipments=_shipments(raw, state),
        cancelled_at=cancelled[0] if cancelled else None,
    )
    return order.copy(update={"cases": [_with_refund(order, case) for case in cases]})


def _with_refund(order: Order, case: Case) -> Case:
    return case.copy(update={"refund": refund_of(order, case.kind, case.wish, case.items)})


def _line(item: Item, facts: Facts, state: OrderState, asked: int) -> Line:
    product = "" if item.productId is None else str(item.productId)
    return Line(
        id=str(item.id),
        product_id=product,
        variant_id=str(item.combinationId) if item.combinationId else product,
        title=item.name,
        options={option.name: option.text for option in item.selectedOptions or []},
        category=facts.category(item.categoryId),
        quantity=item.quantity,
        shipped_quantity=item.quantity if state in GONE else 0,
        returned_quantity=min(asked, item.quantity),
        unit_price=Money(amount=item.price, currency=facts.currency),
        image=item.imageUrl or "",
    )


def _shipments(raw: EcwidOrder, state: OrderState) -> list[Shipment]:
    """One at most: an order of Ecwid has one tracking number and one fulfilment status."""
    if state not in GONE and not raw.trackingNumber:
        return []
    option = raw.shippingOption
    bought = [label.tracking for label in raw.shipments or [] if label.tracking]
    url = next((each.trackingUrl or each.tracking_url for each in bought if each.trackingUrl or each.tracking_url), "")
    number = next((each.trackingNumber or each.tracking_number or "" for each in bought), "")
    return [
        Shipment(
            id=f"{raw.id}-parcel",
            state=parcel_state(raw.fulfillmentStatus, state),
            carrier=(option and (option.shippingCarrierName or option.shippingMethodName)) or "",
            tracking_number=raw.trackingNumber or number,
            tracking_url=url or "",
            items=[ShippedItem(line_id=str(item.id), quantity=item.quantity) for item in raw.items],
        )
    ]
