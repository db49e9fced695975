"""The order a shopper may see: proved in this conversation, or the signed-in customer's own."""

from __future__ import annotations

from actions.notes import Notes
from actions.shop import the_shop
from actions.turn import Turn
from bot.orders.snapshot import snapshot_of
from bot.store.errors import NotFound
from bot.store.models import Order


async def order_in_hand(notes: Notes, turn: Turn) -> Order | None:
    """The order that ``order_id`` names, as this turn sees it; ``None`` when there is none or it is not this shopper's.

    Raises ``bot.store.errors.StoreError`` when the store can't answer.
    """
    return await _theirs(str(notes["order_id"]), notes, turn) if notes["order_id"] else None


async def take_chosen(order_id: str, notes: Notes, turn: Turn) -> bool:
    """Take the order that a button named, if it is this shopper's."""
    order = await _theirs(order_id, notes, turn)
    if order is not None:
        take(order, notes)
    return order is not None


async def _theirs(order_id: str, notes: Notes, turn: Turn) -> Order | None:
    proved = order_id in (notes["proved_orders"] or [])
    if not proved and turn.customer is None:
        return None
    try:
        order = await the_shop().looks.order(order_id, turn)
    except NotFound:
        return None
    own = turn.customer is not None and order.customer.id == turn.customer.id
    return order if proved or own else None


def take(order: Order, notes: Notes) -> None:
    """Make a proved order the one in hand."""
    notes["order_id"] = order.id
    notes["order_number"] = order.number
    if notes["narrowed_orders"]:
        notes.forget("narrowed_orders")
    proved = list(notes["proved_orders"] or [])
    if order.id not in proved:
        notes["proved_orders"] = [*proved, order.id]
    keep_snapshot(order, notes)


def keep_snapshot(order: Order, notes: Notes) -> None:
    shop = the_shop()
    notes["order_snapshot"] = snapshot_of(order, shop.now(), pepper=shop.settings.pepper)
