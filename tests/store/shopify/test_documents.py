"""Every question and every change is one that the published schema takes, and none costs more than is allowed."""

from __future__ import annotations

from types import ModuleType

import pytest

from bot.store.shopify.documents import order_writes, orders, returns, shop
from bot.store.shopify.products import AT_ONCE, PASSED_AT_ONCE
from tests.store.shopify.cost import MOST, requested_cost
from tests.store.shopify.server import understood


def _texts(module: ModuleType) -> dict[str, str]:
    return {name: text for name, text in vars(module).items() if name.isupper() and not name.startswith("_")}


DOCUMENTS = {**_texts(orders), **_texts(order_writes), **_texts(returns), **_texts(shop)}
FIRST = {"PRODUCTS": AT_ONCE, "PRODUCTS_PASSED_OVER": PASSED_AT_ONCE, "OF_CUSTOMER": 250}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_takes_it_and_it_can_be_paid_for(name: str) -> None:
    document, mistakes = understood(DOCUMENTS[name])
    assert [mistake.message for mistake in mistakes] == []
    assert requested_cost(document, {"first": FIRST.get(name)}) <= MOST
