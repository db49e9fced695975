"""What stands for ``{order_number}`` and the like in a canned reply, from what is known of the conversation."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.desk.replies.situation import Situation
from bot.orders.mask import DOTS
from bot.orders.refund_amount import promised_refunds
from bot.store.models import Order, PaymentKind, PaymentState
from bot.store.money import Money
from bot.wording.tongue import Speaks

VARIABLES = (
    *("shopper", "agent", "shop", "email"),
    *("order_number", "order_state", "order_total", "items", "city"),
    *("carrier", "tracking_number", "tracking_link", "delivery_date", "delivered_on"),
    *("refund_amount", "refund_method", "case_number"),
)
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Filled:
    """``missing``: the words of variables without a value; in ``text`` they stand like ‹order number›."""

    text: str
    missing: list[str]


def fill(text: str, values: Mapping[str, str], name_of: Callable[[str], str]) -> Filled:
    missing: dict[str, None] = {}

    def value(found: re.Match[str]) -> str:
        if known := values.get(found[1]):
            return known
        name = name_of(found[1])
        missing[name] = None
        return f"‹{name}›"

    return Filled(_VARIABLE.sub(value, text), list(missing))


def values_of(situation: Situation | None, tongue: Speaks, *, agent: str, shop: str) -> dict[str, str]:
    """Variable -> its value; what is not known is not in it."""
    values = {"agent": agent, "shop": shop}
    if situation is not None:
        values |= {"shopper": situation.shopper, "email": situation.email}
        values["order_number"] = str(situation.slots.get("order_number") or "").lstrip("#")
        if situation.order is not None:
            values |= _of_order(situation.order, tongue)
            values |= _of_parcel(situation, tongue)
            if situation.order_is_now and not situation.shopper:
                values["shopper"] = situation.order.customer.name
    return {name: value for name, value in values.items() if value and DOTS not in value}


def _of_order(order: Order, tongue: Speaks) -> dict[str, str]:
    values = {
        "order_number": order.number.lstrip("#"),
        "order_total": tongue.formats.money(order.total),
        "items": tongue.formats.listed([line.title for line in order.lines]),
        "city": order.shipping_address.city,
        "case_number": order.cases[-1].number if order.cases else "",
    }
    if refund := refund_of(order):
        money, method = refund
        values |= {"refund_amount": tongue.formats.money(money), "refund_method": method}
    return values


def _of_parcel(situation: Situation, tongue: Speaks) -> dict[str, str]:
    tracking = situation.tracking
    if tracking is None:
        return {}
    values = {"order_state": tongue.words.text(f"track_state.{tracking.state.value}")}
    if tracking.delivered_on is not None:
        values["delivered_on"] = tongue.formats.day(tracking.delivered_on)
    elif tracking.promised_on is not None:
        values["delivery_date"] = tongue.formats.day(tracking.promised_on)
    if tracking.shipments:
        parcel = tracking.shipments[-1]
        values |= {
            "carrier": parcel.carrier,
            "tracking_number": parcel.tracking_number,
            "tracking_link": parcel.tracking_url,
        }
    return values


def refund_of(order: Order) -> tuple[Money, str] | None:
    """The latest refund that was sent or is on its way, else one that a case promises; the way it goes, if known."""
    sent = [
        each for each in order.payments if each.kind is PaymentKind.refund and each.state is not PaymentState.failed
    ]
    if sent:
        return sent[-1].amount, sent[-1].method
    promised = promised_refunds(order)
    return (promised[-1][1], "") if promised else None
