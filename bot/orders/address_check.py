"""Is this an address of its country? Normalised if so, else a code for each field that is wrong."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

from bot.orders.country_rules import CountryRules, country_rules
from bot.orders.policy import Policy
from bot.orders.verdict import JobData
from bot.store.models import Address

LONGEST = {
    "name": 100,
    "line1": 120,
    "line2": 120,
    "district": 80,
    "city": 80,
    "region": 80,
    "postcode": 12,
    "phone": 30,
}


class AddressCheck(JobData):
    """``address`` normalised as far as possible; ``errors``: field -> code.

    Codes: "required", "invalid", "too_long", "not_in_region" (postcode), "not_delivered" (country).
    """

    address: Address
    errors: dict[str, str]

    @property
    def ok(self) -> bool:
        return not self.errors


def check_address(address: Address, policy: Policy) -> AddressCheck:
    cleaned = {field: clean(value) for field, value in address.dict().items()}
    country = cleaned["country"] = cleaned["country"].upper()
    if country not in policy.shop.delivers_to:
        return AddressCheck(address=Address(**cleaned), errors={"country": "not_delivered"})
    try:
        rules = country_rules(country)
    except ValueError:
        return AddressCheck(address=Address(**cleaned), errors={"country": "invalid"})
    errors = {field: "too_long" for field, longest in LONGEST.items() if len(cleaned[field]) > longest}
    cleaned["postcode"] = tidy_postcode(cleaned["postcode"])
    _check_region(cleaned, rules, policy, errors)
    _check_postcode(cleaned, rules, errors)
    cleaned["phone"] = _check_phone(cleaned["phone"], country, errors)
    for field in rules.required_fields(policy):
        if not cleaned[field]:
            errors.setdefault(field, "required")
    return AddressCheck(address=Address(**cleaned), errors=errors)


def clean(text: str) -> str:
    """One line, single spaces, no control or formatting characters."""
    visible = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    visible = "".join(char for char in visible if unicodedata.category(char) != "Cf")
    return " ".join(visible.split()).strip(" ,;")


def tidy_postcode(text: str) -> str:
    """ "43 000" and "S546080" as a carrier writes them."""
    compact = re.sub(r"[\s.]", "", text).upper()
    return re.sub(r"^[A-Z]{1,2}-?(?=\d{4,6}$)", "", compact)


def _check_region(cleaned: dict[str, str], rules: CountryRules, policy: Policy, errors: dict[str, str]) -> None:
    if not rules.regions or "region" not in rules.allowed:
        return
    if not cleaned["region"]:
        cleaned["region"] = rules.region_of_postcode(cleaned["postcode"]) if cleaned["postcode"] else ""
    elif official := rules.region_named(cleaned["region"], policy):
        cleaned["region"] = official
    else:
        errors.setdefault("region", "invalid")


def _check_postcode(cleaned: dict[str, str], rules: CountryRules, errors: dict[str, str]) -> None:
    postcode = cleaned["postcode"]
    if not postcode:
        return
    if rules.postcode is not None and not rules.postcode.match(postcode):
        errors.setdefault("postcode", "invalid")
    elif "region" not in errors and not rules.postcode_fits_region(postcode, cleaned["region"]):
        errors.setdefault("postcode", "not_in_region")


def _check_phone(phone: str, country: str, errors: dict[str, str]) -> str:
    if not phone:
        return ""
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        errors.setdefault("phone", "invalid")
        return phone
    if not phonenumbers.is_possible_number(number):
        errors.setdefault("phone", "invalid")
        return phone
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
