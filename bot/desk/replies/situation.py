"""How a conversation stands: what suggestions are chosen by, and what canned replies are filled with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError
from sqlalchemy import and_, func, select
from sqlalchemy.engine import Connection

from bot.conversations.lookup import get_conversation
from bot.conversations.tables import conversations, handoffs, messages, turns
from bot.conversations.turns import last_engine_state
from bot.desk.tables import facts
from bot.languages import language_of
from bot.orders.policy import Policy
from bot.orders.track import Tracking, track
from bot.store.api import OrderApi
from bot.store.errors import StoreError
from bot.store.models import Order

PATIENCE = 1.5  # seconds for the store
# Intents that do not say what it is about.
_ABOUT_NOTHING = (
    *("talk_to_person", "upset", "complaint", "abuse", "leave_email", "hand_back", "greet", "thanks", "bye"),
    *("inform", "choose", "submit", "affirm", "deny", "correct", "give_reason", "give_wish", "dont_know"),
    *("send_photo", "no_photo", "explain", "stop", "switch_language", "bot_challenge", "small_talk", "nlu_fallback"),
)


@dataclass(frozen=True)
class Situation:
    """``slots``: the bot's, with what an agent filled in over them. Minutes since then; None: not so."""

    conversation_id: str
    language: str
    locale: str
    time_zone: str
    owner: Literal["bot", "queue", "me", "other"]
    status: str
    reason: str
    waiting: float | None  # minutes that the shopper waits for a person
    silent: float | None  # minutes since the last message, an agent's
    answered: bool  # a person has written since the handoff
    intent: str
    slots: Mapping[str, Any]
    form: str | None
    asks: str | None
    tried: tuple[Mapping[str, Any], ...]
    customer: bool  # signed in
    shopper: str  # the name, as far as the log has it
    email: str  # where an answer reaches them
    order_id: str | None
    order: Order | None = None  # as the shopper saw it, or as it is now
    tracking: Tracking | None = None
    order_is_now: bool = False

    @property
    def job(self) -> str:
        return str(self.slots.get("job") or self.slots.get("last_job") or "")

    def with_order(self, order: Order, policy: Policy, now: datetime, *, is_now: bool = True) -> Situation:
        return replace(self, order=order, tracking=track(order, policy, now), order_is_now=is_now)


def situation_of(
    connection: Connection, conversation_id: str, agent_id: str, policy: Policy, now: datetime
) -> Situation:
    """Raises ``NoConversation``. The order is the one of the snapshot: see ``Situation.with_order``."""
    held = get_conversation(connection, conversation_id)
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).one()
    handoff = connection.execute(
        select(handoffs).where(handoffs.c.conversation_id == conversation_id).order_by(handoffs.c.id.desc()).limit(1)
    ).first()
    record = handoff.record if handoff is not None and held.owner.kind != "bot" else _of_engine(connection, held.id)
    filled = _filled_in(connection, conversation_id)
    slots = {**(record.get("slots") or {}), **filled}
    form = record.get("form") or {}
    last = _last_message(connection, conversation_id)
    owner: Any = held.owner.kind
    if owner == "agent":
        owner = "me" if held.owner.id == agent_id else "other"
    seen = _order_of(record.get("order_snapshot"))
    chosen = filled.get("order_id")
    situation = Situation(
        conversation_id=conversation_id,
        language=language_of(held.speaks),
        locale=held.locale,
        time_zone=held.time_zone,
        owner=owner,
        status=held.status,
        reason=held.reason if owner != "bot" else "",
        waiting=_minutes(row.waiting_since, now),
        silent=_minutes(last.at, now) if last is not None and last.author_kind == "agent" else None,
        answered=_answered(connection, conversation_id, handoff.to_seq if handoff is not None else 0),
        intent=_intent(connection, conversation_id),
        slots=slots,
        form=form.get("name"),
        asks=form.get("asks"),
        tried=tuple(each for each in record.get("tried") or () if isinstance(each, Mapping)),
        customer=held.customer is not None,
        shopper=held.customer.name if held.customer else "",
        email=_contact(connection, conversation_id) or (held.customer.email if held.customer else ""),
        order_id=chosen if isinstance(chosen, str) else seen.id if seen else None,
    )
    # The snapshot of another order than the one that the agent chose would tell the wrong story.
    if seen is None or seen.id != situation.order_id:
        return situation
    return situation.with_order(seen, policy, now, is_now=False)


async def freshened(situation: Situation, store: OrderApi, policy: Policy, now: datetime) -> Situation:
    """With the order as it is now, if the store answers while a person waits for their page."""
    if situation.order_id is None:
        return situation
    try:
        order = await asyncio.wait_for(store.get_order(situation.order_id), PATIENCE)
    except (StoreError, asyncio.TimeoutError):
        return situation
    return situation.with_order(order, policy, now)


def _of_engine(connection: Connection, conversation_id: str) -> dict[str, Any]:
    state = last_engine_state(connection, conversation_id)
    slots = state.get("slots") or {}
    return {
        "slots": slots,
        "form": state.get("form"),
        "tried": slots.get("tried"),
        "order_snapshot": slots.get("order_snapshot"),
    }


def _filled_in(connection: Connection, conversation_id: str) -> dict[str, Any]:
    query = select(facts.c.slot, facts.c.value).where(facts.c.conversation_id == conversation_id)
    return {row.slot: row.value for row in connection.execute(query)}


def _last_message(connection: Connection, conversation_id: str) -> Any:
    return connection.execute(
        select(messages.c.author_kind, messages.c.at)
        .where(messages.c.conversation_id == conversation_id, messages.c.author_kind != "system")
        .order_by(messages.c.seq.desc())
        .limit(1)
    ).first()


def _answered(connection: Connection, conversation_id: str, after: int) -> bool:
    by_person = and_(messages.c.conversation_id == conversation_id, messages.c.author_kind == "agent")
    last = connection.execute(select(func.max(messages.c.seq)).where(by_person)).scalar()
    return last is not None and int(last) > after


def _intent(connection: Connection, conversation_id: str) -> str:
    found = connection.execute(
        select(turns.c.intent)
        .where(
            turns.c.conversation_id == conversation_id,
            turns.c.intent.notin_(_ABOUT_NOTHING),
        )
        .order_by(turns.c.message_seq.desc())
        .limit(1)
    ).scalar()
    return str(found or "")


def _contact(connection: Connection, conversation_id: str) -> str:
    left = (
        select(handoffs.c.contact_email)
        .where(handoffs.c.conversation_id == conversation_id, handoffs.c.contact_email.isnot(None))
        .order_by(handoffs.c.id.desc())
        .limit(1)
    )
    return str(connection.execute(left).scalar() or "")


def _order_of(snapshot: Any) -> Order | None:
    """The order in a snapshot; its personal data is masked. None for what an older release wrote differently."""
    if not isinstance(snapshot, Mapping):
        return None
    try:
        return Order.parse_obj(snapshot.get("order"))
    except ValidationError:
        return None


def _minutes(since: datetime | None, now: datetime) -> float | None:
    return (now - since).total_seconds() / 60 if since is not None else None
