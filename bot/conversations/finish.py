"""A turn ends: with the bot's replies, with a handoff, tried again later, or in the queue because the bot failed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text, update
from sqlalchemy.engine import Connection

from bot.conversations.errors import LeaseLost
from bot.conversations.handoffs import keep_handoff, record_without_engine
from bot.conversations.lookup import hold_conversation
from bot.conversations.owner import change_owner
from bot.conversations.queue_rules import QueueRules
from bot.conversations.records import (
    BOT,
    BOT_AUTHOR,
    QUEUE,
    Answer,
    Conversation,
    Handoff,
    Message,
    Owner,
    Reply,
    Turn,
    TurnState,
)
from bot.conversations.say import Sentence, say
from bot.conversations.tables import conversations, turns
from bot.conversations.turns import has_open_turn, last_engine_state


@dataclass(frozen=True)
class Finished:
    state: TurnState
    messages: list[Message]
    owner: Owner | None = None  # who has it now, if it went to people just now
    more: bool = False  # another turn of the conversation waits


def finish_turn(
    connection: Connection,
    turn: Turn,
    answer: Answer,
    *,
    runner: str,
    contact_request: Sentence,
    rules: QueueRules,
    now: datetime,
) -> Finished:
    """Store the answer if the bot still owns the conversation; else it is dropped, and kept on the turn.

    ``contact_request``: the sentence that asks for an email after a handoff. Raises ``LeaseLost``.
    """
    held = hold_conversation(connection, turn.conversation_id)
    owned = held.owner.kind == "bot"
    result: dict[str, Any] = {
        "intent": answer.intent,
        "confidence": answer.confidence,
        "actions": answer.actions,
        "engine_milliseconds": answer.engine_milliseconds,
        "milliseconds": answer.milliseconds,
        "engine_state": answer.state,
    }
    if not owned:
        result["dropped_replies"] = [asdict(reply) for reply in answer.replies]
    _end(connection, turn, runner=runner, state="done" if owned else "dropped", done_at=now, values=result)
    if not owned:
        return Finished("dropped", [])
    held = _speaking(connection, held, answer.language)
    if answer.handoff is None:
        said = say(connection, held, turn, answer.replies, now=now)
        return Finished("done", said, more=has_open_turn(connection, held.id))
    said, owner = _hand_over(
        connection,
        held,
        turn,
        replies=answer.replies,
        handoff=answer.handoff,
        contact_request=contact_request,
        rules=rules,
        now=now,
    )
    return Finished("done", said, owner)


def try_later(
    connection: Connection, turn: Turn, *, runner: str, failure: str, not_before: datetime, now: datetime
) -> None:
    """The engine failed; the turn waits for another attempt. Raises ``LeaseLost``."""
    held = hold_conversation(connection, turn.conversation_id)
    values = {
        "failures": turn.failures + 1,
        "first_failed_at": turn.first_failed_at or now,
        "last_failure": failure,
        "not_before": not_before,
    }
    if held.owner.kind == "bot":
        _end(connection, turn, runner=runner, state="waiting", done_at=None, values=values)
    else:
        _end(connection, turn, runner=runner, state="queued", done_at=now, values=values)


def give_up(
    connection: Connection,
    turn: Turn,
    *,
    runner: str,
    failure: str,
    sentence: Sentence,
    contact_request: Sentence,
    rules: QueueRules,
    now: datetime,
) -> Finished:
    """The bot cannot answer: an honest sentence, and the conversation goes to the queue. Raises ``LeaseLost``."""
    held = hold_conversation(connection, turn.conversation_id)
    values = {
        "failures": turn.failures + 1,
        "first_failed_at": turn.first_failed_at or now,
        "last_failure": failure,
    }
    _end(connection, turn, runner=runner, state="queued", done_at=now, values=values)
    if held.owner.kind != "bot":
        return Finished("queued", [])
    state = last_engine_state(connection, turn.conversation_id)
    said, owner = _hand_over(
        connection,
        held,
        turn,
        replies=[Reply(sentence(held.speaks), "gateway.bot_failed")],
        handoff=Handoff("bot_failed", record_without_engine(turn, held, state, failure, now)),
        contact_request=contact_request,
        rules=rules,
        now=now,
    )
    return Finished("queued", said, owner)


def _speaking(connection: Connection, held: Conversation, language: str | None) -> Conversation:
    """The conversation in the language that the engine has just told; one that tells none changes nothing."""
    if language is None or language == held.language:
        return held
    connection.execute(update(conversations).where(conversations.c.id == held.id).values(language=language))
    return replace(held, language=language)


def _hand_over(
    connection: Connection,
    held: Conversation,
    turn: Turn,
    *,
    replies: list[Reply],
    handoff: Handoff,
    contact_request: Sentence,
    rules: QueueRules,
    now: datetime,
) -> tuple[list[Message], Owner]:
    absent = rules.nobody_there(connection, held.speaks, now)
    said = say(connection, held, turn, replies, now=now, contact_request=contact_request, nobody_there=absent)
    to_seq = said[-1].seq if said else held.next_seq - 1
    handoff_id = keep_handoff(connection, held, turn.id, handoff, to_seq=to_seq, now=now)
    reason = handoff.reason[:100]
    change_owner(connection, held.id, expected=BOT, to=QUEUE, by=BOT_AUTHOR, why=reason, now=now)
    connection.execute(
        update(conversations)
        .where(conversations.c.id == held.id)
        .values(
            status="open",
            reason=reason,
            waiting_since=now,
            due_at=rules.due(reason, now),
            escalated_at=None,
            **_order_of(handoff.record),
        )
    )
    given = rules.handed_over(connection, held.id, handoff_id, now)
    return said, given or QUEUE


def _order_of(record: dict[str, Any]) -> dict[str, Any]:
    """Which order it is about and what it is worth, for the queue."""
    order = (record.get("order_snapshot") or {}).get("order") or {}
    total = order.get("total") or {}
    amount = total.get("amount")
    return {
        "order_number": order.get("number"),
        "order_value": float(amount) if amount is not None else None,
        "order_currency": total.get("currency"),
    }


_END = update(turns).where(
    turns.c.id == bindparam("turn_id"), turns.c.state == text("'running'"), turns.c.lease_by == bindparam("runner")
)


def _end(
    connection: Connection,
    turn: Turn,
    *,
    runner: str,
    state: TurnState,
    done_at: datetime | None,
    values: dict[str, Any],
) -> None:
    ended = connection.execute(
        _END,
        {
            "turn_id": turn.id,
            "runner": runner,
            "state": state,
            "done_at": done_at,
            "lease_by": None,
            "lease_until": None,
            **values,
        },
    )
    if ended.rowcount != 1:
        raise LeaseLost
