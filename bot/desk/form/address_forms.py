"""What an address form asks in each country that the shop delivers to, ready to show."""

from __future__ import annotations

from typing import Any

from bot.orders.address_check import LONGEST
from bot.orders.address_form import AddressField, countries_of, form_fields
from bot.orders.policy import Policy
from bot.wording.tongue import Tongue


def address_forms(policy: Policy, tongue: Tongue) -> dict[str, Any]:
    """``countries`` in the shop's order, and each one's ``fields`` in the order in which it writes them."""
    countries = countries_of(policy)
    return {
        "countries": [{"code": code, "name": tongue.formats.country(code)} for code in countries],
        "fields": {code: [_field(field, tongue) for field in form_fields(code, policy)] for code in countries},
    }


def _field(field: AddressField, tongue: Tongue) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": field.name,
        "label_key": field.label,
        "label": tongue.words.label("address_field", field.label),
        "required": field.required,
        "longest": LONGEST[field.name],
    }
    if field.options:
        shown["options"] = [{"value": option.value, "label": option.label} for option in field.options]
    return shown
