"""May it be done by the shop's rules; if not, why (a code) and who can help."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel

from bot.orders.reasons import REFUSALS
from bot.store.models import Ability, Order

Self = TypeVar("Self", bound="JobData")


class JobData(BaseModel):
    """What a job hands out: frozen, and able to wait in a Rasa slot as plain JSON without losing a cent."""

    class Config:
        frozen = True
        extra = "forbid"
        json_encoders: ClassVar[dict[Any, Any]] = {Decimal: str}

    def to_slot(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.json())
        return data

    @classmethod
    def from_slot(cls: type[Self], data: dict[str, Any]) -> Self:
        """Raises ``pydantic.ValidationError`` (a ``ValueError``) for what ``to_slot`` did not write."""
        return cls.parse_obj(data)


class Helper(str, Enum):
    """Who can do what the shopper wants."""

    bot = "bot"
    person = "person"
    nobody = "nobody"


class Verdict(JobData):
    """``reason`` is a code ("already_shipped"), empty when allowed; ``details``: JSON-able facts for the sentence."""

    allowed: bool
    reason: str = ""
    helper: Helper = Helper.bot
    details: dict[str, Any] = {}


ALLOWED = Verdict(allowed=True)


def refused(reason: str, helper: Helper = Helper.nobody, **details: Any) -> Verdict:
    """``reason`` is one of ``bot.orders.reasons.REFUSALS``; ``ValueError`` for any other: it would have no words."""
    if reason not in REFUSALS:
        raise ValueError(f"{reason} is no refusal that bot.orders.reasons knows")
    return Verdict(allowed=False, reason=reason, helper=helper, details=details)


def supported(ability: Ability, abilities: frozenset[Ability] | None) -> Verdict:
    """What ``OrderApi.capabilities()`` lacks goes to a person; ``None`` means it was not asked."""
    if abilities is not None and ability not in abilities:
        return refused("not_supported", Helper.person, ability=ability.value)
    return ALLOWED


class Refused(Exception):
    """A preview was asked for what the rules do not allow; ``verdict`` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class ChangedMeanwhile(Exception):
    """What the shopper confirmed is no longer true; nothing was written.

    ``order`` is the order as it is now. ``verdict`` says why it can't be done any more; it is "allowed" when only the
    outcome differs (another amount, say): show a new preview then.
    """

    def __init__(self, order: Order, verdict: Verdict) -> None:
        super().__init__(verdict.reason or "outcome_differs")
        self.order = order
        self.verdict = verdict
