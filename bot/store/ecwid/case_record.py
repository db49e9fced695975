"""A case as an order's extra field: Ecwid has no returns, so this is the store's record of one.

Kept short: an order has room for 8 kB of extra fields in all
(https://docs.ecwid.com/api-reference/rest-api/orders/get-order, ``orderExtraFields``).
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from urllib.parse import quote, unquote

from bot.store.ecwid import staff_notes
from bot.store.ecwid.documents import EcwidOrder, ExtraField
from bot.store.errors import NotSupported
from bot.store.models import Case, CaseItem, CaseKind, CaseRequest, CaseState, Wish

ROOM = 8_000  # bytes of extra fields an order may have, a little less than Ecwid's 8 kB
PREFIX = "ramah_"
OURS = re.compile(f"{PREFIX}[0-9a-f]{{10}}")


def field_of(code: str, request: CaseRequest, order: EcwidOrder, now: datetime) -> dict[str, object]:
    """The extra field to be added.

    Raises:
        NotSupported: the order has no room for it; a person must write it down.
    """
    field = {"id": field_id(code), "title": f"Ramah {code}", "value": _value(request, now)}
    held = sum(len(f"{each.id}{each.title}{each.value}".encode()) for each in order.orderExtraFields or [])
    if held + sum(len(part.encode()) for part in field.values()) > ROOM:
        raise NotSupported
    # No section of the order page: staff read the line in the notes, the shopper neither.
    return {**field, "customerInputType": "TEXT", "showInNotifications": False, "showInInvoice": False}


def field_id(code: str) -> str:
    return f"{PREFIX}{code.removeprefix('RM-').lower()}"


def stands_in(order: EcwidOrder, code: str) -> bool:
    return any(field.id == field_id(code) for field in order.orderExtraFields or [])


def cases_of(order: EcwidOrder, lines: dict[str, int]) -> list[Case]:
    """``lines``: pieces by line id. A field that is not one of ours as we write it is none."""
    found = [_case(order, field, lines) for field in order.orderExtraFields or []]
    return sorted((case for case in found if case is not None), key=lambda case: (case.created_at, case.id))


def _value(request: CaseRequest, now: datetime) -> str:
    """ "return;1828115520*1*421616011;too_small;refund;1725434529": kind, pieces of lines (and the variant wished for),
    reason, wish, and seconds since 1970; no character that anybody might escape on the way."""
    items = ("*".join(map(_quoted, (item.line_id, item.quantity, item.new_variant_id or ""))) for item in request.items)
    wish = request.wish.value if request.wish else ""
    parts = (request.kind.value, ",".join(items), _quoted(request.reason), wish, str(int(now.timestamp())))
    return ";".join(parts)


def _quoted(part: object) -> str:
    return quote(str(part), safe="")


def _item(text: str) -> CaseItem:
    line_id, pieces, variant = map(unquote, text.split("*"))
    return CaseItem(line_id=line_id, quantity=int(pieces), new_variant_id=variant or None)


def _case(order: EcwidOrder, field: ExtraField, lines: dict[str, int]) -> Case | None:
    if not field.id or not OURS.fullmatch(field.id):
        return None
    try:
        kind, items_text, reason, wish, opened = (field.value or "").split(";")
        items = [_item(text) for text in items_text.split(",") if text]
        case = Case(
            id=field.id,
            number=f"RM-{field.id.removeprefix(PREFIX).upper()}",
            order_id=order.id,
            kind=CaseKind(kind),
            state=CaseState.requested,
            items=items,
            reason=unquote(reason),
            wish=Wish(wish) if wish else None,
            created_at=datetime.fromtimestamp(int(opened), timezone.utc),
        )
    except (ValueError, OverflowError, OSError):
        return None
    # Extra fields can also be set at the checkout, by a shopper who knows how.
    if any(item.quantity > lines.get(item.line_id, 0) for item in items):
        return None
    state = staff_notes.case_state(order.privateAdminNotes, case.number) or _state(order, case.kind)
    return case.copy(update={"state": state})


def _state(order: EcwidOrder, kind: CaseKind) -> CaseState:
    """Where staff said nothing: what the order's own statuses say of a return."""
    if kind is CaseKind.return_ and order.paymentStatus == "REFUNDED":
        return CaseState.completed
    if kind is CaseKind.return_ and order.fulfillmentStatus == "RETURNED":
        return CaseState.received
    return CaseState.requested
