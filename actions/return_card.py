"""The cards of a return: what will happen, and the case it became."""

from __future__ import annotations

from typing import Any

from actions.order_card import options_text
from actions.voice import Voice
from bot.orders.returns import ReturnedItem, ReturnPreview
from bot.store.models import Case


def confirm_card(preview: ReturnPreview, voice: Voice) -> dict[str, Any]:
    return {
        "type": "confirm",
        "title": voice.words.text(f"confirm_title.{preview.kind.value}"),
        "rows": rows(preview, voice),
    }


def case_card(case: Case, preview: ReturnPreview, voice: Voice) -> dict[str, Any]:
    return {
        "type": "case",
        "number": case.number,
        "kind_label": voice.words.text(f"case_kind.{case.kind.value}"),
        "state_label": voice.words.text(f"case_state.{case.state.value}"),
        "rows": rows(preview, voice),
    }


def rows(preview: ReturnPreview, voice: Voice) -> list[dict[str, str]]:
    words, formats, money = voice.words, voice.formats, preview.money
    shown = [
        ("order", f"#{preview.number}"),
        ("items", formats.listed([_item(item, voice) for item in preview.items])),
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
    return [{"label": words.text(f"row.{name}"), "value": value} for name, value in shown]


def _item(item: ReturnedItem, voice: Voice) -> str:
    return voice.words.text(
        "returned_item" if item.new_options is None else "exchanged_item",
        quantity=item.quantity,
        title=item.title,
        options=voice.words.text("in_brackets", text=options_text(item.options, voice)) if item.options else "",
        new=options_text(item.new_options or {}, voice),
    )
