"""All that is known of a conversation, as one JSON document (``docs/handoff-context.schema.json``), for another desk.

Nothing in it opens anything: buttons and cards come without their tokens.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.errors import NoConversation
from bot.conversations.records import Message
from bot.conversations.replay import message_of_row
from bot.conversations.tables import conversations, handoffs, messages, owner_changes
from bot.conversations.times import as_text
from bot.conversations.turns import last_engine_state
from bot.desk.form.facts import facts_json
from bot.desk.shoppers.shopper import Shopper, shopper_of
from bot.desk.tables import labels
from bot.languages import language_of

VERSION = 1
MOST_MESSAGES = 1000  # the latest; how many came before is told

# Slots that stand in the document under names of their own.
_ELSEWHERE = frozenset({"order_snapshot", "tried", "proved_orders"})


def context_of(connection: Connection, conversation_id: str) -> dict[str, Any]:
    """Raises ``NoConversation``."""
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).first()
    if row is None:
        raise NoConversation
    handoff = connection.execute(
        select(handoffs).where(handoffs.c.conversation_id == conversation_id).order_by(handoffs.c.id.desc()).limit(1)
    ).first()
    record = _record(connection, row, handoff)
    slots = record.get("slots") or {}
    transcript = _transcript(connection, conversation_id)
    return {
        "version": VERSION,
        "conversation": _conversation(row),
        "shopper": _shopper(shopper_of(connection, conversation_id)),
        "handoff": _handoff(handoff),
        "form": record.get("form"),
        "slots": {name: value for name, value in slots.items() if name not in _ELSEWHERE},
        "tried": record.get("tried") or [],
        "order": record.get("order_snapshot"),
        "facts": facts_json(connection, conversation_id),
        "labels": list(
            connection.execute(
                select(labels.c.label).where(labels.c.conversation_id == conversation_id).order_by(labels.c.label)
            ).scalars()
        ),
        "owners": _owners(connection, conversation_id),
        "transcript": transcript,
        "earlier_messages": transcript[0]["seq"] - 1 if transcript else 0,
    }


def _record(connection: Connection, row: Any, handoff: Any) -> dict[str, Any]:
    """While people have it, the latest handoff's; while the bot has it, what its engine last told."""
    if handoff is not None and row.owner_kind != "bot":
        return dict(handoff.record)
    state = last_engine_state(connection, row.id)
    slots = state.get("slots") or {}
    return {
        "order_snapshot": slots.get("order_snapshot"),
        "slots": slots,
        "form": state.get("form"),
        "tried": slots.get("tried") or [],
    }


def _conversation(row: Any) -> dict[str, Any]:
    order = None
    if row.order_number:
        order = {"number": row.order_number, "value": row.order_value, "currency": row.order_currency}
    return {
        "id": row.id,
        "created_at": as_text(row.created_at),
        "last_message_at": _moment(row.last_message_at),
        "status": row.status,
        "owner": {"kind": row.owner_kind, "id": row.owner_id, "name": row.owner_name},
        "owner_since": as_text(row.owner_since),
        "language": language_of(row.language or row.locale),
        "locale": row.locale,
        "time_zone": row.time_zone,
        "team": row.team,
        "order": order,
        "waiting_since": _moment(row.waiting_since),
        "due_at": _moment(row.due_at),
        "resolved_at": _moment(row.resolved_at),
    }


def _shopper(shopper: Shopper) -> dict[str, Any]:
    return {
        "kind": shopper.kind,
        "name": shopper.name or None,
        "customer_id": shopper.customer_id,
        "known_customer_id": shopper.known_customer_id,
        "verified_email": shopper.email or None,
        "contact_email": shopper.contact_email,
        "proved_orders": list(shopper.proved_orders),
    }


def _handoff(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "id": row.id,
        "reason": row.reason,
        "at": as_text(row.at),
        "from_seq": row.from_seq,
        "to_seq": row.to_seq,
        "language": row.record.get("language"),
    }


def _owners(connection: Connection, conversation_id: str) -> list[dict[str, Any]]:
    found = connection.execute(
        select(owner_changes).where(owner_changes.c.conversation_id == conversation_id).order_by(owner_changes.c.id)
    )
    return [
        {
            "at": as_text(row.at),
            "after_seq": row.after_seq,
            "from": {"kind": row.from_kind, "id": row.from_id},
            "to": {"kind": row.to_kind, "id": row.to_id},
            "by": {"kind": row.by_kind, "id": row.by_id},
            "why": row.why,
        }
        for row in found
    ]


def _transcript(connection: Connection, conversation_id: str) -> list[dict[str, Any]]:
    latest = (
        select(messages)
        .where(messages.c.conversation_id == conversation_id)
        .order_by(messages.c.seq.desc())
        .limit(MOST_MESSAGES)
    )
    found = reversed(connection.execute(latest).all())
    return [_message(message_of_row(row)) for row in found]


def _message(message: Message) -> dict[str, Any]:
    card = message.card
    return {
        "seq": message.seq,
        "at": as_text(message.at),
        "author": {"kind": message.author.kind, "id": message.author.id, "name": message.author.name},
        "text": message.text,
        "language": message.language,
        "buttons": [button["title"] for button in message.buttons],
        "card": {name: value for name, value in card.items() if name != "submit"} if card else None,
    }


def _moment(moment: Any) -> str | None:
    return as_text(moment) if moment is not None else None
