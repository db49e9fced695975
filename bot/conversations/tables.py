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
SHOWS_ORDER = text("order_id IS NOT NULL")

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
    # How it stands with people; means nothing while the bot owns it.
    Column("status", String(10), nullable=False, server_default="open"),  # open | snoozed | resolved
    Column("reason", String(100)),  # of the latest handoff
    Column("waiting_since", UtcDateTime),  # the shopper waits for a person
    Column("due_at", UtcDateTime),  # when a person should have answered
    Column("escalated_at", UtcDateTime),
    Column("snoozed_until", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("last_agent_id", String(64)),  # who had it last, and gets it again
    Column("last_agent_name", String(200)),
    Column("team", String(64)),
    Column("order_number", String(64)),  # of the order that the shopper and the bot spoke of
    Column("order_value", Float),  # in whole units of
    Column("order_currency", String(3)),
    Column("agent_read_seq", Integer, nullable=False, server_default="0"),  # what the owning agent has seen
    Column("known_customer_id", String(100)),  # a guest who proved to be this customer
    Column("change", Integer, nullable=False, server_default="0"),  # the clock at the last news for agents
    Column("revision", Integer, nullable=False, server_default="0"),  # how often a card of it was drawn anew
    Index("ix_conversations_due", "owner_kind", "status", "due_at"),
    Index("ix_conversations_change", "change"),
    Index("ix_conversations_known_customer_id", "known_customer_id"),
    Index("ix_conversations_owner", "owner_kind", "owner_id", "owner_since"),
    Index("ix_conversations_customer_id", "customer_id"),
)

# One row that counts up with every news for agents: whoever knows a number can ask what came after it.
queue_clock = Table(
    "queue_clock",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("value", Integer, nullable=False),
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
    Column("order_id", String(200)),  # the order that the card shows: the store's own id, not for the shopper's page
    Column("revision", Integer, nullable=False, server_default="0"),  # the conversation's, when the card was drawn anew
    UniqueConstraint("conversation_id", "seq"),
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_messages_order_id", "order_id", "at", sqlite_where=SHOWS_ORDER, postgresql_where=SHOWS_ORDER),
)

# Orders that the store has told of: a row a burst of news, gone when the order was read again and its cards are new.
order_news = Table(
    "order_news",
    metadata,
    Column("order_id", String(200), primary_key=True),
    Column("told", Integer, nullable=False),  # times
    Column("topic", String(100), nullable=False),  # of the latest
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcDateTime, nullable=False, index=True),
    Column("lease_by", String(40)),
    Column("lease_until", UtcDateTime),
    Column("at", UtcDateTime, nullable=False),  # of the first
)

# Shoppers who asked to be told when the parcel moves.
order_watches = Table(
    "order_watches",
    metadata,
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),
    Column("order_id", String(200), primary_key=True),
    Column("number", String(64), nullable=False),
    Column("known", Json, nullable=False),  # the step that the shopper knows of each parcel: bot.orders.movement
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("looked_at", UtcDateTime, nullable=False),  # when the order was last to be read
    Index("ix_order_watches_order_id", "order_id"),
    Index("ix_order_watches_looked_at", "looked_at"),
)

choices = Table(
    "choices",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False),
    Column("message_seq", Integer, nullable=False),
    Column("title", String(500), nullable=False),
    Column("payload", Text, nullable=False),
    Column("for_whom", String(10), nullable=False),  # engine | contact | rating | watch
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
