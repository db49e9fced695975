"""The desk's own tables, beside the log's in the same database. What changes here needs a migration."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.conversations.tables import Json, metadata
from bot.conversations.times import UtcDateTime

agents = Table(
    "agents",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("email", String(320), nullable=False, unique=True),  # lower case
    Column("password_hash", String(200), nullable=False),  # argon2id
    Column("role", String(20), nullable=False),  # agent | supervisor | trainer | admin
    Column("languages", Json, nullable=False),
    Column("teams", Json, nullable=False),
    Column("capacity", Integer, nullable=False),  # open conversations that are assigned to them at most
    Column("active", Boolean, nullable=False),
    Column("presence", String(10), nullable=False),  # online | away, as they chose it
    Column("seen_at", UtcDateTime),  # when a page of theirs was last connected
    Column("created_at", UtcDateTime, nullable=False),
)

agent_sessions = Table(
    "agent_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("agent_id", String(40), index=True),  # empty: the desk of its own accord
    Column("agent_name", String(200)),
    Column("what", String(60), nullable=False),
    Column("conversation_id", String(40), index=True),
    Column("data", Json, nullable=False),  # masked
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("after_seq", Integer, nullable=False),  # where it stands in the transcript
    Column("kind", String(10), nullable=False),  # note | whisper | event
    Column("agent_id", String(40)),
    Column("agent_name", String(200)),
    Column("text", Text, nullable=False),
    Column("client_id", String(64)),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "client_id"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("note_id", Integer, ForeignKey("notes.id"), primary_key=True),
    Column("agent_id", String(40), ForeignKey("agents.id"), primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("seen_at", UtcDateTime),
)

labels = Table(
    "labels",
    metadata,
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),
    Column("label", String(60), primary_key=True),
)

# What an agent filled in or ticked for the bot, waiting for the hand-back.
facts = Table(
    "facts",
    metadata,
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),
    Column("slot", String(100), primary_key=True),
    Column("value", Json),
    Column("shown", Text, nullable=False),  # the value as people read it
    Column("agent_id", String(40), nullable=False),
    Column("agent_name", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

order_writes = Table(
    "order_writes",
    metadata,
    Column("id", String(40), primary_key=True),  # the preview's
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("agent_id", String(40), nullable=False),
    Column("agent_name", String(200), nullable=False),
    Column("job", String(40), nullable=False),
    Column("order_number", String(64), nullable=False),
    Column("preview", Json, nullable=False),
    Column("state", String(12), nullable=False),  # previewed | writing | done | refused | failed | unknown
    Column("reason", String(100)),
    Column("result", Json),
    Column("at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
)

satisfaction = Table(
    "satisfaction",
    metadata,
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),  # asked once
    Column("agent_id", String(40)),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("score", Integer),  # 1 to 5
    Column("comment", Text),
    Column("answered_at", UtcDateTime),
)

# What must leave the house: written with what it tells of, sent until it is taken.
outbox = Table(
    "outbox",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("kind", String(20), nullable=False),  # webhook | mail
    Column("event", String(60), nullable=False),  # handoff.created, transcript …
    Column("conversation_id", String(40), ForeignKey("conversations.id"), index=True),
    Column("recipient", String(500), nullable=False),  # mail address; for a webhook its name in the settings
    Column("body", Json, nullable=False),
    Column("state", String(10), nullable=False),  # waiting | sending | sent | failed
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("last_error", String(200)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index("ix_outbox_due", "state", "not_before"),
)
