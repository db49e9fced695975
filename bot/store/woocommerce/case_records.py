"""Cases live in the order's meta data, one entry each: WooCommerce has nothing for returns."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError

from bot.store.models import Case, CaseKind, CaseRequest, CaseState
from bot.store.woocommerce.documents import WooOrder
from bot.store.woocommerce.marks import CASE

logger = logging.getLogger(__name__)


class CaseRecord(CaseRequest):
    """What is kept of a case. ``state`` may be changed by the staff: approved, received, completed, rejected."""

    number: str
    state: CaseState = CaseState.requested
    created_at: datetime

    class Config:
        extra = "ignore"


def record_of(order: WooOrder, request: CaseRequest, now: datetime) -> CaseRecord:
    """A new case's record; its number counts on within the order."""
    count = sum(meta.key.startswith(CASE) for meta in order.meta_data)
    return CaseRecord(number=f"{order.number}-C{count + 1}", created_at=now, **request.dict())


def cases_of(order: WooOrder, refunded: Mapping[str, int]) -> list[Case]:
    """All cases, oldest first. A return whose pieces the staff has refunded is completed."""
    found = []
    for meta in order.meta_data:
        if meta.key.startswith(CASE):
            try:
                record = CaseRecord.parse_raw(str(meta.value))
            except ValidationError:
                logger.warning("Case %s of order %s cannot be read and is left out", meta.key, order.id)
                continue
            found.append(_case(order, meta.key, record))
    return _with_refunds(sorted(found, key=lambda case: (case.created_at, case.number)), refunded)


def pieces_of(cases: list[Case]) -> Counter[str]:
    """Pieces by line in cases that were not rejected."""
    pieces: Counter[str] = Counter()
    for case in cases:
        if case.state is not CaseState.rejected:
            for item in case.items:
                pieces[item.line_id] += item.quantity
    return pieces


def _case(order: WooOrder, key: str, record: CaseRecord) -> Case:
    return Case(
        id=key.removeprefix(CASE),
        order_id=str(order.id),
        **record.dict(include={"number", "kind", "state", "items", "reason", "wish", "created_at"}),
    )


def _with_refunds(cases: list[Case], refunded: Mapping[str, int]) -> list[Case]:
    left = Counter(refunded)
    told = []
    for case in cases:
        if case.kind is CaseKind.return_ and case.state is not CaseState.rejected and case.items:
            wanted = pieces_of([case])
            if all(left[line] >= count for line, count in wanted.items()):
                left -= wanted
                told.append(case.copy(update={"state": CaseState.completed}))
                continue
        told.append(case)
    return told
