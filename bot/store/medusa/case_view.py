"""Medusa's returns, exchanges and claims as cases; staff may have made them too."""

from __future__ import annotations

from collections.abc import Iterable

from bot.store.medusa.line_view import line_id
from bot.store.medusa.raw_case import RawCaseItem, RawClaim, RawReturn
from bot.store.medusa.raw_order import RawOrder
from bot.store.medusa.record import Record, record_of, records_of_order
from bot.store.models import Case, CaseItem, CaseKind, CaseState, Wish

_REACHED = [CaseState.requested, CaseState.approved, CaseState.received, CaseState.completed]  # in this order


def case_views(raw: RawOrder, claims: Iterable[RawClaim], line_ids: dict[str, str]) -> list[Case]:
    """Oldest first; what was begun and never requested is no case.

    Args:
        line_ids: our line's id by Medusa's item id.
    """
    of_order = [_plain_case(raw, record) for record in records_of_order(raw.metadata)]
    returns = [each for each in raw.returns if each.status != "open" and each.claim_id is None]
    from_returns = [
        exchange_case(raw, each, line_ids) if each.exchange else return_case(raw, each, line_ids) for each in returns
    ]
    from_claims = [claim_case(raw, claim, line_ids) for claim in claims if claimed_items(claim)]
    return sorted([*of_order, *from_returns, *from_claims], key=lambda case: (case.created_at, case.id))


def case_with_key(raw: RawOrder, claims: list[RawClaim], key: str) -> Case | None:
    """The requested case that was made under this key."""
    line_ids = {item.id: line_id(item) for item in raw.items}
    metadata = {each.id: each.metadata for each in raw.returns}
    metadata |= {each.exchange.id: each.exchange.metadata for each in raw.returns if each.exchange}
    metadata |= {claim.id: claim.metadata for claim in claims}
    for case in case_views(raw, claims, line_ids):
        record = record_of(metadata.get(case.id, {}))
        if record is not None and record.key == key:
            return case
    return None


def return_case(raw: RawOrder, each: RawReturn, line_ids: dict[str, str]) -> Case:
    record = record_of(each.metadata) or Record(kind=CaseKind.return_)
    return Case(
        id=each.id,
        number=record.number or f"R{each.display_id}",
        order_id=raw.id,
        kind=record.kind,
        state=_state(record, _state_of_return(raw, each)),
        items=record.items or _items(each.items, line_ids),
        reason=record.reason,
        wish=record.wish,
        refund=record.refund,
        created_at=record.created_at or each.created_at,
    )


def exchange_case(raw: RawOrder, each: RawReturn, line_ids: dict[str, str]) -> Case:
    exchange = each.exchange
    if exchange is None:
        raise ValueError("no exchange")
    record = record_of(exchange.metadata) or Record(kind=CaseKind.exchange, wish=Wish.exchange)
    return Case(
        id=exchange.id,
        number=record.number or f"E{exchange.display_id}",
        order_id=raw.id,
        kind=record.kind,
        state=CaseState.rejected if exchange.canceled_at else _state(record, _state_of_return(raw, each)),
        items=record.items or _items(each.items, line_ids),
        reason=record.reason,
        wish=record.wish,
        refund=record.refund,
        created_at=record.created_at or exchange.created_at,
    )


def claim_case(raw: RawOrder, claim: RawClaim, line_ids: dict[str, str]) -> Case:
    """A claim made by staff is a replacement, or a refund for what is missing."""
    replaces = claim.type == "replace"
    made_by_staff = Record(
        kind=CaseKind.replacement if replaces else CaseKind.missing_item,
        wish=Wish.replacement if replaces else Wish.refund,
    )
    record = record_of(claim.metadata) or made_by_staff
    whole = record.kind is CaseKind.lost_parcel
    return Case(
        id=claim.id,
        number=record.number or f"C{claim.display_id}",
        order_id=raw.id,
        kind=record.kind,
        state=CaseState.rejected if claim.canceled_at else _state(record, CaseState.requested),
        items=[] if whole else record.items or _items(claimed_items(claim), line_ids),
        reason=record.reason,
        wish=record.wish,
        refund=record.refund,
        created_at=record.created_at or claim.created_at,
    )


def claimed_items(claim: RawClaim) -> list[RawCaseItem]:
    """What is wrong or missing, not what is sent for it."""
    return [item for item in claim.claim_items if not item.is_additional_item]


def items_sent(claims: Iterable[RawClaim]) -> frozenset[str]:
    """Ids of the items that claims send."""
    return frozenset(
        item.item_id
        for claim in claims
        for item in (*claim.claim_items, *claim.additional_items)
        if item.is_additional_item
    )


def _plain_case(raw: RawOrder, record: Record) -> Case:
    return Case(
        id=record.id or record.number or record.key,
        number=record.number or record.id,
        order_id=raw.id,
        kind=record.kind,
        state=record.state or CaseState.requested,
        items=record.items,
        reason=record.reason,
        wish=record.wish,
        refund=record.refund,
        created_at=record.created_at or raw.created_at,
    )


def _items(items: Iterable[RawCaseItem], line_ids: dict[str, str]) -> list[CaseItem]:
    return [
        CaseItem(line_id=line_ids.get(item.item_id, item.item_id), quantity=item.quantity)
        for item in sorted(items, key=lambda item: item.item_id)
        if item.quantity
    ]


def _state_of_return(raw: RawOrder, each: RawReturn) -> CaseState:
    if each.status == "canceled" or each.canceled_at is not None:
        return CaseState.rejected
    if each.status == "requested":
        return CaseState.requested
    since = each.received_at
    refunds = [refund for payment in raw.payments for refund in payment.refunds]
    paid_back = since is not None and any(refund.created_at >= since for refund in refunds)
    return CaseState.completed if paid_back else CaseState.received


def _state(record: Record, medusas: CaseState) -> CaseState:
    """The further of what Medusa's object has reached and what the shop wrote down."""
    told = record.state
    if told is None or CaseState.rejected in (told, medusas):
        return CaseState.rejected if told is CaseState.rejected else medusas
    return max(told, medusas, key=_REACHED.index)
