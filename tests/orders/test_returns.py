"""What a request for a return is promised: money, replacement, exchange, or a person who looks first."""

from __future__ import annotations

import pytest

from bot.orders.exchange import exchange_choices
from bot.orders.next_step import Step
from bot.orders.policy import Payer
from bot.orders.return_rules import (
    ReturnItem,
    ReturnRequest,
)
from bot.orders.returns import Outcome, ReturnPreview, preview_return
from bot.orders.verdict import Helper, Refused
from bot.orders.wrong_item import may_report_problem, preview_problem, problem_items
from bot.store.models import (
    Case,
    CaseKind,
    CaseState,
    Order,
    Product,
    Wish,
)
from tests.orders.made_up import (
    NOW,
    POLICY,
    changed_policy,
    delivered_order,
    line,
    money,
    product_of,
)

YES = {"unused": True, "original_packaging": True, "sealed": True}


def request(reason: str = "changed_mind", wish: Wish = Wish.refund, quantity: int = 1, **more: object) -> ReturnRequest:
    item = ReturnItem(line_id="l1", quantity=quantity, new_variant_id=more.pop("variant", None))
    given = {"items": (item,), "reason": reason, "wish": wish, "conditions": YES, "photos": ("ph_1",), **more}
    return ReturnRequest(**given)


def preview(shown: Order, asked: ReturnRequest, products: dict[str, Product] | None = None) -> ReturnPreview:
    return preview_return(shown, asked, POLICY, NOW, products)


def refusal_of(shown: Order, asked: ReturnRequest, products: dict[str, Product] | None = None) -> tuple[str, Helper]:
    with pytest.raises(Refused) as refusal:
        preview(shown, asked, products)
    return refusal.value.verdict.reason, refusal.value.verdict.helper


@pytest.mark.parametrize(
    ("asked", "reason", "helper"),
    [
        (request("bored"), "unknown_reason", Helper.bot),
        (request("changed_mind", Wish.replacement), "wish_not_offered", Helper.bot),
        (request("damaged", photos=()), "photo_needed", Helper.bot),
        (request(conditions={}), "condition_unanswered", Helper.bot),
        (request(conditions={"unused": False}), "condition_not_met", Helper.nobody),
        (request(refund_to="stolen_card"), "unknown_refund_method", Helper.bot),
        (request(quantity=2), "over_quantity", Helper.bot),
    ],
)
def test_an_incomplete_request_says_what_is_missing(asked: ReturnRequest, reason: str, helper: Helper) -> None:
    assert refusal_of(delivered_order(), asked) == (reason, helper)


def test_changed_mind_is_refunded_without_delivery_and_at_the_shoppers_cost() -> None:
    shown = preview(delivered_order([line(price="50.00"), line("l2")]), request())
    assert shown.outcome is Outcome.approved
    assert shown.kind is CaseKind.return_
    assert shown.money.refund == money("50.00")
    assert shown.money.delivery.amount == 0
    assert shown.return_shipping is Payer.customer
    assert shown.money.method == "Visa •••• 4242"
    assert [step.step for step in shown.next_steps] == [
        Step.return_instructions, Step.send_back, Step.inspect, Step.refund_started, Step.refund_arrives,
    ]  # fmt: skip
    ends = [step.latest for step in shown.next_steps if step.latest]
    assert ends == sorted(ends)
    assert shown.from_slot(shown.to_slot()) == shown


def test_a_damaged_order_sent_back_whole_gets_its_delivery_back() -> None:
    everything = request("damaged", Wish.refund)
    assert preview(delivered_order(), everything).money.refund == money("58.00")
    half = delivered_order([line(), line("l2")])
    assert preview(half, everything).money.refund == money("50.00")


def test_a_restocking_fee_is_taken_off() -> None:
    mind = POLICY.returns.reasons["changed_mind"].copy(update={"restocking_percent": 15})
    policy = changed_policy("returns", reasons={**POLICY.returns.reasons, "changed_mind": mind})
    shown = preview_return(delivered_order([line(price="49.90")]), request(), policy, NOW)
    assert shown.money.restocking == money("7.49")  # 7.485
    assert shown.money.refund == money("42.41")


def test_a_cheap_damaged_item_is_simply_replaced() -> None:
    shown = preview(delivered_order([line(price="59.00")]), request("damaged", Wish.replacement))
    assert (shown.outcome, shown.kind, shown.sends_back) == (Outcome.replaced, CaseKind.replacement, False)
    assert shown.return_shipping is Payer.nobody
    assert [step.step for step in shown.next_steps] == [Step.send_replacement]
    assert shown.money.refund is None


def test_a_dear_damaged_item_comes_back_first() -> None:
    shown = preview(delivered_order([line(price="200.00")]), request("damaged", Wish.replacement))
    assert (shown.outcome, shown.kind, shown.sends_back) == (Outcome.approved, CaseKind.return_, True)
    assert shown.next_steps[-1].step is Step.send_replacement
    assert shown.return_shipping is Payer.shop


def test_a_cheap_item_in_a_currency_without_a_limit_is_not_given_away() -> None:
    shown = preview(delivered_order([line(price="5.00", currency="THB")]), request("damaged", Wish.replacement))
    assert shown.outcome is Outcome.review


@pytest.mark.parametrize(
    ("shown", "asked", "why"),
    [
        (delivered_order([line(price="801.00")]), request(), "over_value"),
        (delivered_order([line(category="electronics")]),
         request(conditions={"unused": True, "original_packaging": False}), "condition_not_met"),
        (delivered_order(payments=[]), request(), "payment_unknown"),
    ],
)  # fmt: skip
def test_a_person_looks_first(shown: Order, asked: ReturnRequest, why: str) -> None:
    seen = preview(shown, asked)
    assert (seen.outcome, seen.review_reasons) == (Outcome.review, (why,))
    assert [step.step for step in seen.next_steps] == [Step.review]


def test_what_was_refunded_before_caps_the_refund_and_a_person_looks() -> None:
    goodwill = Case(
        id="c", number="C-1", order_id="o_1", kind=CaseKind.missing_item, state=CaseState.approved,
        refund=money("30.00"), created_at=NOW,
    )  # fmt: skip
    seen = preview(delivered_order(cases=[goodwill]), request())
    assert seen.money.refund == money("28.00")
    assert seen.review_reasons == ("refunded_before",)


def test_a_missing_piece_is_sent_again_and_nothing_goes_back() -> None:
    seen = preview(delivered_order([line(quantity=2)]), request("missing_item", Wish.replacement, photos=()))
    assert (seen.kind, seen.sends_back, seen.outcome) == (CaseKind.missing_item, False, Outcome.approved)
    assert [step.step for step in seen.next_steps] == [Step.send_replacement]


def test_store_credit_goes_to_store_credit() -> None:
    seen = preview(delivered_order(), request(wish=Wish.store_credit))
    assert seen.money.method == "store credit"
    assert seen.next_steps[-1].step is Step.store_credit


def test_exchange_for_another_size_of_the_same_price() -> None:
    bought = line()
    shown, product = delivered_order([bought]), product_of(bought, large="50.00", huge="60.00", small="40.00")
    assert [choice.variant_id for choice in exchange_choices(product, bought)] == ["large", "small", "huge"]
    same = preview(shown, request("does_not_fit", Wish.exchange, variant="large"), {product.id: product})
    assert (same.kind, same.outcome, same.money.to_pay, same.money.refund) == (
        CaseKind.exchange, Outcome.approved, None, None,
    )  # fmt: skip
    assert same.items[0].new_options == {"size": "large"}
    cheaper = preview(shown, request("does_not_fit", Wish.exchange, variant="small"), {product.id: product})
    assert cheaper.money.refund == money("10.00")
    dearer = preview(shown, request("does_not_fit", Wish.exchange, variant="huge"), {product.id: product})
    assert (dearer.money.to_pay, dearer.review_reasons) == (money("10.00"), ("dearer_exchange",))


def test_exchange_when_the_catalogue_is_in_another_currency() -> None:
    bought = line(price="16.00", currency="SGD")
    shown, product = delivered_order([bought]), product_of(line(price="50.00"), large="50.00", huge="60.00")
    same = preview(shown, request("does_not_fit", Wish.exchange, variant="large"), {product.id: product})
    assert (same.outcome, same.money.to_pay, same.money.refund) == (Outcome.approved, None, None)
    other = preview(shown, request("does_not_fit", Wish.exchange, variant="huge"), {product.id: product})
    assert (other.outcome, other.review_reasons) == (Outcome.review, ("price_unknown",))


def test_exchange_needs_a_variant_that_is_there() -> None:
    bought = line(quantity=2)
    shown, product = delivered_order([bought]), product_of(bought, large="50.00")
    scarce = product.copy(update={"variants": [each.copy(update={"stock": 1}) for each in product.variants]})
    wish = request("does_not_fit", Wish.exchange, quantity=2, variant="large")
    assert refusal_of(shown, wish, {product.id: scarce})[0] == "variant_unavailable"
    assert (
        refusal_of(shown, wish.copy(update={"items": (ReturnItem(line_id="l1", quantity=1),)}))[0] == "variant_needed"
    )
    same_again = request("does_not_fit", Wish.exchange, variant=bought.variant_id)
    assert refusal_of(shown, same_again, {product.id: product})[0] == "variant_unavailable"


def test_a_problem_is_the_shops_fault_only() -> None:
    final_sale = delivered_order([line(final_sale=True)])
    assert may_report_problem(final_sale, POLICY, NOW).allowed
    assert problem_items(final_sale, POLICY, NOW, "damaged")[0].quantity == 1
    with pytest.raises(Refused) as refusal:
        preview_problem(final_sale, request(), POLICY, NOW)
    assert refusal.value.verdict.reason == "not_a_problem"
    assert preview_problem(final_sale, request("damaged"), POLICY, NOW).money.refund == money("58.00")
