"""Money as shops count it: an exact decimal amount and its ISO 4217 currency."""

from __future__ import annotations

from decimal import Decimal

from pydantic import BaseModel, Field


class Money(BaseModel):
    """An amount in major units (``Decimal("19.90")`` is nineteen ringgit ninety) with its currency.

    Raises:
        ValueError: when two amounts of different currencies meet.
    """

    amount: Decimal
    currency: str = Field(min_length=3, max_length=3)

    class Config:
        frozen = True

    def __add__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other)
        return Money(amount=self.amount - other.amount, currency=self.currency)

    def __mul__(self, times: int) -> Money:
        return Money(amount=self.amount * times, currency=self.currency)

    def _same_currency(self, other: Money) -> None:
        if other.currency != self.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")
