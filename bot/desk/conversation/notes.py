"""What agents write to each other beside a conversation. Shoppers never see any of it: it is in no table of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.conversations.errors import ClientIdReused
from bot.conversations.lookup import hold_conversation
from bot.conversations.records import Conversation
from bot.conversations.times import as_text
from bot.conversations.waiting import tell_agents
from bot.desk.conversation.mentions import keep_mentions, mentioned_in, mentions_of
from bot.desk.people.agent import Agent
from bot.desk.tables import notes
from bot.orders.mask import mask_text

# note: for all agents; whisper: a supervisor to the agent who owns the conversation; event: the desk's own.
Kind = Literal["note", "whisper", "event"]


class NobodyToWhisperTo(Exception):
    """No agent, or the whispering one, owns the conversation."""


@dataclass(frozen=True)
class Note:
    id: int
    conversation_id: str
    after_seq: int  # it stands behind this message
    kind: Kind
    agent_id: str | None
    agent_name: str | None
    text: str
    client_id: str | None
    at: datetime
    mentioned: tuple[str, ...] = ()  # agents' ids; of a whisper, whom it is for


@dataclass(frozen=True)
class Noted:
    note: Note
    new: bool  # not: the client id was stored before


def add_note(
    connection: Connection,
    conversation_id: str,
    agent: Agent,
    *,
    text: str,
    kind: Literal["note", "whisper"] = "note",
    client_id: str | None = None,
    now: datetime,
) -> Noted:
    """Keep it, and whom it names (``@Aini``); the same client id again gives the same note.

    Errors: ``NoConversation``, ``ClientIdReused``, ``NobodyToWhisperTo``.
    """
    held = hold_conversation(connection, conversation_id)
    if client_id is not None and (earlier := _by_client_id(connection, conversation_id, client_id)) is not None:
        if (earlier.agent_id, earlier.kind, earlier.text) != (agent.id, kind, text):
            raise ClientIdReused
        return Noted(earlier, new=False)
    if kind == "whisper":
        if held.owner.kind != "agent" or not held.owner.id or held.owner.id == agent.id:
            raise NobodyToWhisperTo
        whom: tuple[str, ...] = (held.owner.id,)
    else:
        whom = mentioned_in(connection, text, besides=agent.id)
    note_id = _insert(connection, held, kind, agent, text=text, client_id=client_id, now=now)
    keep_mentions(connection, conversation_id, note_id, whom)
    tell_agents(connection, conversation_id)
    return Noted(_by_id(connection, note_id), new=True)


def note_event(connection: Connection, conversation_id: str, agent: Agent | None, text: str, now: datetime) -> Note:
    """The desk's own line between the messages ("passed on to Returns"); the caller calls ``tell_agents``."""
    held = hold_conversation(connection, conversation_id)
    note_id = _insert(connection, held, "event", agent, text=text, client_id=None, now=now)
    return _by_id(connection, note_id)


def notes_of(connection: Connection, conversation_id: str, viewer: Agent) -> list[Note]:
    """Oldest first. A whisper is for whom it was written to, its author and supervisors."""
    query = select(notes).where(notes.c.conversation_id == conversation_id).order_by(notes.c.id)
    found = _with_mentions(connection, connection.execute(query).all())
    return [note for note in found if _may_see(note, viewer)]


def note_json(note: Note, viewer: Agent) -> dict[str, Any]:
    """As the desk's API shows it; without personal data for who may not see that."""
    shown: dict[str, Any] = {
        "id": note.id,
        "after_seq": note.after_seq,
        "kind": note.kind,
        "author": {"id": note.agent_id, "name": note.agent_name} if note.agent_id else None,
        "text": note.text if note.kind == "event" or viewer.may("personal") else mask_text(note.text),
        "mentions": list(note.mentioned),
        "at": as_text(note.at),
    }
    if note.client_id is not None:
        shown["client_id"] = note.client_id
    return shown


def _may_see(note: Note, viewer: Agent) -> bool:
    return note.kind != "whisper" or viewer.may("supervise") or viewer.id in {note.agent_id, *note.mentioned}


def _insert(
    connection: Connection,
    held: Conversation,
    kind: Kind,
    agent: Agent | None,
    *,
    text: str,
    client_id: str | None,
    now: datetime,
) -> int:
    kept = connection.execute(
        insert(notes).values(
            conversation_id=held.id,
            after_seq=held.next_seq - 1,
            kind=kind,
            agent_id=agent.id if agent else None,
            agent_name=agent.name if agent else None,
            text=text,
            client_id=client_id,
            at=now,
        )
    )
    return int(kept.inserted_primary_key[0])


def _by_client_id(connection: Connection, conversation_id: str, client_id: str) -> Note | None:
    query = select(notes).where(notes.c.conversation_id == conversation_id, notes.c.client_id == client_id)
    found = _with_mentions(connection, connection.execute(query).all())
    return found[0] if found else None


def _by_id(connection: Connection, note_id: int) -> Note:
    return _with_mentions(connection, connection.execute(select(notes).where(notes.c.id == note_id)).all())[0]


def _with_mentions(connection: Connection, rows: Sequence[Any]) -> list[Note]:
    mentioned = mentions_of(connection, [row.id for row in rows])
    return [
        Note(
            row.id,
            row.conversation_id,
            row.after_seq,
            row.kind,
            row.agent_id,
            row.agent_name,
            row.text,
            row.client_id,
            row.at,
            mentioned.get(row.id, ()),
        )
        for row in rows
    ]
