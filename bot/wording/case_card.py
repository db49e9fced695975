"""What a return, a replacement or a lost parcel will come to, in rows, and the card of the case it became."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.orders.lost_parcel import LostPreview
from bot.orders.returns import ReturnedItem, ReturnPreview
from bot.store.models import Case
from bot.wording.order_card import options_text
from bot.wording.tongue import Speaks

Rows = list[dict[str, str]]


def case_card(case: Case, rows: Rows, tongue: Speaks) -> dict[str, Any]:
    return {
        "type": "case",
        "number": case.number,
        "kind_label": tongue.words.text(f"case_kind.{case.kind.value}"),
        "state_label": tongue.words.text(f"case_state.{case.state.value}"),
        "rows": [{"label": row["label"], "value": row["value"]} for row in rows],
    }


def return_rows(preview: ReturnPreview, tongue: Speaks) -> Rows:
    words, formats, money = tongue.words, tongue.formats, preview.money
    shown = [
        ("order", f"#{preview.number}"),
        ("items", formats.listed([_item(item, tongue) for item in preview.items])),
        ("reason", words.label("return_reason", preview.request.reason)),
        ("wish", words.label("return_wish", preview.request.wish.value)),
        ("send_back", words.text(f"send_back.{'yes' if preview.sends_back else 'no'}")),
    ]
    if preview.sends_back:
        shown.append(("return_shipping", words.text(f"return_shipping.{preview.return_shipping.value}")))
    if money.restocking.amount > 0:
        shown.append(("restocking", formats.money(money.restocking)))
    if money.refund is not None:
        method = money.method or words.text("unknown_method")
        shown.append(("refund", words.text("refund_to", amount=formats.money(money.refund), method=method)))
    if money.to_pay is not None:
        shown.append(("to_pay", formats.money(money.to_pay)))
    if preview.request.photos:
        shown.append(("photos", str(len(preview.request.photos))))
    return labelled(shown, tongue)


def lost_rows(preview: LostPreview, tongue: Speaks) -> Rows:
    words, formats = tongue.words, tongue.formats
    shown = [("order", f"#{preview.number}"), ("wish", words.label("lost_wish", preview.wish.value))]
    if preview.tracking_number:
        shown.append(("tracking_number", preview.tracking_number))
    if preview.refund is not None:
        method = preview.refund_method or words.text("unknown_method")
        shown.append(("refund", words.text("refund_to", amount=formats.money(preview.refund), method=method)))
    return labelled(shown, tongue)


def labelled(shown: Sequence[tuple[str, str]], tongue: Speaks) -> Rows:
    """``key`` is the row's name in the words (``row.<key>``)."""
    return [{"key": name, "label": tongue.words.text(f"row.{name}"), "value": value} for name, value in shown]


def _item(item: ReturnedItem, tongue: Speaks) -> str:
    return tongue.words.text(
        "returned_item" if item.new_options is None else "exchanged_item",
        quantity=item.quantity,
        title=item.title,
        options=tongue.words.text("in_brackets", text=options_text(item.options, tongue)) if item.options else "",
        new=options_text(item.new_options or {}, tongue),
    )
