"""Things of the shop as the API's executor reads them: dictionaries whose callables take a field's arguments."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

Node = dict[str, Any]
MOST = 250  # https://shopify.dev/docs/api/usage/pagination-graphql: "the maximum page size is 250"


def money(amount: Decimal | str) -> Node:
    both = {"amount": str(Decimal(amount)), "currencyCode": "MYR"}
    return {"shopMoney": both, "presentmentMoney": both}


def connection(items: Callable[[], Sequence[Node]]) -> Callable[..., Node]:
    def resolve(
        _info: object, first: int | None = None, after: str | None = None, *, reverse: bool = False, **_: object
    ) -> Node:
        assert first is not None, "you must provide one of first or last"
        assert 0 < first <= MOST, "first is 250 at most"
        found = list(items())
        ordered = found[::-1] if reverse else found
        start = 0 if after is None else int(base64.b64decode(after)) + 1
        page = ordered[start : start + first]
        last = start + len(page) - 1
        return {
            "nodes": page,
            "pageInfo": {
                "hasNextPage": last + 1 < len(ordered),
                "hasPreviousPage": start > 0,
                "startCursor": cursor(start) if page else None,
                "endCursor": cursor(last) if page else None,
            },
        }

    return resolve


def cursor(index: int) -> str:
    return base64.b64encode(str(index).encode()).decode()


def listed(items: Callable[[], Sequence[Node]]) -> Callable[..., Sequence[Node]]:
    return lambda _info, first=None, **_: list(items())[:first]
