"""The shop's own settings for WooCommerce, checked before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import ip_address
from typing import TypeVar
from urllib.parse import urlsplit

from bot.store.config import StoreConfig, StoreConfigError
from bot.store.models import OrderState

Choice = TypeVar("Choice", bound=Enum)


class Tracking(str, Enum):
    """Where parcels are written down; WooCommerce itself has no place for them."""

    none = "none"
    shipment_tracking = "shipment-tracking"  # the meta data of the extension of that name, and of those like it
    fulfillments = "fulfillments"  # WooCommerce's own, from 10.2 on, where the shop has switched it on


class Refunds(str, Enum):
    by_person = "by_person"  # no money moves: a note asks the staff
    allowed = "allowed"  # a cancelled order's money goes back through the payment gateway


class Completed(str, Enum):
    shipped = "shipped"
    delivered = "delivered"


STATUSES = {
    "packed_statuses": OrderState.packed,
    "partly_shipped_statuses": OrderState.partly_shipped,
    "shipped_statuses": OrderState.shipped,
    "delivered_statuses": OrderState.delivered,
    "returned_statuses": OrderState.returned,
}


@dataclass(frozen=True)
class WooOptions:
    """``statuses``: the order statuses that a plugin or the shop added, by what they mean."""

    tracking: Tracking = Tracking.none
    refunds: Refunds = Refunds.by_person
    completed: Completed = Completed.shipped
    delivered_after_days: int | None = None  # a completed order counts as delivered so many days later
    statuses: Mapping[str, OrderState] = field(default_factory=dict)


def options_of(config: StoreConfig) -> WooOptions:
    """Raises ``StoreConfigError`` for an option or value that there is not."""
    names = {"tracking", "refunds", "completed", "delivered_after_days", *STATUSES}
    unknown = sorted(set(config.options) - names)
    if unknown:
        raise StoreConfigError(f"WooCommerce has no option {unknown[0]!r}; it has {', '.join(sorted(names))}.")
    return WooOptions(
        tracking=_one_of(Tracking, config, "tracking", Tracking.none),
        refunds=_one_of(Refunds, config, "refunds", Refunds.by_person),
        completed=_one_of(Completed, config, "completed", Completed.shipped),
        delivered_after_days=_days(config.options.get("delivered_after_days", "")),
        statuses={
            slug: state
            for name, state in STATUSES.items()
            for slug in (part.strip().removeprefix("wc-") for part in config.options.get(name, "").split(","))
            if slug
        },
    )


def key_of(config: StoreConfig) -> tuple[str, str]:
    """Consumer key and secret."""
    key, _, secret = config.key.partition(":")
    if not (key.startswith("ck_") and secret.startswith("cs_")):
        raise StoreConfigError("WooCommerce's key is consumer key and consumer secret in one: ck_…:cs_…")
    return key, secret


def url_of(config: StoreConfig) -> str:
    """The shop's address, with the folder that WordPress lives in. The key must not travel in the clear."""
    url = urlsplit(config.url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise StoreConfigError("WooCommerce needs the shop's address, for instance https://shop.example.com.")
    if url.query or url.fragment or url.username:
        raise StoreConfigError("The address of a WooCommerce shop has no key, question mark or # in it.")
    if url.scheme == "http" and not _is_this_machine(url.hostname):
        raise StoreConfigError("WooCommerce must be reached by https: over http anybody on the way reads the key.")
    return config.url.rstrip("/").removesuffix("/wp-json")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _one_of(choices: type[Choice], config: StoreConfig, name: str, default: Choice) -> Choice:
    given = config.options.get(name, default.value)
    try:
        return choices(given)
    except ValueError as unknown:
        known = ", ".join(str(each.value) for each in choices)
        raise StoreConfigError(f"WooCommerce's option {name} is one of {known}, not {given!r}.") from unknown


def _days(given: str) -> int | None:
    if given and not given.isdecimal():
        raise StoreConfigError(f"WooCommerce's option delivered_after_days is a number of days, not {given!r}.")
    return int(given) if given else None
