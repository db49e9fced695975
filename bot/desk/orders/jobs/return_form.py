"""What a return asks an agent: items, reason, conditions, photos, wish, and what an item can be exchanged for."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from bot.desk.orders.jobs.job import Counter
from bot.orders.exchange import exchange_choices
from bot.orders.return_rules import ReturnItem, condition_questions, photo_needed, wish_choices
from bot.orders.returnable import ReturnableItem
from bot.store.errors import NotFound
from bot.store.models import Ability, Order, Product, Wish
from bot.wording.order_card import options_text
from bot.wording.tongue import Tongue


async def return_form(
    order: Order,
    items: list[ReturnableItem],
    *,
    reasons: list[str],
    wishes: Collection[Wish],
    counter: Counter,
    tongue: Tongue,
) -> dict[str, Any]:
    """``wishes``: those that the job offers."""
    words, policy = tongue.words, counter.policy
    offered = {
        code: [wish for wish in wish_choices(code, policy, counter.abilities) if wish in wishes] for code in reasons
    }
    exchanges = any(Wish.exchange in each for each in offered.values())
    products = await products_of(order, {item.line_id for item in items if item.quantity}, counter) if exchanges else {}
    return {
        "items": [_item(item, order, products, tongue) for item in items],
        "reasons": [
            {
                "code": code,
                "label": words.label("return_reason", code),
                "photo": photo_needed(code, policy),
                "wishes": [wish.value for wish in offered[code]],
                "conditions": {
                    item.line_id: condition_questions(
                        order, (ReturnItem(line_id=item.line_id, quantity=1),), code, policy
                    )
                    for item in items
                    if item.quantity
                },
            }
            for code in reasons
            if offered[code]
        ],
        "wishes": {wish.value: words.label("return_wish", wish.value) for wish in wishes},
        "conditions": {code: words.label("condition", code) for code in policy.returns.conditions},
        "photos": list(counter.photos),
        "note": True,
    }


async def products_of(order: Order, line_ids: set[str], counter: Counter) -> dict[str, Product]:
    """The products of these lines, by id; what the store no longer sells is left out. Raises ``StoreError``."""
    if counter.abilities is not None and Ability.products not in counter.abilities:
        return {}
    wanted = sorted({line.product_id for line in order.lines if line.id in line_ids})

    async def known(product_id: str) -> Product | None:
        try:
            return await counter.api.product(product_id)
        except NotFound:
            return None

    found = await asyncio.gather(*(known(product_id) for product_id in wanted))
    return {product.id: product for product in found if product is not None}


def _item(item: ReturnableItem, order: Order, products: dict[str, Product], tongue: Tongue) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "line_id": item.line_id,
        "title": item.title,
        "options": options_text(item.options, tongue),
        "price": tongue.formats.money(item.unit_price),
        "most": item.quantity,
    }
    if item.image:
        shown["image"] = item.image
    if item.until:
        shown["until"] = item.until.isoformat()
    if item.why_not:
        shown["why_not"] = {"reason": item.why_not, "sentence": tongue.words.label("item_why_not", item.why_not)}
    product = products.get(item.product_id)
    if product is not None and item.quantity:
        line = next(line for line in order.lines if line.id == item.line_id)
        shown["exchange"] = [
            {
                "variant_id": choice.variant_id,
                "label": options_text(choice.options, tongue),
                "price": tongue.formats.money(choice.price),
                "difference": tongue.formats.money(choice.difference) if choice.difference is not None else None,
            }
            for choice in exchange_choices(product, line)
        ]
    return shown
