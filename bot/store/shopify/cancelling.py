"""Cancels an order. Shopify does it in a job of its own, which also pays the money back.

https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/orderCancel
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.store.connection import already_begun
from bot.store.errors import Conflict, Invalid, NotAllowed, NotFound, NotSupported, OutcomeUnknown
from bot.store.models import Order
from bot.store.shopify.documents import order_writes
from bot.store.shopify.door import Door
from bot.store.shopify.marks import key_mark, read_mark, write_mark
from bot.store.shopify.order_reading import OrderReading
from bot.store.shopify.orders import Read
from bot.store.shopify.refunding import Refunding
from bot.store.shopify.refusals import refuse
from bot.store.shopify.settings import Settings
from bot.store.shopify.shapes import Shape, UserError
from bot.store.shopify.what_is_possible import still_here

LONGEST_NOTE = 255
PAUSES = (0.2, 0.4, 0.8, 1.5, 2.0, 2.0, 3.0, 3.0)  # seconds between looks at the job
SURELY = 3  # looks that show an ended job and an order that stands; one alone may be from before its end


class _Job(Shape):
    id: str
    done: bool


class _CancelledPayload(Shape):
    job: _Job | None
    order_cancel_user_errors: list[UserError]


class _Cancelled(Shape):
    order_cancel: _CancelledPayload


class _CancelledOrder(Shape):
    cancelled_at: datetime | None


class _Progress(Shape):
    order: _CancelledOrder | None
    job: _Job | None


class Cancelling:
    def __init__(self, door: Door, reading: OrderReading, settings: Settings) -> None:
        self._door = door
        self._reading = reading
        self._settings = settings
        self._refunding = Refunding(door)

    async def look(self, order_id: str, key: str) -> Order | None:
        """Our own cancelling carries our mark.

        Raises:
            OutcomeUnknown: cancelled, and the shop does not show by whom (staffNote is not there for every order).
        """
        read = await self._reading.read(order_id)
        if read.order.cancelled_at is None or not _is_ours(read, key):
            return None
        return await self._paid_back(order_id, key)

    async def write(self, order_id: str, reason: str, key: str, *, again: bool) -> Order:
        """``again``: there was an earlier try, whose job may end only now, after it was looked for."""
        read = await self._reading.read(order_id)
        if again and read.order.cancelled_at is not None and _is_ours(read, key):
            return await self._paid_back(order_id, key)
        order = self._reading.in_words(read)
        still_here(order)
        asked: dict[str, object] = {
            "orderId": order.id,
            "reason": "CUSTOMER",  # whichever of the shop's reasons it is, the shopper asked for it; the note tells
            "restock": self._settings.restock,
            "notifyCustomer": self._settings.notify_customer,
            "staffNote": write_mark(key, {"reason": reason}, longest=LONGEST_NOTE),
            "refundMethod": {"originalPaymentMethodsRefund": True},
        }
        try:
            told = await self._door.tell(
                order_writes.CANCEL,
                asked,
                _Cancelled,
                lambda answer: refuse(answer.order_cancel.order_cancel_user_errors),
                key=key,
            )
        except NotAllowed:
            # An earlier try with this key may have been at work still, or somebody else was quicker.
            ours = await self._cancelled_by_then(order_id, key)
            if ours is None:
                raise
            return ours
        with already_begun(key):
            await self._wait(order.id, told.order_cancel.job, key)
        return await self._paid_back(order_id, key)

    async def _cancelled_by_then(self, order_id: str, key: str) -> Order | None:
        """After a refusal: the order if it is this key's doing; None when nobody cancels it.

        Raises:
            NotAllowed: somebody else did.
        """
        for pause in (0.0, *PAUSES[:3]):
            await asyncio.sleep(pause)
            read = await self._reading.read(order_id)
            if read.order.cancelled_at is not None:
                if _is_ours(read, key):
                    return await self._paid_back(order_id, key)
                raise NotAllowed("already_cancelled")
        return None

    async def _wait(self, order_id: str, job: _Job | None, key: str) -> None:
        if job is None:
            raise OutcomeUnknown(key)
        ended = 0
        for pause in (0.0, *PAUSES):
            await asyncio.sleep(pause)
            asked: dict[str, object] = {"orderId": order_id, "jobId": job.id}
            now = await self._door.ask(order_writes.CANCEL_PROGRESS, asked, _Progress)
            done = now.job is None or now.job.done
            if done and now.order is not None and now.order.cancelled_at is not None:
                return
            ended += done
            if ended >= SURELY:
                raise NotAllowed("refused_by_store")  # the job ended and the order stands
        raise OutcomeUnknown(key)

    async def _paid_back(self, order_id: str, key: str) -> Order:
        """The cancelled order; what its job left unpaid is paid back now.

        Raises:
            OutcomeUnknown: cancelled, and the money is still with the shop: no refusal, for half of it is done.
        """
        with already_begun(key):
            order = await self._reading.order(order_id)
            try:
                if await self._refunding.pay_back(order, key):
                    order = await self._reading.order(order_id)
            except (NotAllowed, NotFound, NotSupported, Invalid, Conflict) as refused:
                raise OutcomeUnknown(key) from refused
        return order


def _is_ours(read: Read, key: str) -> bool:
    """Whether this key cancelled it. Raises ``OutcomeUnknown`` when the shop does not show the note."""
    if read.order.cancellation is None or read.order.cancellation.staff_note is None:
        raise OutcomeUnknown(key)
    return _mark(read) == key_mark(key)


def _mark(read: Read) -> str:
    """Of the key that cancelled the order, if it is one of ours."""
    note = read.order.cancellation.staff_note if read.order.cancellation else None
    return read_mark(note).get("key", "")
