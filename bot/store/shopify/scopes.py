"""What the shop's owner granted the app, and what that lets Ramah do.

https://shopify.dev/docs/api/usage/access-scopes
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.store.models import Ability
from bot.store.shopify.documents import shop
from bot.store.shopify.door import Door
from bot.store.shopify.settings import Settings
from bot.store.shopify.shapes import Shape

KEPT = 600.0  # seconds: an owner who grants more needs not restart Ramah


class _Scope(Shape):
    handle: str


class _Installation(Shape):
    access_scopes: list[_Scope]


class _Shop(Shape):
    currency_code: str


class _Scopes(Shape):
    current_app_installation: _Installation
    shop: _Shop


@dataclass(frozen=True)
class Granted:
    scopes: frozenset[str]
    currency: str  # of the shop

    def may(self, *wanted: str) -> bool:
        """Whether all are granted; who may write may read."""
        return all(each in self.scopes or each.replace("read_", "write_", 1) in self.scopes for each in wanted)

    def abilities(self, settings: Settings) -> frozenset[Ability]:
        found: set[Ability] = set()
        if self.may("read_orders"):
            found |= {Ability.find_by_proof, Ability.list_orders, Ability.tracking}
        if self.may("read_products"):
            found.add(Ability.products)
        if self.may("write_orders"):
            found.add(Ability.change_address)
            if settings.refunds:
                found.add(Ability.cancel)
            if settings.case_tags:
                found |= {Ability.replacement, Ability.lost_parcel, Ability.missing_item}
        if self.may("read_orders", "write_returns"):
            found.add(Ability.return_)
            if self.may("read_products"):
                found.add(Ability.exchange)
        return frozenset(found)


class Scopes:
    """Asked for once in a while, not before each request."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._granted: Granted | None = None
        self._asked_at = 0.0

    async def granted(self) -> Granted:
        if self._granted is None or time.monotonic() - self._asked_at > KEPT:
            told = await self._door.ask(shop.SCOPES, {}, _Scopes)
            handles = frozenset(scope.handle for scope in told.current_app_installation.access_scopes)
            self._granted = Granted(handles, told.shop.currency_code)
            self._asked_at = time.monotonic()
        return self._granted


def notes(granted: Granted, settings: Settings) -> list[str]:
    """What the person who set it up should know: for `ramah store check`."""
    said = []
    if not granted.may("read_all_orders"):
        said.append("Orders older than 60 days are not visible: the scope read_all_orders is not granted.")
    for scope, without in WITHOUT.items():
        if not granted.may(scope):
            said.append(f"The scope {scope} is not granted: {without}.")
    if not settings.refunds:
        said.append('Orders are not cancelled: the option refunds is not "allowed", and cancelling pays money back.')
    if not settings.case_tags:
        said.append('Replacements, lost parcels and missing items go to a person: the option cases is not "tags".')
    return said


WITHOUT = {
    "read_orders": "nothing of an order can be read",
    "write_orders": "no order can be changed",
    "read_fulfillments": "tracking may be missing",
    "read_returns": "returns are not seen, so pieces may be offered for return twice",
    "write_returns": "no return can be asked for",
    "read_products": "products and exchanges are missing",
    "read_customers": "the buyer's name is taken from the address",
    "read_inventory": "how many pieces are left is not known",
}
