"""Addresses, in the models' words and in Shopify's.

https://shopify.dev/docs/api/admin-graphql/2026-01/input-objects/MailingAddressInput
"""

from __future__ import annotations

from bot.store.models import Address
from bot.store.proof_match import letters_and_digits
from bot.store.shopify.order_shapes import MailingAddress

NOWHERE = Address(name="", line1="", country="ZZ")  # of an order that nothing is sent for


def address(found: MailingAddress | None) -> Address:
    if found is None:
        return NOWHERE
    return Address(
        name=found.name or f"{found.first_name or ''} {found.last_name or ''}".strip(),
        line1=found.address1 or "",
        line2=found.address2 or "",
        city=found.city or "",
        region=found.province or "",
        postcode=found.zip or "",
        country=found.country_code or "ZZ",
        phone=found.phone or "",
    )


def address_input(given: Address) -> dict[str, str]:
    """Shopify has no district: it goes behind the second line. A region goes as its code where it is one."""
    first, _, last = given.name.strip().rpartition(" ")
    told = {
        "firstName": first,
        "lastName": last,
        "address1": given.line1,
        "address2": _second_line(given),
        "city": given.city,
        "zip": given.postcode,
        "countryCode": given.country.upper(),
        "phone": given.phone,
    }
    region = given.region.strip()
    if region:
        told["provinceCode" if len(region) <= 3 and region.isupper() else "province"] = region
    kept_when_empty = {"address2", "firstName"}  # else the old one's would stay
    return {name: value for name, value in told.items() if value or name in kept_when_empty}


def shows(found: MailingAddress | None, wanted: Address) -> bool:
    """Whether the store's address is the wanted one, in all that can be compared however it is written."""
    if found is None:
        return False
    now = address(found)
    pairs = [
        (now.name, wanted.name),
        (now.line1, wanted.line1),
        (now.line2, _second_line(wanted)),
        (now.city, wanted.city),
        (now.postcode, wanted.postcode),
        (now.country, wanted.country),
    ]
    if wanted.region:
        code = letters_and_digits(found.province_code or "")
        region = letters_and_digits(wanted.region)
        if region not in (code, letters_and_digits(now.region)):
            return False
    return all(letters_and_digits(one) == letters_and_digits(other) for one, other in pairs)


def _second_line(given: Address) -> str:
    return ", ".join(part for part in (given.line2.strip(), given.district.strip()) if part)
