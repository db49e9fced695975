"""Addresses, there and back. WooCommerce has two names and no district; its regions are codes of its own."""

from __future__ import annotations

from html import unescape

from bot.store.models import Address
from bot.store.woocommerce.documents import Country, WooAddress, WooOrder

NOWHERE = "ZZ"  # CLDR's unknown region, for an order without any address


def address_of(order: WooOrder) -> Address:
    """Where the order goes; the billing address where it has none of its own."""
    given = ships_to(order)
    return Address(
        name=name_of(given) or name_of(order.billing),
        line1=given.address_1,
        line2=given.address_2,
        city=given.city,
        region=given.state,
        postcode=given.postcode,
        country=given.country if len(given.country) == len(NOWHERE) else NOWHERE,
        phone=given.phone,
    )


def ships_to(order: WooOrder) -> WooAddress:
    return order.shipping if order.shipping.address_1 or order.shipping.country else order.billing


def with_region_name(address: Address, country: Country | None) -> Address:
    """The region as people call it: "SGR" is Selangor. ``country`` None: WooCommerce does not know it."""
    names = {state.code: unescape(state.name) for state in country.states} if country else {}
    return address.copy(update={"region": names.get(address.region, address.region)})


def name_of(given: WooAddress) -> str:
    return f"{given.first_name} {given.last_name}".strip() or given.company


def shipping_of(address: Address, country: Country) -> dict[str, str]:
    """The order's ``shipping`` for a new address. Every field is sent, or what stood there before would stay.

    Only the phone number is kept where the new address has none.
    """
    first, _, last = address.name.strip().rpartition(" ")
    shipping = {
        "first_name": first or last,
        "last_name": last if first else "",
        "company": "",
        "address_1": address.line1,
        "address_2": ", ".join(part for part in (address.line2, address.district) if part),
        "city": address.city,
        "state": _state_code(address.region, country),
        "postcode": address.postcode,
        "country": address.country.upper(),
    }
    return {**shipping, "phone": address.phone} if address.phone else shipping


def _state_code(region: str, country: Country) -> str:
    wanted = region.strip().casefold()
    return next(
        (state.code for state in country.states if wanted in {state.code.casefold(), state.name.casefold()}), region
    )
