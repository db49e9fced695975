"""An agent's value for a field, checked and brought into the form that the bot's slot has."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from bot.desk.form.field_choices import choices_of
from bot.desk.form.form_fields import Field
from bot.desk.form.form_known import Known
from bot.orders.address_check import check_address
from bot.store.models import Address, Order
from bot.wording.tongue import Tongue

LONGEST = 500  # characters of a text
MOST_PHOTOS = 6


class WrongField(ValueError):
    """The value cannot be taken; ``errors``: by part of an address, a sentence."""

    def __init__(self, slot: str, errors: dict[str, str] | None = None) -> None:
        super().__init__(slot)
        self.slot = slot
        self.errors = errors or {}


def value_for(slot: str, given: Any, known: Known, order: Order | None) -> Any:
    """The value as the slot holds it.

    Args:
        slot: a field's, or "<conditions>.<code>".
        given: what the agent sent.
        known: of the conversation.
        order: as the store has it now, where it was needed (``needs_order``) and found.

    Raises:
        WrongField: it cannot be taken.
    """
    name, _, code = slot.partition(".")
    kind = known.forms.field(name)
    if kind.kind == "conditions":
        if code not in known.policy.returns.conditions or not isinstance(given, bool):
            raise WrongField(slot)
        return given
    if code or kind.kind == "confirm" or kind.part_of or not known.forms.is_asked(name):
        raise WrongField(slot)
    if kind.kind == "address":
        return _address(slot, given, known, order)
    if kind.kind == "items":
        return _items(slot, given, order)
    if kind.kind == "choice":
        if not isinstance(given, str) or given not in choices_of(kind, known):
            raise WrongField(slot)
        return given
    if kind.kind == "photos":
        return _photos(slot, given, known)
    return _text(slot, given)


def needs_order(kind: Field) -> bool:
    """Whether it takes the order as it is now."""
    return kind.kind in ("items", "address")


def _address(slot: str, given: Any, known: Known, order: Order | None) -> dict[str, Any]:
    """Name and phone, where the agent gives none, stay the order's."""
    if not isinstance(given, dict):
        raise WrongField(slot)
    old = order.shipping_address if order else None
    from_order = {"name": old.name, "phone": old.phone, "country": old.country} if old else {}
    wanted = {**from_order, **{name: value for name, value in given.items() if value is not None}}
    try:
        if not all(isinstance(value, str) for value in wanted.values()):
            raise WrongField(slot)
        address = Address.parse_obj({"name": "", "line1": "", **wanted})
    except ValidationError as error:
        part = str(error.errors()[0]["loc"][0])
        raise WrongField(slot, {part: _why("invalid", known.tongue)}) from error
    checked = check_address(address, known.policy)
    if checked.errors:
        raise WrongField(slot, {part: _why(why, known.tongue) for part, why in checked.errors.items()})
    return checked.address.dict()


def _why(code: str, tongue: Tongue) -> str:
    return tongue.words.label("address_error", code)


def _items(slot: str, given: Any, order: Order | None) -> list[dict[str, Any]]:
    most = {line.id: line.quantity for line in order.lines} if order else {}
    wanted: dict[str, int] = {}
    if not isinstance(given, list) or not given:
        raise WrongField(slot)
    for each in given:
        if not isinstance(each, dict) or set(each) - {"id", "quantity"}:
            raise WrongField(slot)
        line, quantity = each.get("id"), each.get("quantity", 1)
        if not isinstance(line, str) or line not in most or line in wanted:
            raise WrongField(slot)
        if type(quantity) is not int or not 1 <= quantity <= most[line]:
            raise WrongField(slot)
        wanted[line] = quantity
    return [{"id": line, "quantity": quantity} for line, quantity in wanted.items()]


def _photos(slot: str, given: Any, known: Known) -> list[str]:
    """Photos of this conversation, which the agent has seen too."""
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_PHOTOS:
        raise WrongField(slot)
    if not all(isinstance(each, str) and each in known.photos for each in given):
        raise WrongField(slot)
    return list(dict.fromkeys(given))


def _text(slot: str, given: Any) -> str:
    text = given.strip() if isinstance(given, str) else ""
    if not text or len(text) > LONGEST or "\x00" in text:
        raise WrongField(slot)
    return text
