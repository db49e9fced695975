"""A person hands the conversation back: the bot owns it again, and a turn lets it go on where it stood."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.errors import NotOwner
from bot.conversations.lookup import hold_conversation
from bot.conversations.order_watches import watching
from bot.conversations.owner import change_owner
from bot.conversations.records import BOT, SYSTEM, Author, Message, Turn
from bot.conversations.say import Sentence
from bot.conversations.tables import conversations
from bot.conversations.turns import add_turn, next_turn
from bot.languages import language_of

# The engine's rule for it begins `action_go_on`; no shopper can send it, for what they type is text.
PAYLOAD = "/hand_back"


@dataclass(frozen=True)
class Returned:
    messages: list[Message]
    turn: Turn
    begun: bool  # the turn was leased to the caller's runner


def return_to_bot(
    connection: Connection,
    conversation_id: str,
    agent: Author,
    *,
    facts: dict[str, Any],
    sentence: Sentence,
    now: datetime,
    runner: str | None = None,
) -> Returned:
    """Give the conversation back with what the agent filled in or ticked.

    Args:
        facts: what ``action_go_on`` gets as its turn's values: ``{"slots": {…}, "job": name or None}``.
        sentence: told to the shopper, in the language they speak.
        runner: may begin the turn at once.

    Raises:
        NotOwner: the agent does not own it (any more).
    """
    held = hold_conversation(connection, conversation_id)
    if held.owner.kind != "agent" or held.owner.id != agent.id:
        raise NotOwner(held.owner)
    change_owner(connection, held.id, expected=held.owner, to=BOT, by=agent, why="handed_back", now=now)
    row = connection.execute(select(conversations.c.client_ref).where(conversations.c.id == conversation_id)).one()
    values = json.loads(json.dumps(facts))
    go_on = {"kind": "choice", "payload": PAYLOAD, "values": values, "title": ""}
    turn = next_turn(held, go_on, row.client_ref, watching(connection, held.id, now))
    begun = add_turn(connection, turn, runner=runner, now=now)
    draft = Draft(
        SYSTEM,
        sentence(held.speaks),
        response="gateway.handed_back",
        automatic=True,
        turn_id=turn.id,
        language=language_of(held.speaks),
    )
    return Returned(append(connection, held, [draft], now), turn, begun)
