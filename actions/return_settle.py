"""What of a return need not be asked: settled by the order, the shop's rules, or what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.hearing import Hearing
from actions.notes import Notes
from actions.return_slots import ReturnSlots
from actions.shop import the_shop
from bot.orders.return_rules import condition_questions, photo_needed, wish_choices
from bot.orders.returnable import ReturnableItem
from bot.store.models import Order, Wish


def settle(order: Order, slots: ReturnSlots, items: Sequence[ReturnableItem], notes: Notes) -> None:
    """Fill what is clear, empty what a changed answer made wrong."""
    open_items = [item for item in items if item.quantity > 0]
    if not notes[slots.items] and len(open_items) == 1 and open_items[0].quantity == 1:
        notes[slots.items] = [{"id": open_items[0].line_id, "quantity": 1}]
    reason = notes[slots.reason]
    if reason is None:
        return
    _settle_photos(reason, slots, notes)
    _settle_wish(reason, slots, notes)
    if notes[slots.items]:
        _settle_conditions(order, reason, slots, notes)
        _settle_variants(slots, notes)


def picked_items(heard: Hearing, slots: ReturnSlots, items: Sequence[ReturnableItem]) -> list[dict[str, Any]]:
    """What was picked on the card or tapped; anything that may not go back is left out."""
    if (tapped := heard.value(slots.item_entity)) is not None:
        return [{"id": item.line_id, "quantity": 1} for item in items if item.line_id == tapped]
    return pieces_of(heard.turn.values.get("items") if heard.intent == "submit" else None, items)


def pieces_of(picked: Any, items: Sequence[ReturnableItem]) -> list[dict[str, Any]]:
    """``[{"id", "quantity"}]`` as far as it names items, and no more pieces than there are."""
    most = {item.line_id: item.quantity for item in items}
    return [
        {"id": each["id"], "quantity": min(each["quantity"], most[each["id"]])}
        for each in (picked if isinstance(picked, list) else [])
        if isinstance(each, dict) and each.get("id") in most and type(each.get("quantity")) is int
        if each["quantity"] > 0
    ]


def _settle_photos(reason: str, slots: ReturnSlots, notes: Notes) -> None:
    seen = notes["photos_seen"] or []
    if not photo_needed(reason, the_shop().policy):
        notes[slots.photos] = list(seen)
    else:
        notes[slots.photos] = list(seen) or None


def _settle_wish(reason: str, slots: ReturnSlots, notes: Notes) -> None:
    choices = [wish.value for wish in wish_choices(reason, the_shop().policy)]
    if slots.variants is None:  # an exchange for another size is a return
        choices = [wish for wish in choices if wish != Wish.exchange.value]
    if notes[slots.wish] not in choices:
        notes[slots.wish] = choices[0] if len(choices) == 1 else None


def _settle_conditions(order: Order, reason: str, slots: ReturnSlots, notes: Notes) -> None:
    if slots.conditions is None:
        return
    codes = condition_questions(order, slots.chosen(notes), reason, the_shop().policy)
    given = {code: answer for code, answer in (notes["conditions_given"] or {}).items() if code in codes}
    notes["conditions_open"] = codes
    notes[slots.conditions] = given if set(given) == set(codes) else None


def _settle_variants(slots: ReturnSlots, notes: Notes) -> None:
    if slots.variants is None:
        return
    wanted = {item["id"] for item in notes[slots.items]}
    given = {line: variant for line, variant in (notes["variants_given"] or {}).items() if line in wanted}
    exchange = notes[slots.wish] == Wish.exchange.value
    notes[slots.variants] = given if not exchange or set(given) == wanted else None
