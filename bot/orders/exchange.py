"""What an item can be exchanged for: other variants of the same product that are there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.orders.verdict import Helper, JobData, Refused, refused
from bot.store.models import Line, Order, Product, Variant
from bot.store.money import Money

if TYPE_CHECKING:
    from bot.orders.return_rules import ReturnItem


class ExchangeChoice(JobData):
    """``difference`` a piece: more than 0 is for the shopper to pay, less is paid back.

    ``None``: the store's catalogue is in another currency than the order, and the prices differ there.
    """

    variant_id: str
    options: dict[str, str]
    price: Money
    difference: Money | None


def exchange_choices(product: Product, line: Line, quantity: int = 1) -> list[ExchangeChoice]:
    """Other variants with at least ``quantity`` pieces in stock, those of the same price first."""
    choices = [
        ExchangeChoice(
            variant_id=variant.id,
            options=variant.options,
            price=variant.price,
            difference=_difference(product, variant, line),
        )
        for variant in product.variants
        if product.id == line.product_id and variant.id != line.variant_id and _in_stock(variant, quantity)
    ]
    return sorted(choices, key=_same_price_first)


def exchange_difference(order: Order, items: tuple[ReturnItem, ...], products: Mapping[str, Product]) -> Money | None:
    """What all the new pieces cost more than the old ones; ``None``: unknown.

    Raises ``Refused``: variant_needed, variant_unavailable.
    """
    total = Money(amount=order.total.amount * 0, currency=order.total.currency)
    differences = [(chosen(order, item, products).difference, item.quantity) for item in items]
    for difference, quantity in differences:
        if difference is None:
            return None
        total += difference * quantity
    return total


def chosen(order: Order, item: ReturnItem, products: Mapping[str, Product]) -> ExchangeChoice:
    """Raises ``Refused``: variant_needed, variant_unavailable (``details["line_id"]``)."""
    line = next(line for line in order.lines if line.id == item.line_id)
    if item.new_variant_id is None:
        raise Refused(refused("variant_needed", Helper.bot, line_id=line.id))
    product = products.get(line.product_id)
    choices = exchange_choices(product, line, item.quantity) if product else []
    for choice in choices:
        if choice.variant_id == item.new_variant_id:
            return choice
    raise Refused(refused("variant_unavailable", Helper.bot, line_id=line.id))


def _in_stock(variant: Variant, quantity: int) -> bool:
    return variant.available and (variant.stock is None or variant.stock >= quantity)


def _difference(product: Product, variant: Variant, line: Line) -> Money | None:
    if variant.price.currency == line.unit_price.currency:
        return variant.price - line.unit_price
    old = next((each.price for each in product.variants if each.id == line.variant_id), None)
    return line.unit_price - line.unit_price if old == variant.price else None


def _same_price_first(choice: ExchangeChoice) -> tuple[bool, bool, Decimal]:
    amount = choice.difference.amount if choice.difference else Decimal(0)
    return (choice.difference is None, amount != 0, amount)
