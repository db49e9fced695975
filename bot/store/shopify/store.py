"""The adapter for Shopify's Admin GraphQL API."""

from __future__ import annotations

from bot.store.errors import NotSupported
from bot.store.models import (
    Ability,
    Address,
    Case,
    CaseKind,
    CaseRequest,
    ItemChange,
    Order,
    Product,
    Proof,
)
from bot.store.patience import Patience
from bot.store.shopify.address_change import AddressChange
from bot.store.shopify.cancelling import Cancelling
from bot.store.shopify.door import Door
from bot.store.shopify.ids import gid
from bot.store.shopify.order_reading import OrderReading
from bot.store.shopify.products import Products
from bot.store.shopify.recording import Recording
from bot.store.shopify.returning import Returning
from bot.store.shopify.scopes import Scopes, notes
from bot.store.shopify.settings import Settings
from bot.store.wire import to_json
from bot.store.write_journal import WriteJournal

ABILITIES = {
    CaseKind.return_: Ability.return_,
    CaseKind.exchange: Ability.exchange,
    CaseKind.replacement: Ability.replacement,
    CaseKind.lost_parcel: Ability.lost_parcel,
    CaseKind.missing_item: Ability.missing_item,
}


class ShopifyStore:
    """``OrderApi`` for one shop. ``token``: of an app that the shop's owner installed; its scopes decide what works."""

    def __init__(
        self,
        url: str,
        token: str,
        journal: WriteJournal,
        settings: Settings | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._settings = settings or Settings()
        self._journal = journal
        self._door = Door(url, token, patience)
        self._scopes = Scopes(self._door)
        self._reading = OrderReading(self._door, self._scopes, self._settings)
        self._products = Products(self._door, self._scopes)
        self._address_change = AddressChange(self._door, self._reading)
        self._cancelling = Cancelling(self._door, self._reading, self._settings)
        self._returning = Returning(self._door, self._reading, self._products, self._settings)
        self._recording = Recording(self._door, self._reading)

    async def capabilities(self) -> frozenset[Ability]:
        return (await self._scopes.granted()).abilities(self._settings)

    async def notes(self) -> list[str]:
        return notes(await self._scopes.granted(), self._settings)

    async def find_order(self, number: str, proof: Proof) -> Order:
        return await self._reading.find(number, proof)

    async def orders_of(self, customer_id: str, limit: int = 10) -> list[Order]:
        return await self._reading.of_customer(customer_id, limit)

    async def get_order(self, order_id: str) -> Order:
        return await self._reading.order(order_id)

    async def change_address(self, order_id: str, address: Address, *, key: str) -> Order:
        await self._needs(Ability.change_address)
        return await self._journal.once(
            key,
            _one_name(order_id),
            f"address {to_json(address)}",
            Order,
            look=lambda: self._address_change.look(order_id, address),
            write=lambda: self._address_change.write(order_id, address, key),
        )

    async def cancel(self, order_id: str, reason: str, *, key: str) -> Order:
        await self._needs(Ability.cancel)
        again = False

        async def look() -> Order | None:
            nonlocal again
            again = True
            return await self._cancelling.look(order_id, key)

        async def write() -> Order:
            return await self._cancelling.write(order_id, reason, key, again=again)

        return await self._journal.once(key, _one_name(order_id), f"cancel {reason}", Order, look=look, write=write)

    async def change_items(
        self, order_id: str, changes: list[ItemChange], *, payment_method_id: str | None = None, key: str
    ) -> Order:
        """Not done: an edited order of Shopify's leaves a price difference that nobody collects or pays back."""
        raise NotSupported

    async def open_case(self, order_id: str, request: CaseRequest, *, key: str) -> Case:
        await self._needs(ABILITIES[request.kind])
        kept_by_shopify = request.kind in {CaseKind.return_, CaseKind.exchange}
        writer = self._returning if kept_by_shopify else self._recording
        return await self._journal.once(
            key,
            _one_name(order_id),
            f"case {to_json(request)}",
            Case,
            look=lambda: writer.look(order_id, key),
            write=lambda: writer.write(order_id, request, key),
        )

    async def product(self, product_id: str) -> Product:
        return await self._products.one(product_id)

    async def find_products(self, query: str, limit: int = 5) -> list[Product]:
        return await self._products.find(query, limit)

    async def list_products(self, limit: int = 100, offset: int = 0) -> list[Product]:
        return await self._products.listed(limit, offset)

    async def close(self) -> None:
        await self._door.close()
        self._journal.close()

    async def _needs(self, ability: Ability) -> None:
        if ability not in await self.capabilities():
            raise NotSupported


def _one_name(order_id: str) -> str:
    """The journal lets one write at an order at a time, whichever of its two ids it is called by."""
    return gid("Order", order_id) or order_id
