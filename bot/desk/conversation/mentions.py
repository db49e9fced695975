"""Who is called into a conversation by name: ``@Aini`` in a note, and to whom a whisper goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.waiting import tell_agents
from bot.desk.tables import agents, mentions

MOST = 20  # people called by one note


def mentioned_in(connection: Connection, text: str, *, besides: str) -> tuple[str, ...]:
    """The ids of active agents who are called in ``text``, in its order, ``besides`` (its author) left out.

    A name is called whole ("@Siti Aminah") or by its first word where only one agent has that; the longest name that
    fits counts. Agents of one name are all called.
    """
    if "@" not in text:
        return ()
    called = _names(connection)
    found: dict[str, None] = {}
    for sign in re.finditer("(?<!\\w)@", text):
        rest = text[sign.end() :].casefold()
        fitting = [name for name in called if _begins(rest, name)]
        for agent_id in called[max(fitting, key=len)] if fitting else ():
            found[agent_id] = None
    return tuple(agent_id for agent_id in found if agent_id != besides)[:MOST]


def keep_mentions(connection: Connection, conversation_id: str, note_id: int, agent_ids: Sequence[str]) -> None:
    if agent_ids:
        connection.execute(
            insert(mentions),
            [{"note_id": note_id, "agent_id": each, "conversation_id": conversation_id} for each in agent_ids],
        )


def mentions_of(connection: Connection, note_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Note -> the agents it calls."""
    found: dict[int, list[str]] = {}
    if note_ids:
        query = select(mentions).where(mentions.c.note_id.in_(note_ids)).order_by(mentions.c.note_id)
        for row in connection.execute(query):
            found.setdefault(row.note_id, []).append(row.agent_id)
    return {note_id: tuple(agent_ids) for note_id, agent_ids in found.items()}


def mentions_seen(connection: Connection, conversation_id: str, agent_id: str, now: datetime) -> bool:
    """They have looked; whether there was anything new. Raises ``NoConversation``."""
    hold_conversation(connection, conversation_id)
    changed = connection.execute(
        update(mentions)
        .where(
            mentions.c.conversation_id == conversation_id,
            mentions.c.agent_id == agent_id,
            mentions.c.seen_at.is_(None),
        )
        .values(seen_at=now)
    )
    if changed.rowcount:
        tell_agents(connection, conversation_id)
    return bool(changed.rowcount)


def unseen_mentions(connection: Connection, agent_id: str) -> list[str]:
    """The conversations that they are called into and have not looked at since, the latest call first."""
    query = (
        select(mentions.c.conversation_id)
        .where(mentions.c.agent_id == agent_id, mentions.c.seen_at.is_(None))
        .group_by(mentions.c.conversation_id)
        .order_by(func.max(mentions.c.note_id).desc())
    )
    return [row.conversation_id for row in connection.execute(query)]


def _names(connection: Connection) -> dict[str, list[str]]:
    """What agents are called by -> whom it calls."""
    whole: dict[str, list[str]] = {}
    first: dict[str, list[str]] = {}
    for row in connection.execute(select(agents.c.id, agents.c.name).where(agents.c.active)):
        name = " ".join(row.name.split()).casefold()
        if name:
            whole.setdefault(name, []).append(row.id)
            first.setdefault(name.split()[0], []).append(row.id)
    return {**{name: ids for name, ids in first.items() if len(ids) == 1}, **whole}


def _begins(rest: str, name: str) -> bool:
    """The name stands there as whole words."""
    return rest.startswith(name) and not re.match(r"\w", rest[len(name) : len(name) + 1])
