"""What a job offers to the desk: may it be done, what it asks, what exactly would happen, doing it, telling it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ValidationError

from bot.orders.done import Done
from bot.orders.masked_preview import masked_preview
from bot.orders.policy import Policy
from bot.orders.policy_by_person import by_person
from bot.orders.verdict import JobData, Verdict
from bot.store.api import OrderApi
from bot.store.models import Ability, Order
from bot.wording.tongue import Tongue

V = TypeVar("V", bound="Values")

LONGEST = 1000  # characters of any text an agent gives


@dataclass(frozen=True)
class Counter:
    """What a job is done with: the store, the shop's rules, the moment, the conversation's photos (ids)."""

    api: OrderApi
    shop_policy: Policy
    now: datetime
    abilities: frozenset[Ability] | None = None
    photos: tuple[str, ...] = ()
    person: bool = True

    @property
    def policy(self) -> Policy:
        """The rules as whoever does the job may use them."""
        return by_person(self.shop_policy) if self.person else self.shop_policy

    def of_bot(self) -> Counter:
        """The same counter with the bot behind it."""
        return replace(self, person=False)


@dataclass(frozen=True)
class Told:
    """What the shopper reads once it is done: a response's name, its text, perhaps a card."""

    response: str
    text: str
    card: dict[str, Any] | None = None


@dataclass(frozen=True)
class Shown:
    """What an agent confirms: a title, and rows or old and new columns; what happens next, a sentence each."""

    title: str
    rows: list[dict[str, str]] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    next_steps: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        parts = {"rows": self.rows, "columns": self.columns}
        return {"title": self.title, **{name: part for name, part in parts.items() if part}}


class WrongValue(ValueError):
    """A value of the form is not what it should be; ``field`` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Values(BaseModel):
    """What an agent chose for a job; no text is longer than ``LONGEST``."""

    class Config:
        extra = "forbid"
        max_anystr_length = LONGEST


class DeskJob(ABC):
    """``name``: in the desk's API; ``of_bot``: the bot's name of the same job, in keys and words."""

    name: ClassVar[str]
    of_bot: ClassVar[str]

    @abstractmethod
    def verdict(self, order: Order, counter: Counter) -> Verdict:
        """May it be done at all?"""

    @abstractmethod
    async def form(self, order: Order, counter: Counter, tongue: Tongue) -> dict[str, Any]:
        """What it needs to know, ready to show; asked for only when it may be done."""

    @abstractmethod
    async def preview(self, order: Order, values: dict[str, Any], counter: Counter) -> JobData:
        """Exactly what would happen. Raises ``WrongValue``, ``Refused``, ``StoreError``."""

    @abstractmethod
    async def perform(self, data: dict[str, Any], counter: Counter, key: str) -> Done:
        """Do what ``data`` (a preview's ``to_slot``) says. Raises ``ChangedMeanwhile``, ``StoreError``."""

    @abstractmethod
    def shown(self, data: dict[str, Any], tongue: Tongue) -> Shown:
        """The preview for the agent."""

    @abstractmethod
    def told(self, done: Done, data: dict[str, Any], counter: Counter, tongue: Tongue) -> Told:
        """What was done, for the shopper."""

    def masked(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the audit and the list of what was tried keep of a preview."""
        return masked_preview(data)


def values_as(model: type[V], values: dict[str, Any]) -> V:
    """Raises ``WrongValue``."""
    try:
        return model.parse_obj(values)
    except ValidationError as error:
        raise WrongValue(".".join(str(part) for part in error.errors()[0]["loc"])) from error


def why_not(verdict: Verdict, tongue: Tongue) -> str:
    """A refusal as a sentence for an agent."""
    return why(verdict.reason, tongue, verdict.details)


def why(reason: str, tongue: Tongue, details: dict[str, Any] | None = None) -> str:
    """``why_not.<reason>`` of the desk's words; a reason that only the store knows is "other"."""
    until = (details or {}).get("until")
    key = f"why_not.{reason}" if reason in tongue.words.group("why_not") else "why_not.other"
    return tongue.words.text(
        key,
        until=tongue.formats.day(date.fromisoformat(until)) if until else tongue.words.text("when.unknown"),
        case=(details or {}).get("case") or "",
    )
