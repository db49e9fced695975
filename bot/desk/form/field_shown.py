"""A field's value as an agent reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from bot.desk.form.field_choices import labelled
from bot.desk.form.form_fields import Field
from bot.desk.form.form_known import Known
from bot.orders.address_form import format_lines
from bot.store.models import Address


def shown_value(slot: str, kind: Field, value: Any, known: Known) -> str:
    """One line; what cannot be read as its kind is shown as it is."""
    show = _BY_KIND.get(kind.kind)
    return show(slot, value, known) if show else str(value)


def _order(slot: str, value: Any, known: Known) -> str:
    return f"#{str(value['number']).lstrip('#')}" if value.get("number") else str(value.get("id") or "")


def _choice(slot: str, value: Any, known: Known) -> str:
    return labelled(slot, value, known.tongue)


def _items(slot: str, value: Any, known: Known) -> str:
    titles = {line.id: line.title for line in known.order.lines} if known.order else {}
    return ", ".join(f"{each['quantity']} × {titles.get(each['id'], each['id'])}" for each in value)


def _address(slot: str, value: Any, known: Known) -> str:
    try:
        address = Address.parse_obj(value)
    except ValidationError:
        return str(value)
    return ", ".join([*format_lines(address), *([address.phone] if address.phone else [])])


_BY_KIND: dict[str, Callable[[str, Any, Known], str]] = {
    "order": _order,
    "choice": _choice,
    "address": _address,
    "items": _items,
    "photos": lambda slot, value, known: str(len(value)),
    "confirm": lambda slot, value, known: "",
}
