"""What agents have done to orders, beside what the bot has tried (``tried`` of the context record)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.times import as_text
from bot.desk.orders.jobs.job import why
from bot.desk.tables import order_writes
from bot.wording.tongue import Tongue

# By a member of ``data``: the groups of words that may have its code.
_GROUPS = {"reason": ("return_reason", "cancel_reason"), "wish": ("lost_wish", "return_wish")}


def writes_of(connection: Connection, conversation_id: str) -> list[dict[str, Any]]:
    """Oldest first, like ``tried``: ``{at, job, outcome, reason, data, id, by}``; ``data`` is masked.

    ``outcome``: done, refused, failed (nothing was written), unknown, or writing; a preview that nobody confirmed was
    not tried.
    """
    query = (
        select(order_writes)
        .where(order_writes.c.conversation_id == conversation_id, order_writes.c.state != "previewed")
        .order_by(order_writes.c.at, order_writes.c.id)
    )
    return [
        {
            "at": as_text(row.done_at or row.at),
            "job": row.job,
            "outcome": row.state,
            "reason": row.reason or "",
            "data": row.preview.get("masked") or {},
            "id": row.id,
            "by": {"kind": "agent", "id": row.agent_id, "name": row.agent_name},
        }
        for row in connection.execute(query)
    ]


def in_words(tried: list[dict[str, Any]], tongue: Tongue) -> list[dict[str, Any]]:
    """With words beside codes: a ``sentence`` where the desk has one for the reason, ``shown`` for some of the data."""
    return [_in_words(each, tongue) for each in tried]


def _in_words(tried: dict[str, Any], tongue: Tongue) -> dict[str, Any]:
    reason, data = tried.get("reason"), tried.get("data") or {}
    sentence = {"sentence": why(reason, tongue)} if reason in tongue.words.group("why_not") else {}
    shown = {
        name: tongue.words.label(group, str(data[name]))
        for name, groups in _GROUPS.items()
        for group in groups
        if isinstance(data.get(name), str) and data[name] in tongue.words.group(group)
    }
    return {**tried, **sentence, "shown": shown}
