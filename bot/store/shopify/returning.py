"""Asks the shop's staff for a return, or opens an exchange.

A return is requested: staff approve or decline it. An exchange cannot be requested through the Admin API, so it is
opened at once, with the new items on it. Both carry our key in the note of each line.
"""

from __future__ import annotations

from collections import defaultdict

from pydantic import Field

from bot.store.case_check import check_items, check_refund_method
from bot.store.connection import already_begun
from bot.store.errors import Invalid, NotAllowed, OutcomeUnknown
from bot.store.models import Case, CaseItem, CaseKind, CaseRequest, Order
from bot.store.shopify.documents import returns
from bot.store.shopify.door import Door
from bot.store.shopify.ids import number
from bot.store.shopify.marks import key_mark, write_mark
from bot.store.shopify.order_reading import OrderReading
from bot.store.shopify.products import Products
from bot.store.shopify.refusals import refuse_return
from bot.store.shopify.return_cases import mark_of, return_case
from bot.store.shopify.return_reasons import ReturnReasons
from bot.store.shopify.returnable import Returnable
from bot.store.shopify.settings import Settings
from bot.store.shopify.shapes import Id, Shape, UserError
from bot.store.shopify.what_is_possible import was_sent

LONGEST_REQUEST_NOTE = 300  # of ReturnRequestLineItemInput.customerNote
LONGEST_RETURN_NOTE = 255  # of ReturnLineItemInput.returnReasonNote


class _Payload(Shape):
    return_: Id | None = Field(alias="return")
    user_errors: list[UserError]


class _Requested(Shape):
    return_request: _Payload


class _Created(Shape):
    return_create: _Payload


class Returning:
    def __init__(self, door: Door, reading: OrderReading, products: Products, settings: Settings) -> None:
        self._door = door
        self._reading = reading
        self._products = products
        self._returnable = Returnable(door)
        self._reasons = ReturnReasons(door, settings)

    async def look(self, order_id: str, key: str) -> Case | None:
        read = await self._reading.read(order_id)
        mine = [found for found in read.returns if mark_of(found).get("key") == key_mark(key)]
        return return_case(read.order.id, mine[0]) if mine else None

    async def write(self, order_id: str, request: CaseRequest, key: str) -> Case:
        order = await self._reading.order(order_id)
        was_sent(order)
        check_items(order, request.items)
        check_refund_method(order, request)
        exchange = request.kind is CaseKind.exchange
        if exchange:
            await self._check_variants(order, request.items)
        lines = await self._lines(order, request, key)
        if exchange:
            new = [{"variantId": item.new_variant_id, "quantity": item.quantity} for item in request.items]
            created: dict[str, object] = {"orderId": order.id, "returnLineItems": lines, "exchangeLineItems": new}
            await self._door.tell(
                returns.CREATE,
                {"returnInput": created},
                _Created,
                lambda answer: refuse_return(answer.return_create.user_errors),
                key=key,
            )
        else:
            await self._door.tell(
                returns.REQUEST,
                {"input": {"orderId": order.id, "returnLineItems": lines}},
                _Requested,
                lambda answer: refuse_return(answer.return_request.user_errors),
                key=key,
            )
        with already_begun(key):
            case = await self.look(order_id, key)
        if case is None:  # written, and not to be seen yet
            raise OutcomeUnknown(key)
        return case

    async def _lines(self, order: Order, request: CaseRequest, key: str) -> list[dict[str, object]]:
        """One for each parcel that an item's pieces went out in."""
        left = await self._returnable.pieces(order.id)
        reason = await self._reasons.input(request.reason)
        lines: list[dict[str, object]] = []
        for item in request.items:
            wanted = item.quantity
            for parcel_line in left.get(item.line_id, []):
                pieces = min(wanted, parcel_line.quantity)
                if pieces > 0:
                    note = self._note(request, item, key)
                    lines.append({"fulfillmentLineItemId": parcel_line.id, "quantity": pieces, **reason, **note})
                    parcel_line.quantity -= pieces
                    wanted -= pieces
            if wanted:
                raise NotAllowed("over_quantity")
        return lines

    def _note(self, request: CaseRequest, item: CaseItem, key: str) -> dict[str, str]:
        facts = {
            "kind": request.kind.value,
            "reason": request.reason,
            "wish": request.wish.value if request.wish else None,
            "variant": number(item.new_variant_id) if item.new_variant_id else None,
            "refund_to": request.refund_to,
        }
        if request.kind is CaseKind.exchange:
            note = write_mark(key, facts, words=request.note, longest=LONGEST_RETURN_NOTE)
            return {"returnReasonNote": note}
        return {"customerNote": write_mark(key, facts, words=request.note, longest=LONGEST_REQUEST_NOTE)}

    async def _check_variants(self, order: Order, items: list[CaseItem]) -> None:
        """Raises ``Invalid`` unless each new variant is of its line's product, ``NotAllowed`` where none is left."""
        wanted: dict[str, int] = defaultdict(int)
        for item in items:
            wanted[item.new_variant_id or ""] += item.quantity
        product_of = {line.id: line.product_id for line in order.lines}
        for item in items:
            product_id = product_of[item.line_id]
            variants = (await self._products.one(product_id)).variants if product_id else []
            variant = next((each for each in variants if each.id == item.new_variant_id), None)
            if variant is None:
                raise Invalid("new_variant_id")
            if not variant.available or (variant.stock is not None and 0 < variant.stock < wanted[variant.id]):
                raise NotAllowed("out_of_stock")
