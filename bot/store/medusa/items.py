"""Other variants for an order that is not packed: an order edit, asked for and confirmed at once."""

from __future__ import annotations

from typing import Any

from bot.store.errors import Invalid, NotAllowed
from bot.store.medusa.answers import Refused
from bot.store.medusa.catalogue import Catalogue, Shop
from bot.store.medusa.door import AdminApi, quoted
from bot.store.medusa.line_view import BEFORE, CHANGED_BY, STANDS_FOR, line_id
from bot.store.medusa.open_change import begin, note_of, remove_ours, undone_if_refused
from bot.store.medusa.raw_order import RawItem, RawOrder
from bot.store.medusa.rules import still_here
from bot.store.models import ItemChange, Line, Order, PaymentKind, Variant

PAID_WITH = "ramah_paid_with"  # in a new item's metadata: the payment method for the difference


async def change_items(shop: Shop, order_id: str, changes: list[ItemChange], method_id: str | None, key: str) -> Order:
    """What it makes dearer or cheaper stays open in Medusa ("outstanding amount") for staff to collect or refund."""
    api = shop.api
    raw = await api.order(order_id)
    order = await api.view(raw)
    still_here(order)
    if order.items_changed:
        raise NotAllowed("items_already_changed")
    wanted = {change.line_id: change.new_variant_id for change in changes}
    lines = {line.id: line for line in order.lines}
    if not changes or len(wanted) < len(changes) or not set(wanted) <= set(lines):
        raise Invalid("changes")
    if method_id is not None and method_id not in _methods(order):
        raise Invalid("payment_method_id")
    for changed, variant_id in wanted.items():
        await wanted_variant(shop.catalogue, lines[changed], variant_id, lines[changed].quantity, order.total.currency)
    items = [item for item in raw.items if item.detail.quantity and line_id(item) in wanted]
    opened = {"order_id": order_id, "internal_note": note_of(key)}
    await begin(api, order_id, lambda: api.post("/admin/order-edits", opened, key=key), key)
    path = f"/admin/order-edits/{quoted(order_id)}"
    try:
        async with undone_if_refused(api, path, key):
            for item in items:
                await api.post(f"{path}/items/item/{quoted(item.id)}", {"quantity": 0}, key=key)
            added = [_instead_of(item, wanted[line_id(item)], method_id, key) for item in items]
            await api.post(f"{path}/items", {"items": added}, key=key)
            await api.post(f"{path}/request", {}, key=key)
            await api.post(f"{path}/confirm", {}, key=key)
            return await api.view(await api.order(order_id))
    except Refused as refusal:
        still_here(await api.view(await api.order(order_id)))  # somebody was quicker
        raise NotAllowed("out_of_stock") from refusal  # the one thing left that Medusa itself looks at


async def items_changed(api: AdminApi, order_id: str, key: str) -> Order | None:
    """The order, if the write under this key took effect; what it left half done is removed."""
    raw = await api.order(order_id)
    if _by(raw, key):
        return await api.view(raw)
    await remove_ours(api, order_id, key)
    return None


async def wanted_variant(catalogue: Catalogue, line: Line, variant_id: str, quantity: int, currency: str) -> Variant:
    """The variant that shall take a line's place.

    Raises:
        Invalid: it is no variant of that product, or the very same.
        NotAllowed: "out_of_stock".
    """
    for variant in await catalogue.variants_of(line.product_id, currency):
        if variant.id == variant_id != line.variant_id:
            if not variant.available or (variant.stock is not None and variant.stock < quantity):
                raise NotAllowed("out_of_stock")
            return variant
    raise Invalid("new_variant_id")


def _instead_of(item: RawItem, variant_id: str, method_id: str | None, key: str) -> dict[str, Any]:
    kept = {name: item.metadata[name] for name in ("final_sale",) if name in item.metadata}
    told = {STANDS_FOR: line_id(item), CHANGED_BY: key, BEFORE: str(item.unit_price), PAID_WITH: method_id or ""}
    return {"variant_id": variant_id, "quantity": item.detail.quantity, "metadata": {**kept, **told}}


def _by(raw: RawOrder, key: str) -> bool:
    return any(item.metadata.get(CHANGED_BY) == key and item.detail.quantity for item in raw.items)


def _methods(order: Order) -> set[str]:
    return {payment.method_id for payment in order.payments if payment.kind is PaymentKind.payment}
