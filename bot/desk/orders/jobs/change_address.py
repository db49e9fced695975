"""Send the order somewhere else."""

from __future__ import annotations

from typing import Any

from pydantic import StrictStr

from bot.desk.form.address_forms import address_forms
from bot.desk.orders.jobs.job import Counter, DeskJob, Shown, Told, Values, values_as
from bot.orders.address import AddressPreview, may_change_address, perform_address_change, preview_address_change
from bot.orders.done import Done
from bot.orders.verdict import Verdict
from bot.store.models import Address, Order
from bot.wording.next_steps import next_steps, next_steps_text
from bot.wording.tongue import Tongue


class _Address(Values):
    name: StrictStr
    line1: StrictStr
    line2: StrictStr = StrictStr("")
    district: StrictStr = StrictStr("")
    city: StrictStr = StrictStr("")
    region: StrictStr = StrictStr("")
    postcode: StrictStr = StrictStr("")
    country: StrictStr
    phone: StrictStr = StrictStr("")


class _Values(Values):
    address: _Address


class ChangeAddress(DeskJob):
    name = "change_address"
    of_bot = "change_address"

    def verdict(self, order: Order, counter: Counter) -> Verdict:
        return may_change_address(order, counter.policy, counter.now, counter.abilities)

    async def form(self, order: Order, counter: Counter, tongue: Tongue) -> dict[str, Any]:
        return {
            "address": {**address_forms(counter.policy, tongue), "values": order.shipping_address.dict()},
        }

    async def preview(self, order: Order, values: dict[str, Any], counter: Counter) -> AddressPreview:
        wanted = values_as(_Values, values).address.dict()
        if len(wanted["country"]) != 2:
            wanted["country"] = "??"  # no country: the check says so in its own code
        return preview_address_change(order, Address(**wanted), counter.policy, counter.now)

    async def perform(self, data: dict[str, Any], counter: Counter, key: str) -> Done:
        preview = AddressPreview.from_slot(data)
        return await perform_address_change(counter.api, preview, counter.policy, counter.now, key=key)

    def shown(self, data: dict[str, Any], tongue: Tongue) -> Shown:
        preview, words = AddressPreview.from_slot(data), tongue.words
        columns = [
            {"key": key, "label": words.text(f"row.{key}"), "lines": _lines(lines, address, preview)}
            for key, lines, address in (
                ("old_address", preview.old_lines, preview.old),
                ("new_address", preview.new_lines, preview.new),
            )
        ]
        title = words.text("title.change_address", number=preview.number)
        return Shown(title, columns=columns, next_steps=next_steps(preview.next_steps, tongue))

    def told(self, done: Done, data: dict[str, Any], counter: Counter, tongue: Tongue) -> Told:
        response = "utter_address_changed"
        steps = next_steps_text(done.next_steps, tongue)
        return Told(response, tongue.say(response, number=done.order.number, next=steps))


def address_errors(errors: dict[str, str], tongue: Tongue) -> dict[str, str]:
    """Field -> a sentence; ``errors``: the details of ``invalid_address``."""
    return {field: tongue.words.label("address_error", code) for field, code in errors.items()}


def _lines(lines: tuple[str, ...], address: Address, preview: AddressPreview) -> list[str]:
    """As on the parcel; with the phone where it is what changes."""
    return [*lines, address.phone] if "phone" in preview.changed and address.phone else list(lines)
