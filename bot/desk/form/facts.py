"""What an agent fills in or ticks for the bot: kept with who said so, until the conversation is handed back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.conversations.errors import NotOwner
from bot.conversations.lookup import hold_conversation
from bot.conversations.return_to_bot import PAYLOAD
from bot.conversations.tables import handoffs, turns
from bot.conversations.times import as_text
from bot.conversations.waiting import tell_agents
from bot.desk.people.agent import Agent
from bot.desk.people.audit import record
from bot.desk.tables import facts


@dataclass(frozen=True)
class Fact:
    """``value``: JSON, as ``bot.desk.form.field_values`` made it; ``shown``: as people read it."""

    slot: str
    value: Any
    shown: str
    agent_id: str
    agent_name: str


def facts_of(connection: Connection, conversation_id: str) -> dict[str, Fact]:
    """By slot, in the order they were filled in."""
    query = select(facts).where(facts.c.conversation_id == conversation_id).order_by(facts.c.at, facts.c.slot)
    return {
        row.slot: Fact(row.slot, row.value, row.shown, row.agent_id, row.agent_name)
        for row in connection.execute(query)
    }


def facts_json(connection: Connection, conversation_id: str) -> list[dict[str, Any]]:
    """``{slot, value, shown, by: {id, name}, at}`` each, in the order they were filled in."""
    query = select(facts).where(facts.c.conversation_id == conversation_id).order_by(facts.c.at, facts.c.slot)
    return [
        {
            "slot": row.slot,
            "value": row.value,
            "shown": row.shown,
            "by": {"id": row.agent_id, "name": row.agent_name},
            "at": as_text(row.at),
        }
        for row in connection.execute(query)
    ]


def keep_fact(
    connection: Connection, conversation_id: str, agent: Agent, slot: str, *, value: Any, shown: str, now: datetime
) -> None:
    """A later value takes the place of an earlier one. Raises ``NoConversation``, ``NotOwner``."""
    need_own(connection, conversation_id, agent)
    _put(connection, conversation_id, Fact(slot, value, shown, agent.id, agent.name), now)
    record(connection, agent, "filled_in", conversation_id, {"slot": slot, **_for_audit(slot, value, shown)}, now)
    tell_agents(connection, conversation_id)


def take_back(connection: Connection, conversation_id: str, agent: Agent, slot: str, now: datetime) -> bool:
    """Whether there was one. Raises ``NoConversation``, ``NotOwner``."""
    need_own(connection, conversation_id, agent)
    if not _drop(connection, conversation_id, slot):
        return False
    record(connection, agent, "took_back", conversation_id, {"slot": slot}, now)
    tell_agents(connection, conversation_id)
    return True


def take_all(connection: Connection, conversation_id: str) -> dict[str, Fact]:
    """They go to the bot now, and lie here no longer."""
    found = facts_of(connection, conversation_id)
    connection.execute(delete(facts).where(facts.c.conversation_id == conversation_id))
    return found


def restore_facts(connection: Connection, handoff_id: int, now: datetime) -> None:
    """A hand-back itself ended with a person (the bot is down, say): what the bot did not take lies here again."""
    row = connection.execute(
        select(handoffs.c.conversation_id, handoffs.c.record, turns.c.input)
        .join(turns, turns.c.id == handoffs.c.turn_id)
        .where(handoffs.c.id == handoff_id)
    ).first()
    if row is None or row.input.get("payload") != PAYLOAD:
        return
    taken, values = row.record.get("slots") or {}, row.input.get("values") or {}
    sent = values.get("slots") or {}
    for kept in values.get("facts") or []:
        slot = kept["slot"].partition(".")[0]
        if slot not in sent or taken.get(slot) != sent[slot]:
            _put(connection, row.conversation_id, Fact(**kept), now)


def slots_of(found: Mapping[str, Fact]) -> dict[str, Any]:
    """As the bot's slots have them."""
    slots: dict[str, Any] = {}
    for fact in found.values():
        slot, dot, code = fact.slot.partition(".")
        if dot:
            slots[slot] = {**slots.get(slot, {}), code: fact.value}
        elif slot == "order_id":
            slots |= {"order_id": fact.value["id"], "order_number": fact.value["number"]}
        else:
            slots[slot] = fact.value
    return slots


def need_own(connection: Connection, conversation_id: str, agent: Agent) -> None:
    """Holds the conversation. Raises ``NoConversation``, ``NotOwner``."""
    held = hold_conversation(connection, conversation_id)
    if held.owner.kind != "agent" or held.owner.id != agent.id:
        raise NotOwner(held.owner)


def _put(connection: Connection, conversation_id: str, fact: Fact, now: datetime) -> None:
    _drop(connection, conversation_id, fact.slot)
    connection.execute(
        insert(facts).values(
            conversation_id=conversation_id,
            slot=fact.slot,
            value=fact.value,
            shown=fact.shown,
            agent_id=fact.agent_id,
            agent_name=fact.agent_name,
            at=now,
        )
    )


def _drop(connection: Connection, conversation_id: str, slot: str) -> bool:
    gone = connection.execute(delete(facts).where(facts.c.conversation_id == conversation_id, facts.c.slot == slot))
    return bool(gone.rowcount)


def _for_audit(slot: str, value: Any, shown: str) -> dict[str, Any]:
    """Of an order its number; an address as it is, for the audit masks it."""
    return {"order": shown} if slot == "order_id" else {"value": value}
