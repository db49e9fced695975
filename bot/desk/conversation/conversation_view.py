"""All that an agent sees of one conversation, beside what the shopper, order and form parts tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.conversations.handoffs import HandoffRecord, handoffs_of
from bot.conversations.lookup import get_conversation
from bot.conversations.records import Conversation, Message
from bot.conversations.replay import message_of_row
from bot.conversations.tables import messages, turns
from bot.conversations.times import as_text
from bot.conversations.turns import last_engine_state
from bot.desk.config import DeskConfig
from bot.desk.conversation.labels import labels_of
from bot.desk.conversation.notes import note_json, notes_of
from bot.desk.form.facts import facts_json
from bot.desk.orders.order_tried import writes_of
from bot.desk.people.agent import Agent
from bot.desk.queue.incidents import incidents_now, parts_of
from bot.desk.queue.summary import summaries, without_personal_data
from bot.desk.shoppers.shopper import shopper_of
from bot.desk.tables import satisfaction
from bot.orders.mask import mask_text

PAGE = 100  # messages

_OF_IT = messages.c.conversation_id == bindparam("conversation_id")
_AFTER = select(messages).where(_OF_IT, messages.c.seq > bindparam("after")).order_by(messages.c.seq).limit(PAGE)
_LAST = select(messages).where(_OF_IT).order_by(messages.c.seq.desc()).limit(PAGE + 1)
_BEFORE = _LAST.where(messages.c.seq < bindparam("before"))


@dataclass(frozen=True)
class Shown:
    """A message with what became of it."""

    message: Message
    delivered_at: datetime | None
    read_at: datetime | None


def shown_after(connection: Connection, conversation_id: str, after: int) -> list[Shown]:
    """The next ``PAGE`` messages; whoever gets a full page asks again."""
    rows = connection.execute(_AFTER, {"conversation_id": conversation_id, "after": after})
    return [_shown(row) for row in rows]


def last_page(connection: Connection, conversation_id: str, before: int | None = None) -> tuple[list[Shown], bool]:
    """The latest ``PAGE`` messages (with a number below ``before``), and whether older ones are left."""
    if before is None:
        rows = connection.execute(_LAST, {"conversation_id": conversation_id}).all()
    else:
        rows = connection.execute(_BEFORE, {"conversation_id": conversation_id, "before": before}).all()
    return [_shown(row) for row in reversed(rows[:PAGE])], len(rows) > PAGE


def view_of(connection: Connection, conversation_id: str, viewer: Agent, config: DeskConfig) -> dict[str, Any]:
    """All but the messages and the form, as JSON. Raises ``NoConversation``."""
    held = get_conversation(connection, conversation_id)
    handed = handoffs_of(connection, conversation_id)
    return {
        "conversation": summaries(connection, [conversation_id], parts_of(incidents_now(connection, config)))[0],
        "shopper": shopper_of(connection, conversation_id).as_json(),
        "facts": facts_json(connection, conversation_id),
        "tried": _tried(connection, held, handed),
        "handoffs": [_handoff(each) for each in handed],
        "notes": [note_json(note, viewer) for note in notes_of(connection, conversation_id, viewer)],
        "labels": labels_of(connection, conversation_id),
        "satisfaction": _satisfaction(connection, conversation_id),
        "dropped": dropped_replies(connection, conversation_id),
        "read_seq": held.read_seq,
    }


def view_without_personal_data(view: dict[str, Any]) -> dict[str, Any]:
    """What a trainer learns from: which form stood where and what failed; nobody's data."""
    form = view["form"]
    rated = view["satisfaction"]
    return {
        **view,
        "conversation": without_personal_data(view["conversation"]),
        "shopper": {name: view["shopper"][name] for name in ("kind", "locale", "time_zone")},
        "form": {
            **form,
            "candidates": [],
            "fields": [_without_answer(each) for each in form["fields"]],
        },
        "facts": [],
        "tried": [{**each, "data": {}} for each in view["tried"]],
        "dropped": [_masked_reply(each) for each in view["dropped"]],
        "satisfaction": rated and {**rated, "comment": rated["comment"] and mask_text(rated["comment"])},
    }


def _without_answer(field: dict[str, Any]) -> dict[str, Any]:
    return {**field, "value": None, "shown": "", "options": None}


def _masked_reply(dropped: dict[str, Any]) -> dict[str, Any]:
    return {**dropped, "replies": [{**each, "text": mask_text(each["text"])} for each in dropped["replies"]]}


def _tried(connection: Connection, held: Conversation, handed: list[HandoffRecord]) -> list[dict[str, Any]]:
    """What the bot tried, as its latest record tells, and what agents did; oldest first."""
    if held.owner.kind != "bot" and handed:
        by_bot = handed[-1].record.get("tried") or []
    else:
        by_bot = (last_engine_state(connection, held.id).get("slots") or {}).get("tried") or []
    found = [{**each, "by": {"kind": "bot"}} for each in by_bot] + writes_of(connection, held.id)
    return sorted(found, key=lambda each: str(each.get("at") or ""))


def _handoff(handed: HandoffRecord) -> dict[str, Any]:
    return {
        "at": as_text(handed.at),
        "reason": handed.reason,
        "from_seq": handed.from_seq,
        "to_seq": handed.to_seq,
        "form": handed.record.get("form"),
    }


def _satisfaction(connection: Connection, conversation_id: str) -> dict[str, Any] | None:
    row = connection.execute(select(satisfaction).where(satisfaction.c.conversation_id == conversation_id)).first()
    if row is None:
        return None
    return {
        "asked_at": as_text(row.asked_at),
        "score": row.score,
        "comment": row.comment,
        "answered_at": as_text(row.answered_at) if row.answered_at else None,
    }


def dropped_replies(connection: Connection, conversation_id: str) -> list[dict[str, Any]]:
    """What the bot would have said when a person had taken over already, by the shopper's message it was for."""
    rows = connection.execute(
        select(turns.c.message_seq, turns.c.dropped_replies, turns.c.done_at)
        .where(turns.c.conversation_id == conversation_id, turns.c.dropped_replies.isnot(None))
        .order_by(turns.c.message_seq)
    )
    return [
        {
            "message_seq": row.message_seq,
            "at": as_text(row.done_at) if row.done_at else None,
            "replies": [{"text": each.get("text", ""), "response": each.get("response")} for each in found],
        }
        for row in rows
        if (found := row.dropped_replies)
    ]


def _shown(row: Any) -> Shown:
    return Shown(message_of_row(row), row.delivered_at, row.read_at)
