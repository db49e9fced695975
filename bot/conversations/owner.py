"""Who answers a conversation. Taking it is one conditional UPDATE: of two who try, one gets it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations.errors import NoConversation
from bot.conversations.records import Author, Owner
from bot.conversations.tables import conversations, owner_changes, turns
from bot.conversations.waiting import NOBODY_WAITS, tell_agents


def change_owner(
    connection: Connection,
    conversation_id: str,
    *,
    expected: Owner,
    to: Owner,
    by: Author,
    why: str,
    now: datetime,
) -> bool:
    """Whether it worked: False if the owner was no longer ``expected`` (by kind and id).

    Leaving the bot, turns that have not begun become the queue's; one that runs now will find its replies dropped,
    or, if the bot has the conversation again by then, its lease gone.
    """
    changed = connection.execute(
        update(conversations)
        .where(
            conversations.c.id == conversation_id,
            conversations.c.owner_kind == expected.kind,
            conversations.c.owner_id == expected.id if expected.id else conversations.c.owner_id.is_(None),
        )
        .values(owner_kind=to.kind, owner_id=to.id, owner_name=to.name, owner_since=now, **_goes_with(to))
    )
    if changed.rowcount != 1:
        return False
    next_seq = select(conversations.c.next_seq).where(conversations.c.id == conversation_id)
    connection.execute(
        insert(owner_changes).values(
            conversation_id=conversation_id,
            after_seq=(connection.execute(next_seq)).scalar_one() - 1,
            from_kind=expected.kind,
            from_id=expected.id,
            to_kind=to.kind,
            to_id=to.id,
            by_kind=by.kind,
            by_id=by.id,
            why=why,
            at=now,
        )
    )
    if expected.kind == "bot":
        connection.execute(
            update(turns)
            .where(turns.c.conversation_id == conversation_id, turns.c.state == "waiting")
            .values(state="queued", done_at=now)
        )
    if to.kind == "bot":
        # A turn from before a person took over still runs, or its runner died: the person has dealt with it.
        connection.execute(
            update(turns)
            .where(turns.c.conversation_id == conversation_id, turns.c.state == "running")
            .values(state="queued", done_at=now, lease_by=None, lease_until=None)
        )
    tell_agents(connection, conversation_id)
    return True


def _goes_with(to: Owner) -> dict[str, Any]:
    if to.kind == "bot":
        return {"status": "open", "snoozed_until": None, "team": None, **NOBODY_WAITS}
    return {"last_agent_id": to.id, "last_agent_name": to.name} if to.kind == "agent" else {}


def owner_of(connection: Connection, conversation_id: str) -> Owner:
    row = (
        connection.execute(
            select(conversations.c.owner_kind, conversations.c.owner_id, conversations.c.owner_name).where(
                conversations.c.id == conversation_id
            )
        )
    ).first()
    if row is None:
        raise NoConversation
    return Owner(row.owner_kind, row.owner_id, row.owner_name)
