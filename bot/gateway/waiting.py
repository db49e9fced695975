"""``?wait=``: hold a request until the bot has answered."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.conversations.records import FINAL_TURN_STATES
from bot.conversations.replay import replies_of_turn
from bot.conversations.turns import state_of_turn
from bot.gateway.delivery import Subscription
from bot.gateway.parts import Parts
from bot.gateway.shapes import message_json

MAX_WAIT = 30.0
# Should an event be lost between processes, the log is looked at this often.
LOOK_SECONDS = 1.0


async def wait_for_replies(
    parts: Parts, events: Subscription, turn_id: str, seconds: float, *, sure: bool
) -> list[dict[str, Any]] | None:
    """The turn's replies, as the chat API shows them, once it has ended; None if it has not within ``seconds``.

    ``sure``: the turn was stored after ``events`` were subscribed to, so that whatever happens to it will be news.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    heard: list[dict[str, Any]] = []
    while True:
        if not sure and await _ended(parts, turn_id):
            found = await parts.log.read(lambda connection: replies_of_turn(connection, turn_id))
            return [message_json(message) for message in found]
        left = until - loop.time()
        if left <= 0:
            return None
        try:
            if await asyncio.wait_for(_hear(events, turn_id, heard), min(left, LOOK_SECONDS)) and not events.lagging:
                return heard
        except asyncio.TimeoutError:
            pass
        sure = False


async def _ended(parts: Parts, turn_id: str) -> bool:
    turn = await parts.log.read(lambda connection: state_of_turn(connection, turn_id))
    return turn.state in FINAL_TURN_STATES


async def _hear(events: Subscription, turn_id: str, heard: list[dict[str, Any]]) -> bool:
    """Collect the turn's replies until it ends (True) or the owner changes (the log knows more)."""
    while True:
        event = await events.get()
        if event.kind == "message" and event.data["turn_id"] == turn_id:
            message = event.data["message"]
            if message["author"]["kind"] != "shopper":
                heard.append(message)
        elif event.kind == "turn" and event.data["turn_id"] == turn_id:
            return True
        elif event.kind == "owner":
            return False
