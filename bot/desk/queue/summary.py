"""A conversation in one line of the queue, as the desk's API and stream show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import conversations, handoffs, messages
from bot.conversations.times import as_text
from bot.desk.tables import labels
from bot.orders.mask import mask_name, mask_text

LAST_WORDS = 200  # characters of the last message

_theirs = messages.alias()
_UNREAD = (
    select(func.count())
    .where(
        _theirs.c.conversation_id == conversations.c.id,
        _theirs.c.seq > conversations.c.agent_read_seq,
        _theirs.c.author_kind == "shopper",
    )
    .correlate(conversations)
    .scalar_subquery()
)
_FORM = (
    select(handoffs.c.record["form"]["name"].as_string())
    .where(handoffs.c.conversation_id == conversations.c.id)
    .order_by(handoffs.c.id.desc())
    .limit(1)
    .correlate(conversations)
    .scalar_subquery()
)
_people = messages.alias()
# What the bot and the gateway say at a handoff is the same in every conversation and tells nothing.
_LAST_OF_PEOPLE = (
    select(_people.c.seq)
    .where(_people.c.conversation_id == conversations.c.id, _people.c.author_kind.in_(("shopper", "agent")))
    .order_by(_people.c.seq.desc())
    .limit(1)
    .correlate(conversations)
    .scalar_subquery()
)
_IDS = bindparam("ids", expanding=True)
_ROWS = (
    select(
        conversations,
        _UNREAD.label("unread"),
        _FORM.label("form"),
        messages.c.author_kind,
        messages.c.author_name,
        messages.c.text,
    )
    .select_from(
        conversations.outerjoin(
            messages,
            and_(messages.c.conversation_id == conversations.c.id, messages.c.seq == _LAST_OF_PEOPLE),
        )
    )
    .where(conversations.c.id.in_(_IDS))
)
_LABELS = select(labels).where(labels.c.conversation_id.in_(_IDS)).order_by(labels.c.label)
_CHANGED = (
    select(conversations.c.id)
    .where(conversations.c.change > bindparam("after"))
    .order_by(conversations.c.change)
    .limit(bindparam("most"))
)


def summaries(
    connection: Connection, ids: Sequence[str], incidents: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """One JSON object a conversation, in the order of ``ids``; unknown ids are left out.

    Args:
        incidents: conversation to the reason of the incident it is part of (``bot.desk.queue.incidents.parts_of``).
    """
    if not ids:
        return []
    wanted = {"ids": list(ids)}
    labelled: dict[str, list[str]] = {}
    for row in connection.execute(_LABELS, wanted):
        labelled.setdefault(row.conversation_id, []).append(row.label)
    shown = {
        row.id: _summary(row, labelled.get(row.id, []), (incidents or {}).get(row.id))
        for row in connection.execute(_ROWS, wanted)
    }
    return [shown[each] for each in ids if each in shown]


def changed_after(connection: Connection, after: int, limit: int = 1000) -> list[str]:
    """Conversations with news that came after the clock stood at ``after``, in the order of their latest news.

    Those that the bot has again are among them: a page must learn that they are gone.
    """
    return [row.id for row in connection.execute(_CHANGED, {"after": after, "most": limit})]


def without_personal_data(summary: dict[str, Any]) -> dict[str, Any]:
    """The summary for somebody who may not see personal data (``Agent.may("personal")``)."""
    shopper, last = summary["shopper"], summary["last_message"]
    return {
        **summary,
        "shopper": {**shopper, "name": shopper["name"] and mask_name(shopper["name"])},
        "last_message": last and {**last, "text": mask_text(last["text"])},
    }


def _summary(row: Any, labelled: list[str], incident: str | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "status": row.status,
        "owner": _named(row.owner_kind, row.owner_name, row.owner_id),
        "reason": row.reason,
        "language": row.language or row.locale,
        "created_at": _time(row.created_at),
        "last_message_at": _time(row.last_message_at),
        "waiting_since": _time(row.waiting_since),
        "due_at": _time(row.due_at),
        "escalated_at": _time(row.escalated_at),
        "snoozed_until": _time(row.snoozed_until),
        "resolved_at": _time(row.resolved_at),
        "unread": row.unread,
        "last_message": _last_message(row),
        "shopper": {"kind": "customer" if row.customer_id else "guest", "name": row.customer_name or None},
        "order": _order(row),
        "job": row.form.removesuffix("_form") if row.form else None,
        "team": row.team,
        "labels": labelled,
        "change": row.change,
        "incident": incident,
    }


def _named(kind: str, name: str | None, key: str | None = None) -> dict[str, str]:
    return {"kind": kind, **({"id": key} if key else {}), **({"name": name} if name else {})}


def _last_message(row: Any) -> dict[str, Any] | None:
    if row.author_kind is None:
        return None
    return {"author": _named(row.author_kind, row.author_name), "text": row.text[:LAST_WORDS]}


def _order(row: Any) -> dict[str, Any] | None:
    if row.order_number is None:
        return None
    return {"number": row.order_number, "value": row.order_value, "currency": row.order_currency}


def _time(moment: datetime | None) -> str | None:
    return as_text(moment) if moment else None
