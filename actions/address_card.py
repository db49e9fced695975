"""The address form as a card: the fields of each country the shop delivers to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.shop import the_shop
from actions.voice import Voice, payload
from bot.orders.address_form import AddressField, countries_of, form_fields
from bot.store.models import Address


def address_card(address: Address, errors: Mapping[str, str], voice: Voice) -> dict[str, Any]:
    policy = the_shop().policy
    countries = countries_of(policy)
    return {
        "type": "address_form",
        "country": address.country if address.country in countries else countries[0],
        "countries": [{"code": code, "name": voice.formats.country(code)} for code in countries],
        "fields": {code: [_field(field, voice) for field in form_fields(code, policy)] for code in countries},
        "values": {name: value for name, value in address.dict().items() if value},
        "errors": {name: error_text(code, voice) for name, code in errors.items()},
        "submit": payload("submit"),
    }


def field_label(field: str, country: str, voice: Voice) -> str:
    """What a field is called in that country: "postcode", "ZIP code"."""
    label = next((each.label for each in form_fields(country, the_shop().policy) if each.name == field), field)
    return voice.words.label("address_field", label)


def error_text(code: str, voice: Voice) -> str:
    return voice.words.label("address_error", code)


def _field(field: AddressField, voice: Voice) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": field.name,
        "label": voice.words.label("address_field", field.label),
        "required": field.required,
        "autocomplete": field.autocomplete,
    }
    if field.options:
        shown["options"] = [{"value": option.value, "label": option.label} for option in field.options]
    return shown
