"""Pays back what the cancelling of an order left with the shop. Only where the shop's options allow refunds.

The key goes with the request (@idempotent), so Shopify itself pays once however often it is asked.

https://shopify.dev/docs/api/usage/implementing-idempotency
https://shopify.dev/docs/api/admin-graphql/2026-01/objects/SuggestedRefund
"""

from __future__ import annotations

from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from bot.store.models import Order, PaymentKind, PaymentState
from bot.store.shopify.documents import order_writes
from bot.store.shopify.door import Door
from bot.store.shopify.marks import write_mark
from bot.store.shopify.refusals import refuse
from bot.store.shopify.shapes import Id, MoneyBag, Shape, UserError


class _SuggestedTransaction(Shape):
    gateway: str | None
    parent_transaction: Id | None
    amount_set: MoneyBag


class _SuggestedRefund(Shape):
    suggested_transactions: list[_SuggestedTransaction]


class _Left(Shape):
    suggested_refund: _SuggestedRefund | None


class _OrderLeft(Shape):
    order: _Left | None


class _RefundedPayload(Shape):
    refund: Id | None
    user_errors: list[UserError]


class _Refunded(Shape):
    refund_create: _RefundedPayload


class Refunding:
    def __init__(self, door: Door) -> None:
        self._door = door

    async def pay_back(self, order: Order, key: str) -> bool:
        """Whether there was anything to pay back."""
        if _left(order) <= 0:
            return False
        found = (await self._door.ask(order_writes.REFUND_LEFT, {"id": order.id}, _OrderLeft)).order
        parts = found.suggested_refund.suggested_transactions if found and found.suggested_refund else []
        transactions = [
            {
                "orderId": order.id,
                "amount": str(part.amount_set.shop_money.amount),
                "gateway": part.gateway,
                "kind": "REFUND",
                "parentId": part.parent_transaction.id if part.parent_transaction else None,
            }
            for part in parts
            if part.amount_set.shop_money.amount > 0
        ]
        if not transactions:
            return False
        note = write_mark(key, {}, longest=255)
        asked: dict[str, object] = {
            "input": {"orderId": order.id, "note": note, "transactions": transactions},
            "idempotencyKey": str(uuid5(NAMESPACE_URL, f"ramah:refund:{key}")),
        }
        await self._door.tell(
            order_writes.REFUND, asked, _Refunded, lambda answer: refuse(answer.refund_create.user_errors), key=key
        )
        return True


def _left(order: Order) -> Decimal:
    """What was paid and neither went back nor is on its way back."""
    left = Decimal(0)
    for payment in order.payments:
        if payment.kind is PaymentKind.payment and payment.state is PaymentState.done:
            left += payment.amount.amount
        if payment.kind is PaymentKind.refund and payment.state is not PaymentState.failed:
            left -= payment.amount.amount
    return left
