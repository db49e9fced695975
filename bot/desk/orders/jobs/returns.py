"""Take something back or exchange it, and replace what came wrong, damaged or not at all."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, StrictBool, StrictInt, StrictStr

from bot.desk.orders.jobs.job import Counter, DeskJob, Shown, Told, Values, WrongValue, values_as
from bot.desk.orders.jobs.return_form import products_of, return_form
from bot.orders.done import Done
from bot.orders.return_rules import ReturnItem, ReturnRequest, problem_reasons, return_reasons
from bot.orders.returnable import ReturnableItem, returnable_items
from bot.orders.returns import ReturnPreview, may_return, perform_return, preview_return
from bot.orders.verdict import Verdict
from bot.orders.wrong_item import may_report_problem, perform_problem, preview_problem, problem_items
from bot.store.models import Order, Wish
from bot.wording.case_card import case_card, labelled, return_rows
from bot.wording.next_steps import next_steps, next_steps_text
from bot.wording.tongue import Tongue


class _Item(Values):
    line_id: StrictStr
    quantity: StrictInt = StrictInt(1)
    new_variant_id: StrictStr | None = None


class _Values(Values):
    items: list[_Item] = Field(min_items=1, max_items=100)
    reason: StrictStr
    wish: Wish
    conditions: dict[StrictStr, StrictBool] = Field(default_factory=dict)
    photos: list[StrictStr] = Field(default_factory=list, max_items=20)
    note: StrictStr = StrictStr("")
    refund_to: StrictStr | None = None

    def request(self) -> ReturnRequest:
        return ReturnRequest(
            items=tuple(ReturnItem(**item.dict()) for item in self.items),
            reason=self.reason,
            wish=self.wish,
            conditions=self.conditions,
            photos=tuple(self.photos),
            note=self.note.strip(),
            refund_to=self.refund_to,
        )


class Return(DeskJob):
    name = "return"
    of_bot = "request_return"
    response: ClassVar[str] = "utter_return"
    wishes: ClassVar[tuple[Wish, ...]] = tuple(Wish)

    def verdict(self, order: Order, counter: Counter) -> Verdict:
        return may_return(order, counter.policy, counter.now, counter.abilities)

    def items(self, order: Order, counter: Counter) -> list[ReturnableItem]:
        return returnable_items(order, counter.policy, counter.now)

    def reasons(self, counter: Counter) -> list[str]:
        return return_reasons(counter.policy)

    async def form(self, order: Order, counter: Counter, tongue: Tongue) -> dict[str, Any]:
        return await return_form(
            order,
            self.items(order, counter),
            reasons=self.reasons(counter),
            wishes=self.wishes,
            counter=counter,
            tongue=tongue,
        )

    async def preview(self, order: Order, values: dict[str, Any], counter: Counter) -> ReturnPreview:
        request = self._request(values, counter)
        products = {}
        if request.wish is Wish.exchange:
            products = await products_of(order, {item.line_id for item in request.items}, counter)
        return preview_return(order, request, counter.policy, counter.now, products)

    async def perform(self, data: dict[str, Any], counter: Counter, key: str) -> Done:
        return await perform_return(counter.api, ReturnPreview.from_slot(data), counter.policy, counter.now, key=key)

    def shown(self, data: dict[str, Any], tongue: Tongue) -> Shown:
        preview, words = ReturnPreview.from_slot(data), tongue.words
        outcome = words.text(f"return_outcome.{preview.outcome.value}")
        rows = [*return_rows(preview, tongue), *labelled([("outcome", outcome)], tongue)]
        name = "exchange" if preview.request.wish is Wish.exchange else self.name
        title = words.text(f"title.{name}", number=preview.number)
        return Shown(title, rows, next_steps=next_steps(preview.next_steps, tongue))

    def told(self, done: Done, data: dict[str, Any], counter: Counter, tongue: Tongue) -> Told:
        preview = ReturnPreview.from_slot(data)
        response = f"{self.response}_{preview.outcome.value}"
        text = tongue.say(
            response,
            number=done.order.number,
            case=done.case.number if done.case else "",
            next=next_steps_text(done.next_steps, tongue),
        )
        return Told(response, text, case_card(done.case, return_rows(preview, tongue), tongue) if done.case else None)

    def _request(self, values: dict[str, Any], counter: Counter) -> ReturnRequest:
        request = values_as(_Values, values).request()
        if not set(request.photos) <= set(counter.photos):
            raise WrongValue("photos")
        return request


class Replace(Return):
    """A new one for what is the shop's fault."""

    name = "replace"
    of_bot = "report_problem"
    response = "utter_problem"
    wishes: ClassVar[tuple[Wish, ...]] = (Wish.replacement,)

    def verdict(self, order: Order, counter: Counter) -> Verdict:
        return may_report_problem(order, counter.policy, counter.now, counter.abilities)

    def items(self, order: Order, counter: Counter) -> list[ReturnableItem]:
        return problem_items(order, counter.policy, counter.now)

    def reasons(self, counter: Counter) -> list[str]:
        return problem_reasons(counter.policy)

    async def preview(self, order: Order, values: dict[str, Any], counter: Counter) -> ReturnPreview:
        request = self._request({"wish": Wish.replacement.value, **values}, counter)
        if request.wish is not Wish.replacement:
            raise WrongValue("wish")
        return preview_problem(order, request, counter.policy, counter.now)

    async def perform(self, data: dict[str, Any], counter: Counter, key: str) -> Done:
        return await perform_problem(counter.api, ReturnPreview.from_slot(data), counter.policy, counter.now, key=key)
