"""The demo shop's catalogue and words, for rules about products."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.demo_store.generator.shop_data import generate
from bot.demo_store.ramah.catalogue import product_view
from bot.orders.product_words import ProductWords, product_words
from bot.orders.recommend import RecommendRules, recommend_rules
from bot.store.models import Line, Product
from tests.orders.made_up import TODAY, money

DATA = Path(__file__).parents[2] / "data"


def words() -> ProductWords:
    return product_words(DATA / "products.yml")


def rules() -> RecommendRules:
    return recommend_rules(DATA / "recommend.yml")


@lru_cache(maxsize=1)
def catalogue() -> tuple[Product, ...]:
    return tuple(product_view(body) for body in generate(TODAY, 1)["products"])


def product(id: str) -> Product:
    return next(each for each in catalogue() if each.id == id)


def bought(id: str, *values: str, line_id: str = "l1", quantity: int = 1, returned: int = 0) -> Line:
    """A line of an order: the variant of a product with these values."""
    of = product(id)
    variant = next(each for each in of.variants if tuple(each.options.values()) == values)
    return Line(
        id=line_id,
        product_id=of.id,
        variant_id=variant.id,
        title=of.title,
        options=variant.options,
        category=of.category,
        quantity=quantity,
        returned_quantity=returned,
        unit_price=money(str(variant.price.amount)),
    )
