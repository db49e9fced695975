"""Tells everybody who follows a conversation what was just stored in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversations.records import Message, Owner
from bot.gateway.delivery import Delivery, Event
from bot.gateway.shapes import message_json, owner_json


async def announce_messages(delivery: Delivery, conversation_id: str, messages: Sequence[Message]) -> None:
    for message in messages:
        data = {"message": message_json(message), "turn_id": message.turn_id}
        await delivery.publish(conversation_id, Event("message", data))


async def announce_owner(delivery: Delivery, conversation_id: str, owner: Owner) -> None:
    await delivery.publish(conversation_id, Event("owner", {"owner": owner_json(owner)}))


async def announce_typing(delivery: Delivery, conversation_id: str, author: dict[str, Any], *, on: bool) -> None:
    await delivery.publish(conversation_id, Event("typing", {"author": author, "on": on}))


async def announce_read(delivery: Delivery, conversation_id: str, seq: int) -> None:
    await delivery.publish(conversation_id, Event("read", {"seq": seq}))


async def announce_turn(delivery: Delivery, conversation_id: str, turn_id: str) -> None:
    """The turn has ended, one way or another: who waits for it may look."""
    await delivery.publish(conversation_id, Event("turn", {"turn_id": turn_id}))
