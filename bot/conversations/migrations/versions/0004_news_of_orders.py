"""News of orders: which card shows which order, and who wants to be told"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.conversations.times import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SHOWS_ORDER = sa.text("order_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "order_news",
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("lease_by", sa.String(length=40), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_order_news")),
    )
    op.create_index(op.f("ix_order_news_not_before"), "order_news", ["not_before"])
    op.create_table(
        "order_watches",
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("order_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("known", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_order_watches_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("conversation_id", "order_id", name=op.f("pk_order_watches")),
    )
    op.create_index("ix_order_watches_order_id", "order_watches", ["order_id"])
    op.create_index("ix_order_watches_looked_at", "order_watches", ["looked_at"])
    op.add_column("conversations", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("messages", sa.Column("order_id", sa.String(length=200), nullable=True))
    op.add_column("messages", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_messages_order_id", "messages", ["order_id", "at"], sqlite_where=SHOWS_ORDER, postgresql_where=SHOWS_ORDER
    )


def downgrade() -> None:
    op.drop_index("ix_messages_order_id", "messages")
    op.drop_column("messages", "revision")
    op.drop_column("messages", "order_id")
    op.drop_column("conversations", "revision")
    op.drop_table("order_watches")
    op.drop_table("order_news")
