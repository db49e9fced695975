"""Changes orders. WooCommerce keeps no idempotency keys: each write leaves its mark in the order's meta data."""

from __future__ import annotations

import html
import json
from datetime import datetime, timezone
from decimal import Decimal

from bot.store import postal_check
from bot.store.connection import already_begun
from bot.store.errors import Conflict, OutcomeUnknown
from bot.store.models import Address, Case, CaseKind, CaseRequest, Order
from bot.store.wire import to_json
from bot.store.woocommerce import order_rules, staff_notes
from bot.store.woocommerce.addresses import shipping_of
from bot.store.woocommerce.cancelling import refund_once
from bot.store.woocommerce.case_records import CaseRecord, record_of
from bot.store.woocommerce.documents import WooOrder
from bot.store.woocommerce.marks import CANCELLED, case_key, in_brackets, mark_of, written
from bot.store.woocommerce.options import WooOptions
from bot.store.woocommerce.product_reader import ProductReader
from bot.store.woocommerce.reader import OrderReader
from bot.store.woocommerce.requests import Body, WooRequests, number_in_path
from bot.store.write_journal import WriteJournal

IS_CANCELLED = frozenset({"cancelled", "refunded"})


class OrderWriter:
    """Each method reads the order, checks, writes once, and tells the staff in a note."""

    def __init__(
        self,
        requests: WooRequests,
        reader: OrderReader,
        products: ProductReader,
        options: WooOptions,
        journal: WriteJournal,
    ) -> None:
        self._requests = requests
        self._reader = reader
        self._products = products
        self._options = options
        self._journal = journal

    async def change_address(self, order_id: str, address: Address, key: str) -> Order:
        mark = written(mark_of(key))

        async def write() -> Order:
            woo = await self._requests.order(order_id)
            order = await self._reader.whole(woo)
            order_rules.still_here(order)
            postal_check.check(address)
            shipping = shipping_of(address, await self._requests.country(address.country))
            order_rules.same_tax(woo, shipping)
            before = json.dumps({"address": json.loads(to_json(order.shipping_address)), "total": str(woo.total)})
            body: Body = {"shipping": shipping, "meta_data": [{"key": mark, "value": before}]}
            return await finish(await self._requests.update_order(woo.id, body, key), new=True)

        async def finish(after: WooOrder, *, new: bool) -> Order:
            with already_begun(key):
                order = await self._reader.whole(after)
            before = json.loads(_kept(after, mark, key))
            total = order.total.copy(update={"amount": Decimal(before["total"])})
            note = staff_notes.address_note(Address.parse_obj(before["address"]), total, order.total)
            await self._note_once(after, note, key, new=new)
            return order

        async def look() -> Order | None:
            woo = await self._requests.order(order_id)
            return await finish(woo, new=False) if woo.meta(mark) else None

        return await self._journal.once(
            key, number_in_path(order_id), f"address {to_json(address)}", Order, look=look, write=write
        )

    async def cancel(self, order_id: str, reason: str, key: str) -> Order:
        mark = written(mark_of(key))

        async def write() -> Order:
            woo = await self._requests.order(order_id)
            order_rules.still_here(await self._reader.whole(woo))
            order_rules.reason_fits(reason)
            when = datetime.now(timezone.utc).isoformat(timespec="seconds")
            marks = [{"key": CANCELLED, "value": when}, {"key": mark, "value": "cancel"}]
            after = await self._requests.update_order(woo.id, {"status": "cancelled", "meta_data": marks}, key)
            if after.status not in IS_CANCELLED:  # a plugin would not have it
                raise Conflict("the store did not keep the cancelling")
            return await finish(after, new=True)

        async def finish(after: WooOrder, *, new: bool) -> Order:
            told = await refund_once(self._requests, after, self._options, key)
            note = " ".join([staff_notes.say("cancelled", reason=reason), *told])
            await self._note_once(after, note, key, new=new)
            with already_begun(key):
                return await self._reader.whole(await self._requests.order(str(after.id)))

        async def look() -> Order | None:
            woo = await self._requests.order(order_id)
            return await finish(woo, new=False) if woo.meta(mark) else None

        return await self._journal.once(
            key, number_in_path(order_id), f"cancel {reason}", Order, look=look, write=write
        )

    async def open_case(self, order_id: str, request: CaseRequest, key: str) -> Case:
        mark = mark_of(key)

        async def write() -> Case:
            woo = await self._requests.order(order_id)
            order = await self._reader.whole(woo)
            order_rules.case_allowed(order, request)
            await self._check_wishes(order, request)
            record = to_json(record_of(woo, request, datetime.now(timezone.utc)))
            body: Body = {"meta_data": [{"key": case_key(mark), "value": record}]}
            return await finish(await self._requests.update_order(woo.id, body, key), new=True)

        async def finish(after: WooOrder, *, new: bool) -> Case:
            with already_begun(key):
                order = await self._reader.whole(after)
            record = CaseRecord.parse_raw(_kept(after, case_key(mark), key))
            case = next(case for case in order.cases if case.id == mark)
            await self._note_once(after, staff_notes.case_note(record, order, mark), key, new=new)
            return case

        async def look() -> Case | None:
            woo = await self._requests.order(order_id)
            return await finish(woo, new=False) if woo.meta(case_key(mark)) else None

        return await self._journal.once(
            key, number_in_path(order_id), f"case {to_json(request)}", Case, look=look, write=write
        )

    async def _check_wishes(self, order: Order, request: CaseRequest) -> None:
        if request.kind is CaseKind.exchange:
            for item in request.items:
                product = await self._products.one(order_rules.line_product(order, item))
                order_rules.new_variant_fits(item, product)

    async def _note_once(self, order: WooOrder, note: str, key: str, *, new: bool) -> None:
        """``new``: nobody can have written the note before."""
        mark = in_brackets(mark_of(key))
        if not new:
            with already_begun(key):
                if any(mark in each.note for each in await self._requests.staff_notes(order.id)):
                    return
        # The staff's page shows notes as HTML, and a shopper's words may look like some.
        await self._requests.add_staff_note(order.id, html.escape(f"{note} {mark}", quote=False), key)


def _kept(order: WooOrder, mark: str, key: str) -> str:
    """What a write has just left in the meta data; an answer without it tells nothing about the write."""
    value = order.meta(mark)
    if not isinstance(value, str):
        raise OutcomeUnknown(key)
    return value
