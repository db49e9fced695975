"""What a shop may set for Medusa in ``[store.options]`` of ``ramah.toml``."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from bot.store.config import StoreConfig, StoreConfigError


@dataclass(frozen=True)
class Options:
    """Empty: as the docstring of each says. All are optional."""

    currency: str = ""  # of the catalogue's prices, "myr"; empty: the store's default currency
    location: str = ""  # stock location that returns go to, "sloc_…"; empty: where the parcel left from
    shipping_option: str = ""  # of parcels with replacements, "so_…"; empty: the order's own
    product_url: str = ""  # a product's page: "/products/{handle}"; empty: the product's metadata "url", or none
    best_sellers_from: int = 200  # how many of the newest orders say what sells best; 0: no order at all


def read_options(config: StoreConfig) -> Options:
    """Raises ``StoreConfigError`` for what is missing, unknown or no value."""
    _check_address(config.url)
    if not config.key:
        raise StoreConfigError("The Medusa store needs a secret API key (it begins with sk_).")
    given = dict(config.options)
    known = {field.name for field in fields(Options)}
    if unknown := sorted(set(given) - known):
        raise StoreConfigError(f"The Medusa store has no option {unknown[0]!r}; there are {', '.join(sorted(known))}.")
    counted = given.pop("best_sellers_from", "200")
    if not counted.isdecimal():
        raise StoreConfigError(f"best_sellers_from is a number of orders, 0 or more, not {counted!r}.")
    address = given.get("product_url", "")
    if address and ("{handle}" not in address or not address.startswith(("/", "https://"))):
        raise StoreConfigError("product_url is a path or an https address with {handle} in it.")
    return Options(**given, best_sellers_from=int(counted))


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise StoreConfigError("The Medusa store needs the address of its server, https://medusa.shop.example.")
    if parts.scheme == "http" and not _inside(parts.hostname):
        raise StoreConfigError("Medusa must be reached by https: over http anybody on the way reads the key.")


def _inside(host: str) -> bool:
    """Whether it is this machine or a name or address that only the shop's own network knows."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
