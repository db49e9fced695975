"""All that a form view is made of, and that an agent's value is checked against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy.engine import Connection

from bot.desk.form.facts import Fact, facts_of
from bot.desk.form.form_fields import Forms
from bot.desk.form.form_state import FormState, form_state
from bot.desk.orders.order_jobs import photos_sent
from bot.orders.address_talk import AddressTalk
from bot.orders.policy import Policy
from bot.orders.product_words import ProductWords
from bot.store.models import Order
from bot.wording.tongue import Tongue

# Answers that another order makes wrong.
OF_THE_ORDER = ("return_items", "return_conditions", "return_variants", "conditions_given", "problem_items")


@dataclass(frozen=True)
class FormRules:
    """What does not depend on the conversation. ``words``: what shoppers call the products; ``talk``: what they say
    around an address, in every language."""

    forms: Forms
    policy: Policy
    words: ProductWords
    talk: AddressTalk


@dataclass(frozen=True)
class Known:
    """All that a form view is made of: what the bot has, what agents filled in, the order that it is about."""

    forms: Forms
    policy: Policy
    tongue: Tongue
    state: FormState
    facts: Mapping[str, Fact]
    order: Order | None  # masked
    photos: tuple[str, ...]  # that the shopper sent here
    form: str
    same_order: bool  # the order is the bot's still

    def slot(self, name: str) -> Any:
        """What the bot has, as far as it still fits."""
        return self.state.slots.get(name) if self.same_order or name not in OF_THE_ORDER else None

    def value(self, name: str) -> Any:
        """An agent's value, else the bot's."""
        fact = self.facts.get(name)
        return fact.value if fact is not None else self.slot(name)


def known_of(connection: Connection, conversation_id: str, rules: FormRules, tongue: Tongue, job: str = "") -> Known:
    """``job``: another than the one that is open, as an agent may begin it."""
    state, facts = form_state(connection, conversation_id), facts_of(connection, conversation_id)
    named = facts.get("order_id")
    snapshot = state.slots.get("order_snapshot") or {}
    order = _order(named.value.get("order") if named else snapshot.get("order"))
    return Known(
        forms=rules.forms,
        policy=rules.policy,
        tongue=tongue,
        state=state,
        facts=facts,
        order=order,
        photos=photos_sent(connection, conversation_id),
        form=rules.forms.form_of(job) if job else state.form,
        same_order=named is None or named.value["id"] == state.slots.get("order_id"),
    )


def _order(data: Any) -> Order | None:
    """None for what an older release wrote differently."""
    try:
        return Order.parse_obj(data) if data else None
    except ValidationError:
        return None
