"""Previews of order jobs: shown to an agent, kept until they confirm."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.conversations.errors import NotOwner
from bot.conversations.lookup import hold_conversation
from bot.desk.people.agent import Agent
from bot.desk.tables import order_writes


class UnknownPreview(Exception):
    """No such preview in this conversation, or it was made by somebody else."""


@dataclass(frozen=True)
class Write:
    """A row of ``order_writes``. ``data``: the preview as the job wrote it; ``result``: what confirming gave."""

    id: str
    agent_id: str
    job: str
    order_number: str
    data: dict[str, Any]
    masked: dict[str, Any]
    state: str
    reason: str
    result: dict[str, Any] | None


def keep_preview(
    connection: Connection,
    conversation_id: str,
    agent: Agent,
    job: str,
    *,
    data: dict[str, Any],
    masked: dict[str, Any],
    now: datetime,
) -> str:
    """The preview's id. Raises ``NotOwner``: who may not do it need not look at it."""
    held = hold_conversation(connection, conversation_id)
    if (held.owner.kind, held.owner.id) != ("agent", agent.id):
        raise NotOwner(held.owner)
    preview_id = f"w_{uuid.uuid4().hex}"
    connection.execute(
        insert(order_writes).values(
            id=preview_id,
            conversation_id=conversation_id,
            agent_id=agent.id,
            agent_name=agent.name,
            job=job,
            order_number=data["number"],
            preview={"data": data, "masked": masked},
            state="previewed",
            at=now,
        )
    )
    return preview_id


def get_write(connection: Connection, conversation_id: str, preview_id: str) -> Write:
    """Raises ``UnknownPreview``."""
    row = connection.execute(
        select(order_writes).where(order_writes.c.id == preview_id, order_writes.c.conversation_id == conversation_id)
    ).first()
    if row is None:
        raise UnknownPreview
    return Write(
        id=row.id,
        agent_id=row.agent_id,
        job=row.job,
        order_number=row.order_number,
        data=row.preview.get("data") or {},
        masked=row.preview.get("masked") or {},
        state=row.state,
        reason=row.reason or "",
        result=row.result,
    )
