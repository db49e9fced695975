"""One question after a conversation is resolved: how was it, 1 to 5, and a word about it. Asked once, answered once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.choices import keep_choices, offer
from bot.conversations.lookup import hold_conversation
from bot.conversations.records import SYSTEM, Message
from bot.conversations.say import Sentence
from bot.conversations.tables import conversations
from bot.desk.people.agent import Agent
from bot.desk.tables import satisfaction
from bot.languages import language_of

# The engine never sees this payload: choices made "for rating" end in the log.
_PAYLOAD = "rate"


def ask(
    connection: Connection, conversation_id: str, agent: Agent | None, words: Sentence, now: datetime
) -> list[Message]:
    """Put the question into the conversation: once ever, and only if a person has answered in it.

    Args:
        agent: who resolved it, whose work the answer is about.
        words: language to the question.
    """
    held = hold_conversation(connection, conversation_id)
    asked = select(satisfaction.c.conversation_id).where(satisfaction.c.conversation_id == conversation_id)
    answered = select(conversations.c.first_agent_response_at).where(conversations.c.id == conversation_id)
    if connection.execute(asked).first() or connection.execute(answered).scalar() is None:
        return []
    connection.execute(
        insert(satisfaction).values(conversation_id=conversation_id, agent_id=agent.id if agent else None, asked_at=now)
    )
    offered = offer([], {"type": "rating", "submit": _PAYLOAD, "comment": True}, for_whom="rating")
    draft = Draft(
        SYSTEM,
        words(held.speaks),
        card=offered.card,
        response="gateway.rating_request",
        automatic=True,
        language=language_of(held.speaks),
    )
    said = append(connection, held, [draft], now)
    keep_choices(connection, held.id, [(said[0].seq, offered)], now)
    return said


def rate(connection: Connection, conversation_id: str, score: int, comment: str, now: datetime) -> bool:
    """Keep the answer; False if one was given before."""
    kept = connection.execute(
        update(satisfaction)
        .where(satisfaction.c.conversation_id == conversation_id, satisfaction.c.answered_at.is_(None))
        .values(score=score, comment=comment or None, answered_at=now)
    )
    return bool(kept.rowcount == 1)
