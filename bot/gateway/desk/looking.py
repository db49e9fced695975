"""Every look at a conversation is written down before anything of it is shown."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from bot.conversations.lookup import get_conversation
from bot.conversations.times import utc_now
from bot.desk.people.agent import Agent
from bot.desk.people.looks import looked_lately, note_look
from bot.gateway.parts import Parts


async def look(parts: Parts, agent: Agent, conversation_id: str) -> None:
    """Raises ``bot.conversations.errors.NoConversation``."""
    now = utc_now()

    def lately(connection: Connection) -> bool:
        get_conversation(connection, conversation_id)
        return looked_lately(connection, agent, conversation_id, now)

    if not await parts.log.read(lately):
        await parts.log.write(lambda connection: note_look(connection, agent, conversation_id, now))
