"""Changes an order's address, and looks whether Shopify did.

orderUpdate has been seen to answer without an error and to leave the address as it was, so only what is read again
afterwards counts.
"""

from __future__ import annotations

import asyncio

from bot.store import postal_check
from bot.store.connection import already_begun
from bot.store.errors import NotAllowed
from bot.store.models import Address, Order
from bot.store.shopify.addresses import address_input, shows
from bot.store.shopify.documents import order_writes
from bot.store.shopify.door import Door
from bot.store.shopify.order_reading import OrderReading
from bot.store.shopify.refusals import refuse_address
from bot.store.shopify.shapes import Id, Shape, UserError
from bot.store.shopify.what_is_possible import still_here

LOOKS = (0.0, 0.3, 1.0, 2.0)  # seconds before each look


class _ChangedPayload(Shape):
    order: Id | None
    user_errors: list[UserError]


class _Changed(Shape):
    order_update: _ChangedPayload


class AddressChange:
    def __init__(self, door: Door, reading: OrderReading) -> None:
        self._door = door
        self._reading = reading

    async def look(self, order_id: str, wanted: Address) -> Order | None:
        read = await self._reading.read(order_id)
        return self._reading.in_words(read) if shows(read.order.shipping_address, wanted) else None

    async def write(self, order_id: str, wanted: Address, key: str) -> Order:
        """Raises ``NotAllowed("address_not_taken")`` when Shopify says yes and changes nothing: a person must look."""
        order = await self._reading.order(order_id)
        still_here(order)
        postal_check.check(wanted)
        asked: dict[str, object] = {"input": {"id": order.id, "shippingAddress": address_input(wanted)}}
        await self._door.tell(
            order_writes.CHANGE_ADDRESS,
            asked,
            _Changed,
            lambda answer: refuse_address(answer.order_update.user_errors),
            key=key,
        )
        with already_begun(key):
            for pause in LOOKS:
                await asyncio.sleep(pause)
                changed = await self.look(order_id, wanted)
                if changed is not None:
                    return changed
        raise NotAllowed("address_not_taken")
