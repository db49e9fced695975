"""What a return form must ask and may accept: items, reason, conditions, photo, wish. One verdict a question."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from bot.orders.policy import Fault, Policy
from bot.orders.returnable import ReturnableItem, items_for, returnable_items
from bot.orders.verdict import ALLOWED, Helper, JobData, Verdict, refused, supported
from bot.store.models import Ability, Order, OrderState, PaymentKind, Wish

ABILITY_OF_WISH = {
    Wish.refund: Ability.return_,
    Wish.store_credit: Ability.return_,
    Wish.exchange: Ability.exchange,
    Wish.replacement: Ability.replacement,
}


class ReturnItem(JobData):
    line_id: str
    quantity: int
    new_variant_id: str | None = None  # for an exchange


class ReturnRequest(JobData):
    """All that the shopper said. ``conditions``: answers to ``condition_questions``; ``refund_to``: a method id."""

    items: tuple[ReturnItem, ...]
    reason: str
    wish: Wish
    conditions: dict[str, bool] = Field(default_factory=dict)
    photos: tuple[str, ...] = ()
    note: str = ""
    refund_to: str | None = None


def return_reasons(policy: Policy) -> list[str]:
    return list(policy.returns.reasons)


def problem_reasons(policy: Policy) -> list[str]:
    """The reasons that are the shop's fault: wrong, damaged, missing …"""
    return [code for code, rule in policy.returns.reasons.items() if rule.fault is Fault.shop]


def may_return_for(
    order: Order, policy: Policy, now: datetime, reasons: list[str], abilities: frozenset[Ability] | None = None
) -> Verdict:
    """Reasons: already_cancelled, not_delivered, already_returned, final_sale, category, window_over, no_delivery_date
    (when it is the same for every item), nothing_returnable (``details["items"]``: line id -> why), not_supported."""
    if order.state is OrderState.cancelled:
        return refused("already_cancelled", Helper.nobody)
    items = items_for(order, policy, now, reasons)
    if any(item.quantity for item in items):
        return supported(Ability.return_, abilities)
    why = {item.line_id: item.why_not for item in items}
    if set(why.values()) == {"not_delivered"}:
        return refused("not_delivered", Helper.bot, state=order.state.value)
    helper = Helper.person if any(item.helper is Helper.person for item in items) else Helper.nobody
    code = next(iter(why.values())) if len(set(why.values())) == 1 else "nothing_returnable"
    latest = max((item.until for item in items if item.until), default=None)
    return refused(code, helper, items=why, until=latest.isoformat() if latest else None)


def check_items(order: Order, items: tuple[ReturnItem, ...], reason: str, policy: Policy, now: datetime) -> Verdict:
    """Reasons: no_items, unknown_item, over_quantity (``details["quantity"]``: how many may), or the item's why_not;
    ``details["line_id"]`` names the item. ``reason`` may still be empty."""
    if not items or any(item.quantity < 1 for item in items):
        return refused("no_items", Helper.bot)
    known = {item.line_id: item for item in returnable_items(order, policy, now, reason)}
    wanted: dict[str, int] = {}
    for item in items:
        wanted[item.line_id] = wanted.get(item.line_id, 0) + item.quantity
    for line_id, quantity in wanted.items():
        verdict = _check_item(known.get(line_id), line_id, quantity)
        if not verdict.allowed:
            return verdict
    return ALLOWED


def _check_item(item: ReturnableItem | None, line_id: str, quantity: int) -> Verdict:
    if item is None:
        return refused("unknown_item", Helper.bot, line_id=line_id)
    if item.why_not:
        until = item.until.isoformat() if item.until else None
        return refused(item.why_not, item.helper, line_id=line_id, title=item.title, until=until)
    if quantity > item.quantity:
        return refused("over_quantity", Helper.bot, line_id=line_id, title=item.title, quantity=item.quantity)
    return ALLOWED


def condition_questions(order: Order, items: tuple[ReturnItem, ...], reason: str, policy: Policy) -> list[str]:
    """Codes to be answered yes or no; none when it is not the shopper's choice to send it back."""
    if policy.returns.reasons[reason].fault is not Fault.customer:
        return []
    lines = {line.id: line for line in order.lines}
    categories = {policy.category(lines[item.line_id].category) for item in items}
    return [
        code
        for code, condition in policy.returns.conditions.items()
        if not condition.categories or categories & set(condition.categories)
    ]


def check_conditions(order: Order, request: ReturnRequest, policy: Policy) -> Verdict:
    """Reasons: condition_unanswered, condition_not_met (bot: a person looks at it first; nobody: not returnable)."""
    for code in condition_questions(order, request.items, request.reason, policy):
        answer = request.conditions.get(code)
        if answer is None:
            return refused("condition_unanswered", Helper.bot, condition=code)
        if not answer and policy.returns.conditions[code].when_no is Helper.nobody:
            return refused("condition_not_met", Helper.nobody, condition=code)
    return ALLOWED


def photo_needed(reason: str, policy: Policy) -> bool:
    return policy.returns.reasons[reason].photo


def wish_choices(reason: str, policy: Policy, abilities: frozenset[Ability] | None = None) -> list[Wish]:
    """What the shopper may choose from; empty when the platform can do none of it (a person must)."""
    wishes = policy.returns.reasons[reason].wishes
    return [wish for wish in wishes if abilities is None or ABILITY_OF_WISH[wish] in abilities]


def refund_methods(order: Order) -> list[tuple[str, str]]:
    """(method id, its name) a refund may go to: what the order was paid with."""
    paid = {each.method_id: each.method for each in order.payments if each.kind is PaymentKind.payment}
    return list(paid.items())


def check_return(order: Order, request: ReturnRequest, policy: Policy, now: datetime) -> Verdict:
    """The first thing that stands against the whole request.

    Reasons: unknown_reason, wish_not_offered, already_cancelled, those of ``check_items`` and ``check_conditions``,
    photo_needed, unknown_refund_method.
    """
    rule = policy.returns.reasons.get(request.reason)
    if rule is None:
        return refused("unknown_reason", Helper.bot)
    verdicts = (
        ALLOWED if request.wish in rule.wishes else refused("wish_not_offered", Helper.bot, wish=request.wish.value),
        refused("already_cancelled") if order.state is OrderState.cancelled else ALLOWED,
        check_items(order, request.items, request.reason, policy, now),
    )
    for verdict in verdicts:
        if not verdict.allowed:
            return verdict
    verdict = check_conditions(order, request, policy)
    if verdict.allowed and rule.photo and not request.photos:
        return refused("photo_needed", Helper.bot)
    if verdict.allowed and request.refund_to is not None and request.refund_to not in dict(refund_methods(order)):
        return refused("unknown_refund_method", Helper.bot)
    return verdict
