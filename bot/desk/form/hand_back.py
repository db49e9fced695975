"""An agent hands the conversation back to the bot: with all that was filled in, in one transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.engine import Connection

from bot.conversations.return_to_bot import Returned, return_to_bot
from bot.conversations.say import Sentence
from bot.desk.form.facts import need_own, slots_of, take_all
from bot.desk.people.agent import Agent
from bot.desk.queue.events import happened


def hand_back(
    connection: Connection,
    conversation_id: str,
    agent: Agent,
    *,
    job: str | None,
    sentence: Sentence,
    runner: str | None,
    now: datetime,
) -> Returned:
    """``job``: what the bot is to begin; None: it goes on where it stood. Raises ``NoConversation``, ``NotOwner``."""
    need_own(connection, conversation_id, agent)
    filled = take_all(connection, conversation_id)
    # ``facts``: as they lay here, in case the bot cannot take them (``restore_facts``).
    sent = {
        "slots": slots_of(filled),
        "job": job,
        "agent": agent.name,
        "facts": [asdict(fact) for fact in filled.values()],
    }
    about = {"job": job, "slots": sorted(filled)}
    happened(connection, conversation_id, agent, "handed_back", now, detail=job or "", data=about)
    return return_to_bot(
        connection, conversation_id, agent.author, facts=sent, sentence=sentence, now=now, runner=runner
    )
