"""Opens a case once: a repeated turn gets the case of the first time."""

from __future__ import annotations

from bot.store.api import OrderApi
from bot.store.models import Case, CaseRequest, Order
from bot.store.settle import settle


def opened_since(order: Order, request: CaseRequest, cases_before: tuple[str, ...]) -> bool:
    """Whether a case like this has appeared since the preview: most likely our own, written by a turn cut off.

    Sending the same request under the same key then settles it: the store answers with the first result.
    """
    wanted = _as_told(request.kind.value, request.reason, request.wish, request.items)
    return any(
        case.number not in cases_before and _as_told(case.kind.value, case.reason, case.wish, case.items) == wanted
        for case in order.cases
    )


async def open_case(api: OrderApi, order: Order, request: CaseRequest, key: str) -> tuple[Order, Case]:
    """The case and ``order`` with it: its pieces no longer count as left."""
    case = await settle(lambda: api.open_case(order.id, request, key=key), key=key)
    if any(known.number == case.number for known in order.cases):
        return order, case
    taken = {item.line_id: item.quantity for item in case.items}
    lines = [
        line.copy(update={"returned_quantity": line.returned_quantity + taken.get(line.id, 0)}) for line in order.lines
    ]
    return order.copy(update={"cases": [*order.cases, case], "lines": lines}), case


def _as_told(kind: str, reason: str, wish: object, items: object) -> tuple[object, ...]:
    return (kind, reason, wish, items)
