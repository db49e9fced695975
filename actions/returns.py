"""Request a return, and report a wrong, damaged or missing item: shown, confirmed, written once."""

from __future__ import annotations

from typing import Any, ClassVar

from actions.confirm import AskConfirmed
from actions.notes import Notes
from actions.return_card import case_card, confirm_card
from actions.return_form import ReturnLikeForm
from actions.return_slots import PROBLEM, RETURN, ReturnSlots
from actions.shop import the_shop
from actions.voice import Button, Voice
from actions.write_action import WriteAction
from bot.orders.done import Done
from bot.orders.return_rules import problem_reasons, return_reasons
from bot.orders.returnable import ReturnableItem, returnable_items
from bot.orders.returns import ReturnPreview, may_return, perform_return, preview_return
from bot.orders.verdict import Verdict
from bot.orders.wrong_item import may_report_problem, perform_problem, preview_problem, problem_items
from bot.store.models import Ability, Order, Product, Wish
from bot.wording.next_steps import next_steps_text


class ValidateReturnForm(ReturnLikeForm):
    job_name = "request_return"
    slots = RETURN

    def verdict(self, order: Order, abilities: frozenset[Ability]) -> Verdict:
        shop = the_shop()
        return may_return(order, shop.policy, shop.now(), abilities)

    def items(self, order: Order, reason: str) -> list[ReturnableItem]:
        shop = the_shop()
        return returnable_items(order, shop.policy, shop.now(), reason)

    def reasons(self) -> list[str]:
        return return_reasons(the_shop().policy)


class ValidateProblemForm(ReturnLikeForm):
    job_name = "report_problem"
    slots = PROBLEM

    def verdict(self, order: Order, abilities: frozenset[Ability]) -> Verdict:
        shop = the_shop()
        return may_report_problem(order, shop.policy, shop.now(), abilities)

    def items(self, order: Order, reason: str) -> list[ReturnableItem]:
        shop = the_shop()
        return problem_items(order, shop.policy, shop.now(), reason)

    def reasons(self) -> list[str]:
        return problem_reasons(the_shop().policy)


class AskReturnConfirmed(AskConfirmed):
    job_name = "request_return"
    slot = RETURN.confirmed
    slots: ClassVar[ReturnSlots] = RETURN

    async def preview(self, order: Order, notes: Notes) -> ReturnPreview:
        shop, request = the_shop(), self.slots.request(notes)
        products: dict[str, Product] = {}
        if request.wish is Wish.exchange:
            wanted = {item.line_id for item in request.items}
            for product_id in sorted({line.product_id for line in order.lines if line.id in wanted}):
                products[product_id] = await shop.orders.product(product_id)
        return preview_return(order, request, shop.policy, shop.now(), products)

    def show(self, preview: ReturnPreview, yes_no: list[Button], notes: Notes, voice: Voice) -> None:
        voice.say(
            f"utter_ask_{self.slot}",
            buttons=yes_no,
            card=confirm_card(preview, voice),
            number=preview.number,
            outcome=voice.words.text(f"return_outcome.{preview.outcome.value}"),
            shipping=voice.words.text(f"return_shipping.{preview.return_shipping.value}"),
        )


class AskProblemConfirmed(AskReturnConfirmed):
    job_name = "report_problem"
    slot = PROBLEM.confirmed
    slots = PROBLEM

    async def preview(self, order: Order, notes: Notes) -> ReturnPreview:
        shop = the_shop()
        return preview_problem(order, self.slots.request(notes), shop.policy, shop.now())


class RequestReturn(WriteAction):
    action = "action_request_return"
    job_name = "request_return"
    confirmed_slot = RETURN.confirmed
    response: ClassVar[str] = "utter_return"

    async def perform(self, data: dict[str, Any], key: str) -> Done:
        shop = the_shop()
        return await perform_return(shop.orders, ReturnPreview.from_slot(data), shop.policy, shop.now(), key=key)

    def tell(self, done: Done, data: dict[str, Any], notes: Notes, voice: Voice) -> None:
        preview = ReturnPreview.from_slot(data)
        voice.say(
            f"{self.response}_{preview.outcome.value}",
            card=case_card(done.case, preview, voice) if done.case else None,
            number=done.order.number,
            case=done.case.number if done.case else "",
            next=next_steps_text(done.next_steps, voice),
        )
        notes.forget("photos_seen")


class ReportProblem(RequestReturn):
    action = "action_report_problem"
    job_name = "report_problem"
    confirmed_slot = PROBLEM.confirmed
    response = "utter_problem"

    async def perform(self, data: dict[str, Any], key: str) -> Done:
        shop = the_shop()
        return await perform_problem(shop.orders, ReturnPreview.from_slot(data), shop.policy, shop.now(), key=key)
