"""The notes that tell the staff what a customer did or wants."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from bot.store.models import Address, CaseItem, Order
from bot.store.money import Money
from bot.store.woocommerce.case_records import CaseRecord
from bot.store.woocommerce.marks import case_key

FILE = Path(__file__).with_name("notes.yml")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded


def say(name: str, **values: object) -> str:
    return _words()[name].format(**values)


def money(amount: Money) -> str:
    return f"{amount.amount:f} {amount.currency}"


def address_note(before: Address, total_before: Money, total: Money) -> str:
    parts = (before.name, before.line1, before.line2, before.postcode, before.city, before.region, before.country)
    told = [say("address", before=", ".join(part for part in parts if part))]
    if total != total_before:
        told.append(say("total_changed", before=money(total_before), after=money(total)))
    return " ".join(told)


def case_note(record: CaseRecord, order: Order, mark: str) -> str:
    told = [
        say(
            "case",
            number=record.number,
            kind=record.kind.value,
            reason=record.reason or "–",
            wish=record.wish.value if record.wish else "–",
            items=", ".join(_item(item, order) for item in record.items) or "–",
        )
    ]
    if record.note:
        told.append(say("case_words", note=record.note))
    if record.photos:
        told.append(say("case_photos", photos=", ".join(record.photos)))
    if record.refund_to:
        told.append(say("case_refund_to", method=record.refund_to))
    told.append(say("case_state", field=case_key(mark)))
    return " ".join(told)


def _item(item: CaseItem, order: Order) -> str:
    title = next(line.title for line in order.lines if line.id == item.line_id)
    if item.new_variant_id is None:
        return say("item", quantity=item.quantity, title=title)
    return say("item_exchange", quantity=item.quantity, title=title, variant=item.new_variant_id)
