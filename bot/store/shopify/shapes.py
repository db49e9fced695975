"""What answers of the API look like, as far as it is asked for. What is missing here makes an answer nonsense."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Generic, TypeVar

from pydantic import BaseModel
from pydantic.generics import GenericModel

from bot.store.money import Money

Node = TypeVar("Node")


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.capitalize() for each in others)


class Shape(BaseModel):
    class Config:
        alias_generator = camel
        frozen = True


class PageInfo(Shape):
    has_next_page: bool
    end_cursor: str | None


class Nodes(GenericModel, Generic[Node]):
    nodes: list[Node]


class Page(GenericModel, Generic[Node]):
    nodes: list[Node]
    page_info: PageInfo

    class Config:
        alias_generator = camel


class Id(Shape):
    id: str


class Amount(Shape):
    amount: Decimal
    currency_code: str


class MoneyBag(Shape):
    """Prices in the shop's own currency; what the buyer's currency shows is not asked for."""

    shop_money: Amount

    @property
    def money(self) -> Money:
        return Money(amount=self.shop_money.amount, currency=self.shop_money.currency_code)


class UserError(Shape):
    """A refusal. ``field`` is a path into the input; ``code`` is there for some mutations only."""

    field: list[str] | None
    message: str
    code: str | None = None


class Url(Shape):
    url: str


class Option(Shape):
    name: str
    value: str


def options(selected: Sequence[Option]) -> dict[str, str]:
    """A product without variants has one all the same, whose only option is "Title: Default Title"."""
    return {each.name: each.value for each in selected if (each.name, each.value) != ("Title", "Default Title")}


class Timed(Shape):
    created_at: datetime
