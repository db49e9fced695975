"""The kinds of values a policy file is written in: ranges of days, amounts by currency."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from bot.store.money import Money

CURRENCY = re.compile(r"^[A-Z]{3}$")


class Rule(BaseModel):
    class Config:
        frozen = True
        extra = "forbid"


class DayRange(Rule):
    """From ``earliest`` to ``latest`` days; written ``[earliest, latest]`` in the file."""

    earliest: int
    latest: int

    @classmethod
    def validate(cls, value: Any) -> DayRange:
        if isinstance(value, DayRange):
            return value
        if isinstance(value, dict):
            value = [value.get("earliest"), value.get("latest")]
        if not (isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)):
            raise ValueError("must be two whole numbers of days, like [1, 3]")
        if not 0 <= value[0] <= value[1] <= 365:
            raise ValueError("must be two numbers of days from 0 to 365, the smaller first, like [1, 3]")
        return cls(earliest=value[0], latest=value[1])


class Amounts(dict[str, Decimal]):
    """A limit per currency."""

    @classmethod
    def __get_validators__(cls) -> Any:
        yield cls.validate

    @classmethod
    def validate(cls, value: Any) -> Amounts:
        if not isinstance(value, dict):
            raise TypeError("must be amounts by currency, like {MYR: 300, SGD: 100}")
        limits = cls()
        for currency, amount in value.items():
            if not CURRENCY.match(str(currency)):
                raise ValueError(f'"{currency}" is no currency code of three capital letters, like MYR')
            if isinstance(amount, bool) or not isinstance(amount, int | float | Decimal) or amount < 0:
                raise ValueError(f"the amount for {currency} must be a number of 0 or more")
            limits[str(currency)] = Decimal(str(amount))
        return limits

    def covers(self, money: Money) -> bool:
        return money.amount <= self.get(money.currency, Decimal(0))
