"""Addresses between Medusa's words and ours: first and last name, district in the metadata."""

from __future__ import annotations

from typing import Any

from bot.store.medusa.raw_order import RawAddress
from bot.store.models import Address

KEY = "ramah_key"  # in an address's metadata: the key of the write that made it


def address_view(raw: RawAddress | None) -> Address:
    """An order without an address (nothing to ship) has an empty one in no country ("ZZ")."""
    raw = raw or RawAddress()
    return Address(
        name=full_name(raw.first_name, raw.last_name),
        line1=raw.address_1 or "",
        line2=raw.address_2 or "",
        district=str(raw.metadata.get("district") or ""),
        city=raw.city or "",
        region=raw.province or "",
        postcode=raw.postal_code or "",
        country=(raw.country_code or "zz").upper(),
        phone=raw.phone or "",
    )


def raw_address(address: Address, key: str) -> dict[str, Any]:
    """All parts, the empty ones too: what a request does not name stays as it was."""
    first, _, last = address.name.strip().rpartition(" ")
    return {
        "first_name": first or last,
        "last_name": last if first else "",
        "address_1": address.line1,
        "address_2": address.line2,
        "city": address.city,
        "province": address.region,
        "postal_code": address.postcode,
        "country_code": address.country.lower(),
        "phone": address.phone,
        "metadata": {"district": address.district, KEY: key},
    }


def full_name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in ((first or "").strip(), (last or "").strip()) if part)
