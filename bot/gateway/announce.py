"""Tells everybody who follows a conversation what was just stored in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversations.records import Message, Owner
from bot.gateway.delivery import AGENTS, Delivery, Event
from bot.gateway.shapes import message_json, owner_json


async def announce_messages(delivery: Delivery, conversation_id: str, messages: Sequence[Message]) -> None:
    for message in messages:
        data = {"message": message_json(message), "turn_id": message.turn_id, "response": message.response}
        await delivery.publish(conversation_id, Event("message", data))


async def announce_redrawn(delivery: Delivery, conversation_id: str, message: Message) -> None:
    """A message's card is another now."""
    await delivery.publish(
        conversation_id, Event("redrawn", {"message": message_json(message), "response": message.response})
    )


async def announce_owner(delivery: Delivery, conversation_id: str, owner: Owner) -> None:
    data = {"owner": owner_json(owner), "owner_id": owner.id}  # the id is for agents' pages only
    await delivery.publish(conversation_id, Event("owner", data))


async def announce_to_agents(delivery: Delivery, conversation_id: str, *, detail: bool = True) -> None:
    """The conversation stands otherwise in the queue: agents' pages may look it up.

    ``detail``: also what is beside its messages (notes, facts, labels, orders, owner) may be new.
    """
    await delivery.publish(AGENTS, Event("changed", {"conversation_id": conversation_id, "detail": detail}))


async def announce_notice(
    delivery: Delivery,
    what: str,
    conversation_id: str,
    *,
    for_agents: Sequence[str] = (),
    roles: Sequence[str] = (),
    text: str | None = None,
) -> None:
    """Something that one agent or one role should look at now.

    Args:
        what: assigned, mentioned, escalated, whispered or waiting.
        for_agents: ids of agents; ``roles``: all who are of these roles. With neither it is for every agent.
        text: told with it, as a person wrote it.
    """
    notice = {"what": what, "conversation_id": conversation_id} | ({"text": text} if text else {})
    whom = {"for_agents": list(for_agents), "roles": list(roles)}
    await delivery.publish(AGENTS, Event("notice", {"notice": notice, **whom}))


async def announce_presence(delivery: Delivery) -> None:
    """Who is there, or how much they have, is otherwise."""
    await delivery.publish(AGENTS, Event("presence", {}))


async def announce_typing(delivery: Delivery, conversation_id: str, author: dict[str, Any], *, on: bool) -> None:
    await delivery.publish(conversation_id, Event("typing", {"author": author, "on": on}))


async def announce_read(delivery: Delivery, conversation_id: str, seq: int) -> None:
    await delivery.publish(conversation_id, Event("read", {"seq": seq}))


async def announce_turn(delivery: Delivery, conversation_id: str, turn_id: str) -> None:
    """The turn has ended, one way or another: who waits for it may look."""
    await delivery.publish(conversation_id, Event("turn", {"turn_id": turn_id}))
