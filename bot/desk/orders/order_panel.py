"""The shopper's orders and cases in short, ready to show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.conversations.times import as_text
from bot.desk.shoppers.shopper import Shopper
from bot.orders.address_form import format_lines
from bot.orders.list_orders import summarise
from bot.orders.policy import Policy
from bot.store.models import Case, Order
from bot.wording.tongue import Tongue


def short_orders(
    orders: list[Order], shopper: Shopper | None, policy: Policy, tongue: Tongue, now: datetime
) -> list[dict[str, Any]]:
    """Codes for programs, texts for people. ``shopper``: who proved it, and which order they spoke of."""
    return [
        {
            "id": order.id,
            "number": order.number,
            "state": summary.state.value,
            "state_label": tongue.words.text(f"track_state.{summary.state.value}"),
            "late_days": summary.late_days,
            "late_label": tongue.words.text("late", days=summary.late_days) if summary.late_days else None,
            "placed_at": as_text(order.placed_at) if order.placed_at else None,
            "placed": tongue.formats.day_of(order.placed_at) if order.placed_at else None,
            "promised": tongue.formats.day(summary.promised_on) if summary.promised_on else None,
            "delivered": tongue.formats.day(summary.delivered_on) if summary.delivered_on else None,
            "total": tongue.formats.money(order.total),
            "items": [f"{line.quantity} × {line.title}" for line in order.lines],
            "pieces": summary.pieces,
            "address": format_lines(order.shipping_address),
            "proved": shopper is not None and order.id in shopper.proved_orders,
            "in_hand": shopper is not None and order.number in shopper.order_numbers[:1],
        }
        for order, summary in zip(orders, summarise(orders, policy, now), strict=True)
    ]


def short_cases(orders: list[Order], tongue: Tongue) -> list[dict[str, Any]]:
    """Newest first."""
    cases = [(case, order) for order in orders for case in order.cases]
    cases.sort(key=lambda each: each[0].created_at, reverse=True)
    return [_case(case, order, tongue) for case, order in cases]


def _case(case: Case, order: Order, tongue: Tongue) -> dict[str, Any]:
    words, formats = tongue.words, tongue.formats
    titles = {line.id: line.title for line in order.lines}
    return {
        "number": case.number,
        "order_id": order.id,
        "order_number": order.number,
        "kind": case.kind.value,
        "kind_label": words.text(f"case_kind.{case.kind.value}"),
        "state": case.state.value,
        "state_label": words.text(f"case_state.{case.state.value}"),
        "wish": case.wish.value if case.wish else None,
        "wish_label": words.label("return_wish", case.wish.value) if case.wish else None,
        "refund": formats.money(case.refund) if case.refund else None,
        "items": [f"{item.quantity} × {titles.get(item.line_id, item.line_id)}" for item in case.items],
        "created_at": as_text(case.created_at),
        "created": formats.day_of(case.created_at),
    }
