"""The money of a cancelled order. WooCommerce's own cancelling sends nothing back."""

from __future__ import annotations

from bot.store.connection import already_begun
from bot.store.woocommerce.documents import WooOrder
from bot.store.woocommerce.marks import in_brackets, mark_of, refund_sent
from bot.store.woocommerce.options import Refunds, WooOptions
from bot.store.woocommerce.payments import owed_of
from bot.store.woocommerce.refusals import RefundRefused
from bot.store.woocommerce.requests import Body, WooRequests
from bot.store.woocommerce.staff_notes import say


async def refund_once(requests: WooRequests, order: WooOrder, options: WooOptions, key: str) -> list[str]:
    """What the staff must know about the money. Only where the shop allows it, the payment gateway is told to refund.

    That is asked for once and never again, whatever becomes of the answer: before it is sent the order is marked, and
    who finds the mark without the refund leaves it to a person.
    """
    owed = owed_of(order)
    mark = mark_of(key)
    ours = [refund for refund in order.refunds if in_brackets(mark) in refund.reason]
    if ours:
        return [say("refund_made", amount=f"{abs(ours[0].total)} {order.currency}")]
    if owed <= 0:
        return []
    amount = f"{owed} {order.currency}"
    if options.refunds is not Refunds.allowed:
        return [say("refund_by_hand", amount=amount)]
    if order.meta(refund_sent(mark)):
        return [say("refund_unclear", amount=amount)]
    marking: Body = {"meta_data": [{"key": refund_sent(mark), "value": str(owed)}]}
    with already_begun(key):
        await requests.update_order(order.id, marking, key)
    reason = f"{say('refund_reason')} {in_brackets(mark)}"
    try:
        await requests.refund(order.id, {"amount": str(owed), "reason": reason, "api_refund": True}, key)
    except RefundRefused:
        return [say("refund_unclear", amount=amount)]
    return [say("refund_made", amount=amount)]
