"""Sends items back: what will happen to goods and money, and the case at the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from bot.orders.case_steps import case_steps
from bot.orders.case_writing import open_case, opened_since
from bot.orders.done import Done
from bot.orders.exchange import chosen
from bot.orders.next_step import NextStep
from bot.orders.policy import Payer, Policy
from bot.orders.reasons import Review
from bot.orders.refund_amount import items_refund, paid_amount
from bot.orders.return_money import ReturnMoney, return_money
from bot.orders.return_rules import ReturnRequest, check_return, may_return_for
from bot.orders.verdict import ALLOWED, ChangedMeanwhile, Helper, JobData, Refused, Verdict
from bot.store.api import OrderApi
from bot.store.models import Ability, CaseItem, CaseKind, CaseRequest, Order, Product, Wish
from bot.store.money import Money


class Outcome(str, Enum):
    approved = "approved"
    review = "review"  # a person looks at it first
    replaced = "replaced"  # a new one comes, nothing to send back


class ReturnedItem(JobData):
    """``paid``: for these pieces, the discount taken off; ``new_options``: an exchange's."""

    line_id: str
    title: str
    options: dict[str, str]
    quantity: int
    paid: Money
    new_options: dict[str, str] | None = None


class ReturnPreview(JobData):
    """Exactly what will happen. ``return_shipping``: who pays the way back.

    ``cases_before``: the numbers of the cases the order had.
    """

    order_id: str
    number: str
    request: ReturnRequest
    kind: CaseKind
    outcome: Outcome
    review_reasons: tuple[Review, ...]
    items: tuple[ReturnedItem, ...]
    money: ReturnMoney
    sends_back: bool
    return_shipping: Payer
    next_steps: tuple[NextStep, ...]
    cases_before: tuple[str, ...]


def may_return(order: Order, policy: Policy, now: datetime, abilities: frozenset[Ability] | None = None) -> Verdict:
    """Whether anything of the order may go back for any reason; the codes are ``return_rules.may_return_for``'s."""
    return may_return_for(order, policy, now, list(policy.returns.reasons), abilities)


def preview_return(
    order: Order,
    request: ReturnRequest,
    policy: Policy,
    now: datetime,
    products: Mapping[str, Product] | None = None,
) -> ReturnPreview:
    """``products`` by id, for an exchange.

    Raises ``Refused``: the verdict of ``return_rules.check_return``, variant_needed or variant_unavailable.
    """
    verdict = check_return(order, request, policy, now)
    if not verdict.allowed:
        raise Refused(verdict)
    money = return_money(order, request, policy, products or {})
    reviews = _review_reasons(order, request, policy, money)
    rule = policy.returns.reasons[request.reason]
    cheap = (
        rule.replace_cheap and request.wish is Wish.replacement and policy.returns.replaced_up_to.covers(money.items)
    )
    sends_back = not (rule.keeps_item or cheap)
    outcome = Outcome.review if reviews else Outcome.replaced if cheap else Outcome.approved
    review = outcome is Outcome.review
    return ReturnPreview(
        order_id=order.id,
        number=order.number,
        request=request,
        kind=_kind(request, keeps_item=rule.keeps_item, cheap=cheap),
        outcome=outcome,
        review_reasons=reviews,
        items=_items(order, request, policy, products or {}),
        money=money,
        sends_back=sends_back,
        return_shipping=rule.return_shipping if sends_back else Payer.nobody,
        next_steps=case_steps(request.wish, policy, now, review=review, sends_back=sends_back, method=money.method),
        cases_before=tuple(case.number for case in order.cases),
    )


async def perform_return(api: OrderApi, preview: ReturnPreview, policy: Policy, now: datetime, *, key: str) -> Done:
    """Raises ``ChangedMeanwhile`` when the items, the window or the money are no longer as shown."""
    order = await api.get_order(preview.order_id)
    request = _case_request(preview)
    if not opened_since(order, request, preview.cases_before):
        verdict = await _still_true(api, order, preview, policy, now)
        if verdict is not None:
            raise ChangedMeanwhile(order, verdict)
    after, case = await open_case(api, order, request, key)
    differs = case.refund is not None and preview.money.refund is not None and case.refund != preview.money.refund
    return Done(order=after, case=case, next_steps=preview.next_steps, refund_differs=differs)


async def _still_true(
    api: OrderApi, order: Order, preview: ReturnPreview, policy: Policy, now: datetime
) -> Verdict | None:
    """``None`` when the preview holds; otherwise why it does not ("allowed": it would have another outcome)."""
    products: dict[str, Product] = {}
    if preview.request.wish is Wish.exchange:
        wanted = {item.line_id for item in preview.request.items}
        for product_id in sorted({line.product_id for line in order.lines if line.id in wanted}):
            products[product_id] = await api.product(product_id)
    try:
        fresh = preview_return(order, preview.request, policy, now, products)
    except Refused as no:
        return no.verdict
    unimportant = {"next_steps": preview.next_steps, "cases_before": preview.cases_before}
    return None if fresh.copy(update=unimportant) == preview else ALLOWED


def _review_reasons(order: Order, request: ReturnRequest, policy: Policy, money: ReturnMoney) -> tuple[Review, ...]:
    rules = policy.returns
    unmet = any(
        not answer and code in rules.conditions and rules.conditions[code].when_no is Helper.person
        for code, answer in request.conditions.items()
    )
    checks = {
        Review.over_value: not rules.automatic_up_to.covers(money.items),
        Review.condition_not_met: unmet,
        Review.dearer_exchange: money.to_pay is not None and rules.dearer_exchange is not Helper.bot,
        Review.price_unknown: money.price_unknown,
        Review.payment_unknown: money.refund is not None and paid_amount(order) is None,
        Review.refunded_before: money.capped,
    }
    return tuple(reason for reason, applies in checks.items() if applies)


def _kind(request: ReturnRequest, *, keeps_item: bool, cheap: bool) -> CaseKind:
    if keeps_item:
        return CaseKind.missing_item
    if cheap:
        return CaseKind.replacement
    return CaseKind.exchange if request.wish is Wish.exchange else CaseKind.return_


def _items(
    order: Order, request: ReturnRequest, policy: Policy, products: Mapping[str, Product]
) -> tuple[ReturnedItem, ...]:
    lines = {line.id: line for line in order.lines}
    return tuple(
        ReturnedItem(
            line_id=item.line_id,
            title=lines[item.line_id].title,
            options=lines[item.line_id].options,
            quantity=item.quantity,
            paid=items_refund(order, {item.line_id: item.quantity}, policy),
            new_options=chosen(order, item, products).options if request.wish is Wish.exchange else None,
        )
        for item in request.items
    )


def _case_request(preview: ReturnPreview) -> CaseRequest:
    request = preview.request
    exchange = request.wish is Wish.exchange
    items = [
        CaseItem(line_id=item.line_id, quantity=item.quantity, new_variant_id=item.new_variant_id if exchange else None)
        for item in request.items
    ]
    return CaseRequest(
        kind=preview.kind,
        items=items,
        reason=request.reason,
        wish=request.wish,
        note=request.note,
        photos=list(request.photos),
        refund_to=request.refund_to if request.wish is Wish.refund else None,
    )
