"""Medusa's order items as an order's lines."""

from __future__ import annotations

from bot.store.medusa.raw_order import RawItem, RawOrder
from bot.store.models import Line
from bot.store.money import Money

STANDS_FOR = "ramah_line"  # in an item's metadata: the id of the line whose place it took
CHANGED_BY = "ramah_key"  # beside it: the key of that change
BEFORE = "ramah_price"  # beside it: what one piece of the old item cost


def bought(raw: RawOrder, claimed: frozenset[str]) -> list[RawItem]:
    """The items that were bought: neither taken out again nor sent in a claim or an exchange.

    Args:
        claimed: ids of items that claims send.
    """
    sent = claimed | {
        item.item_id for each in raw.returns if each.exchange is not None for item in each.exchange.additional_items
    }
    return [item for item in raw.items if item.detail.quantity > 0 and item.id not in sent]


def line_id(item: RawItem) -> str:
    """A line keeps its id when another variant takes its place; Medusa makes a new item then."""
    return str(item.metadata.get(STANDS_FOR) or item.id)


def line_view(item: RawItem, returned: int, currency: str) -> Line:
    return Line(
        id=line_id(item),
        product_id=item.product_id or "",
        variant_id=item.variant_id or "",
        title=item.product_title or item.title,
        options=options_of(item),
        category=item.product_type or "",
        quantity=item.detail.quantity,
        shipped_quantity=item.detail.shipped_quantity,
        returned_quantity=returned,
        unit_price=Money(amount=item.unit_price, currency=currency),
        final_sale=item.metadata.get("final_sale") is True,
        image=item.thumbnail or "",
    )


def options_of(item: RawItem) -> dict[str, str]:
    """As they were when it was bought, else as the variant has them today; in the order of the variant's name."""
    values = item.variant.options if item.variant else []
    options = item.variant_option_values or {value.option.title: value.value for value in values}
    # Medusa keeps them without an order of their own; its names ("sand / M") have the product's.
    named = [part.strip() for part in (item.variant_title or "").split("/")]
    return dict(sorted(options.items(), key=lambda each: named.index(each[1]) if each[1] in named else len(named)))
