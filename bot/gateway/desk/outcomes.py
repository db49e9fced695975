"""What was done to a conversation is told to everybody whom it concerns, and what was refused becomes a problem."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversations import errors
from bot.conversations.records import Owner
from bot.desk.conversation.labels import UnknownLabel
from bot.desk.people.agents import NoAgent
from bot.desk.queue.claims import AlreadyTaken, NotAllowed, NotPresent
from bot.desk.queue.events import Outcome
from bot.desk.queue.snooze import NoSuchMoment
from bot.gateway.announce import announce_messages, announce_notice, announce_owner, announce_to_agents
from bot.gateway.delivery import Delivery
from bot.gateway.problems import Problem

_PROBLEMS: dict[type[Exception], tuple[str, str]] = {
    AlreadyTaken: ("already_taken", ""),
    errors.NotOwner: ("not_owner", ""),
    NotPresent: ("not_present", ""),
    NotAllowed: ("forbidden", ""),
    NoSuchMoment: ("invalid", "until"),
    NoAgent: ("invalid", "agent_id"),
    UnknownLabel: ("invalid", "label"),
    errors.NoConversation: ("not_found", ""),
}
REFUSALS = tuple(_PROBLEMS)


def problem_of(error: Exception) -> Problem:
    """Of one of ``REFUSALS``."""
    code, field = next(found for kind, found in _PROBLEMS.items() if isinstance(error, kind))
    about = {"owner": owner_of(error.owner)} if isinstance(error, errors.NotOwner) else {}
    return Problem(code, field=field, about=about)


def owner_of(owner: Owner) -> dict[str, str]:
    found = {"kind": owner.kind, "id": owner.id, "name": owner.name}
    return {key: value for key, value in found.items() if value}


async def announce(delivery: Delivery, outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        if not outcome.changed:
            continue
        if outcome.owner is not None:
            await announce_owner(delivery, outcome.conversation_id, outcome.owner)
        await announce_messages(delivery, outcome.conversation_id, outcome.messages)
        await announce_to_agents(delivery, outcome.conversation_id)
        if outcome.given_to is not None:
            await announce_notice(delivery, "assigned", outcome.conversation_id, for_agents=[outcome.given_to])
        if outcome.escalated:
            await announce_notice(delivery, "escalated", outcome.conversation_id, roles=["supervisor", "admin"])
