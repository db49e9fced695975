"""The log's tables. What changes here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.conversations.times import UtcDateTime

Json = JSON(none_as_null=True)

# Written the same in index and queries, or SQLite does not see that the one serves the other.
OPEN_TURN = text("state IN ('waiting', 'running')")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("owner_kind", String(10), nullable=False),  # bot | queue | agent
    Column("owner_id", String(64)),
    Column("owner_name", String(200)),
    Column("owner_since", UtcDateTime, nullable=False),
    Column("next_seq", Integer, nullable=False),
    Column("read_seq", Integer, nullable=False),  # what the shopper has seen
    Column("locale", String(35), nullable=False),  # of the page
    Column("language", String(8)),  # spoken now, as the engine last told
    Column("time_zone", String(64), nullable=False),
    Column("customer_id", String(100)),
    Column("customer_name", String(200)),
    Column("customer_email", String(320)),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("token_expires_at", UtcDateTime, nullable=False),
    Column("client_ref", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("last_message_at", UtcDateTime),
    Column("first_response_at", UtcDateTime),  # by bot or agent
    Column("first_agent_response_at", UtcDateTime),
    Index("ix_conversations_owner", "owner_kind", "owner_id", "owner_since"),
    Index("ix_conversations_customer_id", "customer_id"),
)

turns = Table(
    "turns",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False),
    Column("message_seq", Integer, nullable=False),  # the shopper's message it answers
    Column("state", String(10), nullable=False),  # waiting | running | done | dropped | queued
    Column("attempts", Integer, nullable=False),  # times it was begun, crashes included
    Column("failures", Integer, nullable=False),  # times the engine failed it
    Column("first_failed_at", UtcDateTime),
    Column("last_failure", String(40)),
    Column("not_before", UtcDateTime),
    Column("lease_by", String(40)),
    Column("lease_until", UtcDateTime),
    Column("input", Json, nullable=False),
    Column("context", Json, nullable=False),
    Column("intent", String(200)),
    Column("confidence", Float),
    Column("actions", Json),  # [{name, ms, …}] as the engine told
    Column("engine_milliseconds", Float),  # inside the engine
    Column("milliseconds", Float),  # from asking the engine to its answer here
    Column("engine_state", Json),  # {slots, form} after the turn
    Column("dropped_replies", Json),  # answered after a person had taken over
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    UniqueConstraint("conversation_id", "message_seq"),
    # One at a time in a conversation, whatever the code does.
    Index(
        "uq_turns_one_running",
        "conversation_id",
        unique=True,
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
    Index(
        "ix_turns_open",
        "conversation_id",
        "message_seq",
        sqlite_where=OPEN_TURN,
        postgresql_where=OPEN_TURN,
    ),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("client_id", String(64)),
    Column("fingerprint", String(64)),  # of what was sent under client_id
    Column("author_kind", String(10), nullable=False),  # shopper | bot | agent | system
    Column("author_id", String(64)),
    Column("author_name", String(200)),
    Column("text", Text, nullable=False),
    Column("language", String(8)),  # of what bot and gateway say
    Column("buttons", Json, nullable=False),
    Column("card", Json),
    Column("response", String(200)),  # which response wrote it
    Column("automatic", Boolean, nullable=False),
    Column("turn_id", String(32), ForeignKey("turns.id"), index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("delivered_at", UtcDateTime),
    Column("read_at", UtcDateTime),
    UniqueConstraint("conversation_id", "seq"),
    UniqueConstraint("conversation_id", "client_id"),
)

choices = Table(
    "choices",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False),
    Column("message_seq", Integer, nullable=False),
    Column("title", String(500), nullable=False),
    Column("payload", Text, nullable=False),
    Column("for_whom", String(10), nullable=False),  # engine | contact
    Column("confirms", Boolean, nullable=False),  # yes and no of a confirmation
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_choices_conversation", "conversation_id", "message_seq"),
)

owner_changes = Table(
    "owner_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("after_seq", Integer, nullable=False),  # the last message before the change
    Column("from_kind", String(10), nullable=False),
    Column("from_id", String(64)),
    Column("to_kind", String(10), nullable=False),
    Column("to_id", String(64)),
    Column("by_kind", String(10), nullable=False),
    Column("by_id", String(64)),
    Column("why", String(100), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("turn_id", String(32), ForeignKey("turns.id"), unique=True),
    Column("from_seq", Integer, nullable=False),  # the transcript, both ends included
    Column("to_seq", Integer, nullable=False),
    Column("reason", String(100), nullable=False),
    Column("record", Json, nullable=False),  # identity, order_snapshot, slots, form, tried
    Column("contact_email", String(320)),
    Column("contact_at", UtcDateTime),
    Column("at", UtcDateTime, nullable=False),
)

photos = Table(
    "photos",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("width", Integer, nullable=False),  # pixels
    Column("height", Integer, nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("at", UtcDateTime, nullable=False),
)
