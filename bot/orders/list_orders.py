"""A signed-in customer's orders in short, newest first; also the choices when the bot must ask which one."""

from __future__ import annotations

from datetime import date, datetime

from bot.orders.next_step import shop_day
from bot.orders.policy import Policy
from bot.orders.track_state import TrackState, delivered_at, late_days, track_state
from bot.orders.verdict import JobData
from bot.store.api import OrderApi
from bot.store.models import Order
from bot.store.money import Money


class OrderSummary(JobData):
    order_id: str
    number: str
    state: TrackState
    late_days: int
    placed_on: date | None
    promised_on: date | None
    delivered_on: date | None
    total: Money
    titles: tuple[str, ...]
    pieces: int


def summarise(orders: list[Order], policy: Policy, now: datetime) -> list[OrderSummary]:
    return [
        OrderSummary(
            order_id=order.id,
            number=order.number,
            state=track_state(order),
            late_days=late_days(order, policy, now),
            placed_on=shop_day(policy, order.placed_at),
            promised_on=order.promised_on,
            delivered_on=shop_day(policy, delivered_at(order)),
            total=order.total,
            titles=tuple(line.title for line in order.lines),
            pieces=sum(line.quantity for line in order.lines),
        )
        for order in orders
    ]


async def list_orders(
    api: OrderApi, customer_id: str, policy: Policy, now: datetime, limit: int = 10
) -> list[OrderSummary]:
    """``customer_id`` must come from the shop's signature, never from what somebody typed."""
    return summarise(await api.orders_of(customer_id, limit), policy, now)
