"""What the agent who answers a conversation has seen of it."""

from __future__ import annotations

from sqlalchemy import bindparam, update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.tables import conversations
from bot.conversations.waiting import tell_agents
from bot.desk.people.agent import Agent

_READ = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation_id"), conversations.c.agent_read_seq < bindparam("seen"))
    .values(agent_read_seq=bindparam("seen"))
)


def agent_has_read(connection: Connection, conversation_id: str, agent: Agent, seq: int) -> bool:
    """Whether it is news. Who looks without owning the conversation leaves it as it is. Raises ``NoConversation``."""
    held = hold_conversation(connection, conversation_id)
    if held.owner.kind != "agent" or held.owner.id != agent.id:
        return False
    seen = min(seq, held.next_seq - 1)
    moved = connection.execute(_READ, {"conversation_id": conversation_id, "seen": seen})
    if moved.rowcount != 1:
        return False
    tell_agents(connection, conversation_id)
    return True
