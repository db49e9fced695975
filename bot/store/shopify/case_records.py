"""Cases that Shopify has no place for: a record in a metafield of the order, and a tag for those who work on it.

The record is a list in the order's metafield "ramah.cases". A case is open while the order carries its kind's tag:
staff take the tag off when they are done.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from pydantic import ValidationError

from bot.store.models import Case, CaseKind, CaseRequest, CaseState, StoreModel
from bot.store.shopify.marks import key_mark
from bot.store.shopify.order_shapes import CasesField
from bot.store.wire import to_json

ALL = "ramah-case"  # the tag that every order with a case has
TAGS = {
    CaseKind.replacement: "ramah-replacement",
    CaseKind.lost_parcel: "ramah-lost-parcel",
    CaseKind.missing_item: "ramah-missing-item",
}


class Record(StoreModel):
    """The shopper's own words and photos are for staff only; ``case`` is what Ramah tells again."""

    key: str
    case: Case
    note: str = ""
    photos: tuple[str, ...] = ()
    refund_to: str | None = None


def new_record(order_id: str, order_name: str, request: CaseRequest, key: str, now: datetime) -> Record:
    mark = key_mark(key)
    case = Case(
        id=f"ramah-{mark}",
        number=f"{order_name}-C{mark[:5].upper()}",
        order_id=order_id,
        kind=request.kind,
        state=CaseState.requested,
        items=request.items,
        reason=request.reason,
        wish=request.wish,
        created_at=now.replace(microsecond=0),
    )
    return Record(key=mark, case=case, note=request.note, photos=tuple(request.photos), refund_to=request.refund_to)


def read_records(field: CasesField | None) -> list[Record]:
    """What staff or other apps made unreadable is left out."""
    try:
        found = json.loads(field.value) if field else []
    except ValueError:
        return []
    records = []
    for each in found if isinstance(found, list) else []:
        try:
            records.append(Record.parse_obj(each))
        except ValidationError:
            continue
    return records


def write_records(records: Sequence[Record]) -> str:
    return to_json(records)


def record_case(record: Record, tags: Sequence[str]) -> Case:
    """The case as it stands: done once its tag is gone."""
    open_still = TAGS.get(record.case.kind) in tags
    return record.case.copy(update={"state": CaseState.requested if open_still else CaseState.completed})
