"""What an address form asks in each country, and an address as its country writes it."""

from __future__ import annotations

import re

from bot.orders.country_rules import country_rules
from bot.orders.policy import Policy
from bot.orders.verdict import JobData
from bot.store.models import Address

# https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill
AUTOCOMPLETE = {
    "name": "shipping name",
    "line1": "shipping address-line1",
    "line2": "shipping address-line2",
    "district": "shipping address-level3",
    "city": "shipping address-level2",
    "region": "shipping address-level1",
    "postcode": "shipping postal-code",
    "phone": "shipping tel",
}
_CODES = {"N": "name", "A": "line1", "D": "district", "C": "city", "S": "region", "Z": "postcode"}


class Option(JobData):
    value: str
    label: str


class AddressField(JobData):
    """``label`` is a code to find the word by: "region.state", "postcode.zip", "line1"."""

    name: str
    label: str
    required: bool
    autocomplete: str
    options: tuple[Option, ...] = ()


def countries_of(policy: Policy) -> list[str]:
    """Where the shop delivers to, as ISO 3166-1 codes in the policy's order."""
    return list(policy.shop.delivers_to)


def form_fields(country: str, policy: Policy) -> list[AddressField]:
    """The fields in the order the country writes them. Raises ``ValueError`` for a code that is no country."""
    rules = country_rules(country)
    required = rules.required_fields(policy)
    kinds = dict(rules.part_names)
    also = [part.value for part in policy.address_change.also_asked.get(country, []) if part.value not in rules.order]
    names = [name for field in rules.order for name in ((field, "line2", *also) if field == "line1" else (field,))]
    regions = tuple(Option(value=name, label=name) for name in dict.fromkeys(official for official, _ in rules.regions))
    if country == "US":  # its official names are the two letters
        regions = tuple(Option(value=official, label=label) for official, label in rules.regions)
    return [
        AddressField(
            name=name,
            label=f"{name}.{kinds[name]}" if name in kinds else name,
            required=name in required,
            autocomplete=AUTOCOMPLETE[name],
            options=regions if name == "region" else (),
        )
        for name in [*names, "phone"]
    ]


def format_lines(address: Address, country_name: str = "") -> list[str]:
    """The address as it is written on a parcel there, without empty lines.

    ``country_name`` (in the reader's language) becomes the last line when given.
    """
    try:
        layout = country_rules(address.country).format
    except ValueError:
        layout = "%N%n%A%n%D%n%Z %C%n%S"
    values = {letter: getattr(address, field) for letter, field in _CODES.items()}
    own_line = "" if "%D" in layout else address.district
    values["A"] = "\n".join(part for part in (address.line1, address.line2, own_line) if part)
    text = re.sub(r"%([A-Z])", lambda found: values.get(found[1], ""), layout.replace("%n", "\n"))
    lines = [re.sub(r"\s{2,}", " ", line).strip(" ,-") for line in text.split("\n")]
    return [line for line in [*lines, country_name] if line]
