"""What a return pays back, where the platform does not say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.store.models import CaseItem, CaseKind, Wish
from bot.store.money import Money
from bot.store.refund_sum import refund_of
from tests.orders.made_up import line, money, order

ONE = [CaseItem(line_id="a", quantity=1)]


@pytest.mark.parametrize(
    ("currency", "price", "discount", "refund"),
    [
        ("MYR", "10.00", "0", "10.00"),
        ("MYR", "10.00", "1.00", "9.67"),  # a third of the discount
        ("SGD", "9.99", "0.01", "9.99"),  # rounded half up
        ("IDR", "99900", "1000", "99567"),  # no cents are paid in rupiah
        ("JPY", "1000", "100", "967"),
        ("KWD", "1.000", "0.100", "0.967"),
    ],
)
def test_money_back_is_the_price_less_its_share_of_the_discount(
    currency: str, price: str, discount: str, refund: str
) -> None:
    bought = order(lines=[line("a", price=price, currency=currency, quantity=3)], discount=money(discount, currency))
    assert refund_of(bought, CaseKind.return_, None, ONE) == Money(amount=Decimal(refund), currency=currency)


@pytest.mark.parametrize(
    ("kind", "wish"), [(CaseKind.exchange, None), (CaseKind.missing_item, None), (CaseKind.return_, Wish.replacement)]
)
def test_who_gets_a_thing_gets_no_money(kind: CaseKind, wish: Wish | None) -> None:
    assert refund_of(order(lines=[line("a")]), kind, wish, ONE) is None


def test_an_order_of_gifts_pays_nothing_back() -> None:
    bought = order(lines=[line("a", price="0")])
    assert refund_of(bought, CaseKind.return_, Wish.refund, ONE) == Money(amount=Decimal("0.00"), currency="MYR")
