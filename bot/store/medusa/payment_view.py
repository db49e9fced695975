"""Payments and refunds; a change of items adds the difference that is not settled yet."""

from __future__ import annotations

from decimal import Decimal

from bot.store.medusa.line_view import BEFORE, STANDS_FOR
from bot.store.medusa.raw_order import RawItem, RawOrder, RawPayment, RawRefund
from bot.store.models import Payment, PaymentKind, PaymentState
from bot.store.money import Money

BY_HAND = "pp_system"  # Medusa's own provider: its authorisation is no money, only what staff write down


def payment_views(raw: RawOrder, items: list[RawItem]) -> list[Payment]:
    """Oldest first; each payment before its refunds."""
    views = [view for payment in raw.payments for view in [_payment(payment), *_refunds(payment)]]
    return [*views, *_unsettled(raw, items)]


def is_paid(raw: RawOrder) -> bool:
    """Whether money was received, or is reserved with a provider that says so itself."""
    return any(
        payment.captured_at is not None or (payment.canceled_at is None and not payment.provider_id.startswith(BY_HAND))
        for payment in raw.payments
    )


def method_id(payment: RawPayment) -> str:
    return str(payment.metadata.get("method_id") or payment.id)


def _payment(raw: RawPayment) -> Payment:
    state = PaymentState.pending
    if raw.captured_at is not None:
        state = PaymentState.done
    elif raw.canceled_at is not None:
        state = PaymentState.failed
    return Payment(
        id=raw.id,
        kind=PaymentKind.payment,
        method_id=method_id(raw),
        method=_method(raw),
        amount=Money(amount=raw.amount, currency=raw.currency_code.upper()),
        state=state,
        at=raw.captured_at or raw.created_at,
    )


def _refunds(payment: RawPayment) -> list[Payment]:
    return [_refund(payment, refund) for refund in sorted(payment.refunds, key=lambda each: each.created_at)]


def _refund(payment: RawPayment, raw: RawRefund) -> Payment:
    """Medusa knows only refunds that it has made; a shop may mark one as under way in its metadata."""
    under_way = raw.metadata.get("state") == PaymentState.pending.value
    return Payment(
        id=raw.id,
        kind=PaymentKind.refund,
        method_id=method_id(payment),
        method=_method(payment),
        amount=Money(amount=raw.amount, currency=payment.currency_code.upper()),
        state=PaymentState.pending if under_way else PaymentState.done,
        at=raw.created_at,
    )


def _unsettled(raw: RawOrder, items: list[RawItem]) -> list[Payment]:
    """What a change of items made dearer or cheaper, until somebody has paid or refunded it."""
    changed = [item for item in items if STANDS_FOR in item.metadata and BEFORE in item.metadata]
    difference = sum(
        ((item.unit_price - Decimal(str(item.metadata[BEFORE]))) * item.detail.quantity for item in changed), Decimal(0)
    )
    received = [payment for payment in raw.payments if payment.captured_at is not None]
    if not difference or not received or raw.canceled_at is not None:
        return []
    paid_with, kind = received[0], PaymentKind.payment
    if difference < 0:
        kind = PaymentKind.refund
    settled = len(received) > 1 if difference > 0 else any(payment.refunds for payment in received)
    if settled:
        return []
    return [
        Payment(
            id=f"{paid_with.id}-items",
            kind=kind,
            method_id=method_id(paid_with),
            method=_method(paid_with),
            amount=Money(amount=abs(difference), currency=paid_with.currency_code.upper()),
            state=PaymentState.pending,
            at=max(item.created_at for item in changed),
        )
    ]


def _method(payment: RawPayment) -> str:
    """As the shop calls it, else the provider's own name: "pp_stripe-grabpay_stripe" is "Stripe Grabpay"."""
    named = payment.metadata.get("method")
    if named:
        return str(named)
    words = payment.provider_id.removeprefix("pp_").rpartition("_")[0] or payment.provider_id
    return words.replace("-", " ").replace("_", " ").title()
