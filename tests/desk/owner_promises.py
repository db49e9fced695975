"""What the desk promises of a conversation, whoever has had it: checked after every step of the owner machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.records import Message
from bot.conversations.replay import messages_after
from bot.conversations.tables import conversations, owner_changes, turns
from bot.desk.people.agent import Agent
from bot.desk.queue.queue_list import View, Wanted, listed


@dataclass(frozen=True)
class Seen:
    """The conversation after a step, read in one go."""

    row: Any
    changes: list[Any]
    said: list[Message]
    turns: list[str]  # their states
    listed: bool  # where it is looked for


def look_at(connection: Connection, key: str, people: Sequence[Agent]) -> Seen:
    """``people``: who works at the desk, a supervisor last."""
    row = connection.execute(select(conversations).where(conversations.c.id == key)).one()
    changes = select(owner_changes).where(owner_changes.c.conversation_id == key).order_by(owner_changes.c.id)
    states = select(turns.c.state).where(turns.c.conversation_id == key).order_by(turns.c.message_seq)
    owner = next((each for each in people if each.id == row.owner_id), people[-1])
    view: View = "queue" if row.owner_kind == "queue" else "mine"
    return Seen(
        row=row,
        changes=connection.execute(changes).all(),
        said=messages_after(connection, key, 0, limit=100_000),
        turns=list(connection.execute(states).scalars()),
        listed=listed(connection, owner, Wanted(view)) == [key],
    )


def check_promises(seen: Seen, before: Any, *, accepted: set[str], unanswered: bool) -> None:
    """Raises ``AssertionError``.

    Args:
        before: the conversation's row before the step.
        accepted: the client ids of what was taken from shopper and agents.
        unanswered: the shopper has asked people something.
    """
    _exactly_one_has_it_and_its_changes_tell_how(seen)
    _nothing_is_lost_or_doubled(seen, accepted)
    _the_bot_is_silent_while_people_have_it(seen)
    _nobody_who_waits_falls_out(seen, unanswered=unanswered)
    _what_agents_see_has_a_later_number(seen.row, before)


def _exactly_one_has_it_and_its_changes_tell_how(seen: Seen) -> None:
    assert seen.row.owner_kind in {"bot", "queue", "agent"}
    assert (seen.row.owner_id is not None) == (seen.row.owner_kind == "agent")
    at = ("bot", None)
    for change in seen.changes:
        assert (change.from_kind, change.from_id) == at
        at = (change.to_kind, change.to_id)
    assert (seen.row.owner_kind, seen.row.owner_id) == at


def _nothing_is_lost_or_doubled(seen: Seen, accepted: set[str]) -> None:
    assert [message.seq for message in seen.said] == list(range(1, len(seen.said) + 1))
    sent = [message.client_id for message in seen.said if message.client_id]
    assert sorted(sent) == sorted(accepted)


def _the_bot_is_silent_while_people_have_it(seen: Seen) -> None:
    of_people: set[int] = set()
    since: int | None = None
    for change in seen.changes:
        if change.to_kind == "bot":
            of_people |= set(range((since or 0) + 1, change.after_seq + 1))
            since = None
        elif since is None:
            since = change.after_seq
    if since is not None:
        of_people |= set(range(since + 1, len(seen.said) + 1))
    assert not [message for message in seen.said if message.author.kind == "bot" and message.seq in of_people]


def _nobody_who_waits_falls_out(seen: Seen, *, unanswered: bool) -> None:
    row = seen.row
    if row.owner_kind == "bot":
        assert not seen.turns or seen.turns[-1] in {"waiting", "running", "done"}
        assert (row.status, row.waiting_since, row.due_at) == ("open", None, None)
        return
    assert not [state for state in seen.turns if state == "waiting"]
    if row.owner_kind == "queue" and row.status == "open":
        assert row.waiting_since is not None
        assert row.due_at is not None
    if unanswered:
        assert row.status == "open"
        assert row.waiting_since is not None
    assert seen.listed == (row.status == "open")


def _what_agents_see_has_a_later_number(row: Any, before: Any) -> None:
    shown = ("owner_kind", "owner_id", "status", "waiting_since", "due_at", "escalated_at", "snoozed_until", "team")
    changed = any(getattr(row, name) != getattr(before, name) for name in shown)
    if "bot" not in {row.owner_kind, before.owner_kind}:
        changed = changed or row.next_seq != before.next_seq
    assert row.change > before.change if changed else row.change >= before.change
