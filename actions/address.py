"""Change the address of an order that has not left: taken, checked, old and new side by side, yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.address_hearing import address_from_card, address_in, piece_in, wrong_field
from actions.confirm import AskConfirmed, hear_confirmation
from actions.hearing import Hearing
from actions.job_form import JobForm
from actions.notes import Notes
from actions.refusal import refuse
from actions.shop import the_shop
from actions.voice import Button, Voice
from actions.write_action import WriteAction
from bot.orders.address import (
    AddressPreview,
    may_become,
    may_change_address,
    perform_address_change,
    preview_address_change,
)
from bot.orders.address_check import check_address
from bot.orders.done import Done
from bot.store.models import Address, Order
from bot.wording.next_steps import next_steps_text

JOB = "change_address"


class ValidateAddressForm(JobForm):
    job_name = JOB

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        wrong = (slots.get("address_draft") or {}).get("errors")
        return ["new_address", *(["address_part"] if wrong else []), "address_confirmed"]

    async def check(self, order: Order, heard: Hearing, notes: Notes, voice: Voice) -> None:
        shop = the_shop()
        verdict = may_change_address(order, shop.policy, shop.now(), await shop.orders.capabilities())
        if not verdict.allowed:
            refuse(JOB, verdict, order, notes, voice)

    async def hear(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        answer = hear_confirmation(heard, asks, "address_confirmed", notes)
        if answer:
            notes["address_confirmed"] = True
        elif answer is False:
            self.decline(heard, notes, voice)
        if answer is not None:
            return True
        address = self._address(order, heard, asks, notes, voice)
        if address is None:
            return False
        self._keep(address, order, notes, voice)
        return True

    def take_facts(self, order: Order, facts: Mapping[str, Any], notes: Notes, voice: Voice) -> None:
        if facts.get("new_address"):
            self._keep(Address.parse_obj(facts["new_address"]), order, notes, voice)

    def _address(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> Address | None:
        draft = Address.parse_obj(notes["new_address"]) if notes["new_address"] else None
        base = draft or order.shipping_address
        if heard.intent == "submit" and heard.turn.values:
            return address_from_card(heard.turn.values, base)
        address = address_in(heard, asks, base, voice.words, draft=draft is not None)
        if address is not None and (address != base or asks != "address_part"):
            return address
        errors = (notes["address_draft"] or {}).get("errors") or {}
        field = wrong_field(base.country, errors)
        return piece_in(heard, field, base) if asks == "address_part" and field else None

    def _keep(self, address: Address, order: Order, notes: Notes, voice: Voice) -> None:
        shop = the_shop()
        checked = check_address(address, shop.policy)
        verdict = may_become(order, checked.address, shop.policy)
        if verdict.reason == "unchanged":
            voice.say("utter_address_unchanged")
            return notes.forget("new_address", "address_draft")
        if verdict.reason == "another_country":
            return refuse(JOB, verdict, order, notes, voice)
        notes["new_address"] = checked.address.dict()
        notes["address_draft"] = {"errors": checked.errors} if checked.errors else None
        return None


class AskAddressConfirmed(AskConfirmed):
    job_name = JOB
    slot = "address_confirmed"

    async def preview(self, order: Order, notes: Notes) -> AddressPreview:
        shop = the_shop()
        return preview_address_change(order, Address.parse_obj(notes["new_address"]), shop.policy, shop.now())

    def show(self, preview: AddressPreview, yes_no: list[Button], notes: Notes, voice: Voice) -> None:
        words = voice.words
        card = {
            "type": "confirm",
            "title": words.text("confirm_title.change_address", number=preview.number),
            "columns": [
                {"label": words.text("row.old_address"), "lines": list(preview.old_lines)},
                {"label": words.text("row.new_address"), "lines": list(preview.new_lines)},
            ],
        }
        voice.say(f"utter_ask_{self.slot}", buttons=yes_no, card=card, number=preview.number)


class ChangeAddress(WriteAction):
    action = "action_change_address"
    job_name = JOB
    confirmed_slot = "address_confirmed"

    async def perform(self, data: dict[str, Any], key: str) -> Done:
        shop = the_shop()
        preview = AddressPreview.from_slot(data)
        return await perform_address_change(shop.orders, preview, shop.policy, shop.now(), key=key)

    def tell(self, done: Done, data: dict[str, Any], notes: Notes, voice: Voice) -> None:
        voice.say("utter_address_changed", number=done.order.number, next=next_steps_text(done.next_steps, voice))
