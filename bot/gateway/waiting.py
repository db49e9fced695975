"""``?wait=``: hold a request until the bot has answered."""

from __future__ import annotations

import asyncio

from bot.conversations.records import FINAL_TURN_STATES, Message
from bot.conversations.replay import replies_of_turn
from bot.conversations.turns import state_of_turn
from bot.gateway.delivery import Subscription
from bot.gateway.parts import Parts

MAX_WAIT = 30.0
# Should an event be lost between processes, the log is looked at this often.
LOOK_SECONDS = 1.0


async def wait_for_replies(parts: Parts, conversation_id: str, turn_id: str, seconds: float) -> list[Message] | None:
    """The turn's replies once it has ended; None if it has not within ``seconds``."""
    async with parts.delivery.subscribe(conversation_id) as events:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not await _ended(parts, turn_id):
            left = until - loop.time()
            if left <= 0:
                return None
            try:
                await asyncio.wait_for(_news(events, turn_id), min(left, LOOK_SECONDS))
            except asyncio.TimeoutError:
                continue
    return await parts.log.read(lambda connection: replies_of_turn(connection, turn_id))


async def _ended(parts: Parts, turn_id: str) -> bool:
    turn = await parts.log.read(lambda connection: state_of_turn(connection, turn_id))
    return turn.state in FINAL_TURN_STATES


async def _news(events: Subscription, turn_id: str) -> None:
    while True:
        event = await events.get()
        if event.kind == "owner" or (event.kind == "turn" and event.data["turn_id"] == turn_id):
            return
