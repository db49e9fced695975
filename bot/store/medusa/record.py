"""What Ramah writes into the metadata of a return, an exchange or a claim, under ``ramah``; a shop may write it too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError

from bot.store.medusa.raw import Raw
from bot.store.models import CaseItem, CaseKind, CaseRequest, CaseState, Wish
from bot.store.money import Money

UNDER = "ramah"
OF_ORDER = "ramah_cases"  # in an order's metadata: records of what Medusa has no object for


class Record(Raw):
    """``photos`` are ids in the conversation log. ``number``: what the shopper quotes, where it is not Medusa's."""

    key: str = ""
    kind: CaseKind
    reason: str = ""
    wish: Wish | None = None
    note: str = ""
    photos: list[str] = Field(default_factory=list)
    refund: Money | None = None
    refund_to: str | None = None
    items: list[CaseItem] = Field(default_factory=list)
    number: str = ""
    state: CaseState | None = None
    id: str = ""
    created_at: datetime | None = None


def record_of(metadata: dict[str, Any]) -> Record | None:
    """None where there is none, or none that can be read: the case then is what Medusa says of it."""
    return _record(metadata.get(UNDER))


def records_of_order(metadata: dict[str, Any]) -> list[Record]:
    listed = metadata.get(OF_ORDER)
    read = [_record(each) for each in listed] if isinstance(listed, list) else []
    return [record for record in read if record is not None]


def new_record(request: CaseRequest, refund: Money | None, key: str) -> Record:
    return Record(
        key=key,
        kind=request.kind,
        reason=request.reason,
        wish=request.wish,
        note=request.note,
        photos=request.photos,
        refund=refund,
        refund_to=request.refund_to,
        items=request.items,
    )


def _record(value: object) -> Record | None:
    try:
        return Record.parse_obj(value) if isinstance(value, dict) else None
    except ValidationError:
        return None
