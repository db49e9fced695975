"""An order's transactions as payments and refunds.

https://shopify.dev/docs/api/admin-graphql/2026-01/objects/OrderTransaction
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.store.models import Payment, PaymentKind, PaymentState
from bot.store.shopify.order_shapes import Transaction

KINDS = {
    "SALE": PaymentKind.payment,
    "CAPTURE": PaymentKind.payment,
    "AUTHORIZATION": PaymentKind.payment,
    "REFUND": PaymentKind.refund,
}
STATES = {"SUCCESS": PaymentState.done, "FAILURE": PaymentState.failed, "ERROR": PaymentState.failed}


def payments(transactions: Sequence[Transaction]) -> list[Payment]:
    """Oldest first. An authorization that was captured is told once, as its capture."""
    captured = {
        each.parent_transaction.id for each in transactions if each.kind == "CAPTURE" and each.parent_transaction
    }
    voided = {each.parent_transaction.id for each in transactions if each.kind == "VOID" and each.parent_transaction}
    told = [each for each in transactions if each.kind in KINDS and each.id not in captured | voided]
    return [_payment(each) for each in sorted(told, key=lambda each: str(each.processed_at or ""))]


def _payment(transaction: Transaction) -> Payment:
    state = STATES.get(transaction.status, PaymentState.pending)
    if transaction.kind == "AUTHORIZATION" and state is PaymentState.done:
        state = PaymentState.pending  # held, not yet taken
    gateway = transaction.gateway or ""
    return Payment(
        id=transaction.id,
        kind=KINDS[transaction.kind],
        method_id=gateway,
        method=_method(transaction) or transaction.formatted_gateway or gateway,
        amount=transaction.amount_set.money,
        state=state,
        at=transaction.processed_at,
    )


def _method(transaction: Transaction) -> str:
    """ "Visa •••• 4242" for a card, else nothing."""
    card = transaction.payment_details
    if card is None or not card.company:
        return ""
    digits = "".join(character for character in card.number or "" if character.isdigit())[-4:]
    return f"{card.company} •••• {digits}" if digits else card.company
