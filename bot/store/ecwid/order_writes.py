"""Everything Ramah writes to an Ecwid shop.

Ecwid keeps no idempotency keys, and its PUT is last-write-wins: the journal lets one writer at a time to an order, the
order is read just before it is written, and each job leaves its code, made of its key, in the order: a job whose code
is there already is done, even where the journal was lost.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timezone
from urllib.parse import quote

from bot.store import postal_check
from bot.store.connection import already_begun
from bot.store.ecwid import case_record, order_rules, staff_notes, states
from bot.store.ecwid.documents import EcwidOrder
from bot.store.ecwid.door import Door
from bot.store.ecwid.person import person_of
from bot.store.errors import NotSupported, OutcomeUnknown
from bot.store.models import Address, Case, CaseKind, CaseRequest, Order, Product
from bot.store.wire import to_json
from bot.store.write_journal import WriteJournal

ReadOrder = Callable[[str], Awaitable[tuple[EcwidOrder, Order]]]
ReadProduct = Callable[[str], Awaitable[Product]]


def order_path(order_id: str) -> str:
    return f"/orders/{quote(order_id, safe='')}"


class OrderWrites:
    def __init__(self, door: Door, journal: WriteJournal, read: ReadOrder, product: ReadProduct) -> None:
        self._door = door
        self._journal = journal
        self._read = read
        self._product = product

    async def cancel(self, order_id: str, reason: str, key: str) -> Order:
        code = staff_notes.code_of(key)

        async def write() -> Order:
            raw, order = await self._read(order_id)
            if staff_notes.holds(raw.privateAdminNotes, code):
                return order
            order_rules.check_still_here(order)
            was = f"was {raw.paymentStatus} {raw.fulfillmentStatus}"
            line = staff_notes.line(code, "cancelled", staff_notes.now(), was, reason)
            return await self._put(raw, states.CANCELLED, line, key)

        return await self._journal.once(
            key, order_id, f"cancel\n{reason}", Order, look=lambda: self._noted(order_id, code), write=write
        )

    async def change_address(self, order_id: str, address: Address, key: str) -> Order:
        code = staff_notes.code_of(key)

        async def write() -> Order:
            raw, order = await self._read(order_id)
            if staff_notes.holds(raw.privateAdminNotes, code):
                return order
            order_rules.check_still_here(order)
            if raw.shippingPerson is None or (raw.shippingOption and raw.shippingOption.is_pick_up):
                raise NotSupported  # picked up, or sent as a file: there is no address to change
            postal_check.check(address)
            line = staff_notes.line(code, "address", "changed", staff_notes.now())
            return await self._put(raw, {"shippingPerson": person_of(address)}, line, key)

        request = f"address\n{to_json(address)}"
        return await self._journal.once(
            key, order_id, request, Order, look=lambda: self._noted(order_id, code), write=write
        )

    async def open_case(self, order_id: str, request: CaseRequest, key: str) -> Case:
        """The record first, as an extra field of its own that nobody's writing can undo; then the line for staff."""
        code = staff_notes.code_of(key)

        async def write() -> Case:
            raw, order = await self._read(order_id)
            if not case_record.stands_in(raw, code):
                order_rules.check_case(order, request)
                if request.kind is CaseKind.exchange:
                    order_rules.check_exchange(request, await self._wished(order, request))
                field = case_record.field_of(code, request, raw, datetime.now(timezone.utc))
                await self._door.post(f"{order_path(raw.id)}/extraFields", field, key=key)
            with already_begun(key):
                return await self._with_line(order_id, code, request, key)

        async def look() -> Case | None:
            raw, _ = await self._read(order_id)
            if not case_record.stands_in(raw, code):
                return None
            return await self._with_line(order_id, code, request, key)

        return await self._journal.once(key, order_id, f"case\n{to_json(request)}", Case, look=look, write=write)

    async def _put(self, raw: EcwidOrder, change: Mapping[str, object], line: str, key: str) -> Order:
        """The change and its line in one request, so that one cannot be there without the other."""
        body = {**change, "privateAdminNotes": staff_notes.added(raw.privateAdminNotes, line)}
        await self._door.put(order_path(raw.id), body, key=key)
        with already_begun(key):
            return (await self._read(raw.id))[1]

    async def _noted(self, order_id: str, code: str) -> Order | None:
        raw, order = await self._read(order_id)
        return order if staff_notes.holds(raw.privateAdminNotes, code) else None

    async def _with_line(self, order_id: str, code: str, request: CaseRequest, key: str) -> Case:
        """The case as the store has it now; its line is written unless it is there already."""
        raw, order = await self._read(order_id)
        if not staff_notes.holds(raw.privateAdminNotes, code):
            notes = staff_notes.added(raw.privateAdminNotes, _line(code, request, order))
            await self._door.put(order_path(raw.id), {"privateAdminNotes": notes}, key=key, begun=True)
            raw, order = await self._read(order_id)
        case = next((case for case in order.cases if case.id == case_record.field_id(code)), None)
        if case is None:  # written, but not as we wrote it
            raise OutcomeUnknown(key)
        return case

    async def _wished(self, order: Order, request: CaseRequest) -> dict[str, Product]:
        products = {line.id: line.product_id for line in order.lines}
        return {item.line_id: await self._product(products[item.line_id]) for item in request.items}


def _line(code: str, request: CaseRequest, order: Order) -> str:
    """For staff: codes and the shopper's own words."""
    titles = {line.id: line.title for line in order.lines}
    items = [
        f"{item.quantity} x {titles[item.line_id]} ({item.line_id})"
        + (f" -> variant {item.new_variant_id}" if item.new_variant_id else "")
        for item in request.items
    ]
    wish = request.wish.value if request.wish else ""
    refund_to = f"refund_to {request.refund_to}" if request.refund_to else ""
    photos = f"photos {', '.join(request.photos)}" if request.photos else ""
    parts = (request.kind.value, staff_notes.now(), "; ".join(items), request.reason, wish, refund_to, photos)
    return staff_notes.line(code, "requested", *parts, request.note)
