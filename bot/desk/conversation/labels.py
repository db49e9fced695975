"""What a conversation is about, in the shop's own few words (``labels`` of ``data/desk/desk.yml``)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.conversations.lookup import hold_conversation
from bot.conversations.waiting import tell_agents
from bot.desk.tables import labels


class UnknownLabel(Exception):
    """It is not among the shop's."""


def change_labels(
    connection: Connection,
    conversation_id: str,
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    known: Collection[str],
) -> tuple[list[str], bool]:
    """The labels afterwards, by name, and whether anything changed. One that the shop gave up can still be removed.

    Errors: ``NoConversation``, ``UnknownLabel``.
    """
    if any(label not in known for label in add):
        raise UnknownLabel
    hold_conversation(connection, conversation_id)
    before = labels_of(connection, conversation_id)
    wanted = (set(before) | set(add)) - set(remove)
    new, gone = sorted(wanted - set(before)), sorted(set(before) - wanted)
    if new:
        connection.execute(insert(labels), [{"conversation_id": conversation_id, "label": label} for label in new])
    if gone:
        here = labels.c.conversation_id == conversation_id
        connection.execute(delete(labels).where(here, labels.c.label.in_(gone)))
    if new or gone:
        tell_agents(connection, conversation_id)
    return sorted(wanted), bool(new or gone)


def labels_of(connection: Connection, conversation_id: str) -> list[str]:
    """By name."""
    query = select(labels.c.label).where(labels.c.conversation_id == conversation_id).order_by(labels.c.label)
    return list(connection.execute(query).scalars())
