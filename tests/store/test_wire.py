from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.store.models import Address, CaseItem, CaseKind, CaseRequest
from bot.store.money import Money
from bot.store.wire import to_json

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(amount=st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_amount_arrives_to_the_last_cent(amount: Decimal) -> None:
    money = Money(amount=amount, currency="IDR")
    arrived = Money.parse_raw(to_json(money))
    assert (arrived, str(arrived.amount)) == (money, str(money.amount))


@given(line=texts, note=texts, quantity=st.integers(1, 10**6))
def test_text_arrives_as_it_was_written(line: str, note: str, quantity: int) -> None:
    address = Address(name=line, line1=note, country="MY")
    request = CaseRequest(kind=CaseKind.return_, items=[CaseItem(line_id=line, quantity=quantity)], note=note)
    assert Address.parse_raw(to_json(address)) == address
    assert CaseRequest.parse_raw(to_json(request)) == request


def test_what_is_absent_is_left_out() -> None:
    assert "wish" not in json.loads(to_json(CaseRequest(kind=CaseKind.lost_parcel)))
    assert json.loads(to_json([Money(amount=Decimal("1.50"), currency="MYR")])) == [
        {"amount": "1.50", "currency": "MYR"}
    ]
