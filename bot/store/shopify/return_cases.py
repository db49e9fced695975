"""Shopify's returns as cases: those Ramah asked for by their mark, the shop's own as they are.

https://shopify.dev/docs/api/admin-graphql/2026-01/objects/Return
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.store.models import Case, CaseItem, CaseKind, CaseState, Wish
from bot.store.shopify.ids import gid
from bot.store.shopify.marks import read_mark
from bot.store.shopify.parcel_shapes import ReturnLine, ShopifyReturn

STATES = {
    "REQUESTED": CaseState.requested,
    "OPEN": CaseState.approved,
    "CLOSED": CaseState.completed,
    "DECLINED": CaseState.rejected,
    "CANCELED": CaseState.rejected,
}
WISHES = {wish.value for wish in Wish}


def return_case(order_id: str, found: ShopifyReturn) -> Case:
    mark = mark_of(found)
    exchanged = CaseKind.exchange if found.exchange_line_items.nodes else CaseKind.return_
    return Case(
        id=found.id,
        number=found.name,
        order_id=order_id,
        kind=CaseKind.exchange if mark.get("kind") == CaseKind.exchange.value else exchanged,
        state=_state(found),
        items=_items(found),
        reason=mark.get("reason", _shops_reason(found)),
        wish=Wish(mark["wish"]) if mark.get("wish") in WISHES else None,
        created_at=found.created_at,
    )


def mark_of(found: ShopifyReturn) -> dict[str, str]:
    """Of its first line that has one: all lines of a return of ours have the same key."""
    return next(filter(None, map(_mark, found.return_line_items.nodes)), {})


def _state(found: ShopifyReturn) -> CaseState:
    state = STATES.get(found.status, CaseState.requested)
    lines = found.return_line_items.nodes
    if state is CaseState.approved and lines and all(line.processed_quantity >= line.quantity for line in lines):
        return CaseState.received
    return state


def _items(found: ShopifyReturn) -> list[CaseItem]:
    """A line that went out in two parcels comes back as one item."""
    pieces: dict[str, int] = {}
    variants = dict(_variants(found))
    for line in found.return_line_items.nodes:
        if line.fulfillment_line_item is not None:
            line_id = line.fulfillment_line_item.line_item.id
            pieces[line_id] = pieces.get(line_id, 0) + line.quantity
    return [
        CaseItem(line_id=line_id, quantity=quantity, new_variant_id=variants.get(line_id))
        for line_id, quantity in pieces.items()
    ]


def _variants(found: ShopifyReturn) -> Iterator[tuple[str, str]]:
    """What each line is exchanged for: its mark says it; without marks it is clear for a single one only."""
    sources = [(line, line.fulfillment_line_item) for line in found.return_line_items.nodes]
    new = [each.variant_id for each in found.exchange_line_items.nodes]
    for line, source in sources:
        marked = gid("ProductVariant", _mark(line).get("variant", ""))
        only = new[0] if len(sources) == len(new) == 1 else None
        variant = marked or only
        if source is not None and variant is not None:
            yield source.line_item.id, variant


def _mark(line: ReturnLine) -> dict[str, str]:
    return read_mark(line.customer_note) or read_mark(line.return_reason_note)


def _shops_reason(found: ShopifyReturn) -> str:
    reasons = (line.return_reason for line in found.return_line_items.nodes)
    return (next(filter(None, reasons), "") or "").lower()
