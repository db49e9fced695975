"""An open page of a shopper or an agent: a socket that is cut at random and always comes back for what it missed."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import websockets.client
import websockets.exceptions

TRY_AGAIN_AFTER = 0.3


@dataclass
class LiveView:
    """Follows one conversation; ``numbers`` are the messages in the order they came to the screen.

    Args:
        address: of the socket.
        headers: of the handshake.
        hello: the frames to begin with, given the last number on the screen.
        dice: decides how long a connection lives.
        lives: seconds, drawn between these two.
    """

    address: str
    headers: dict[str, str]
    hello: Callable[[int], list[dict[str, Any]]]
    dice: random.Random
    lives: tuple[float, float] = (1.0, 8.0)
    numbers: list[int] = field(default_factory=list)
    cuts: int = 0
    _task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._task = asyncio.create_task(self._forever())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def shows(self, seq: int, within: float) -> bool:
        """Whether the message comes to the screen within so many seconds."""
        deadline = asyncio.get_running_loop().time() + within
        while not self.numbers or self.numbers[-1] < seq:
            if asyncio.get_running_loop().time() > deadline:
                return False
            await asyncio.sleep(0.05)
        return True

    @property
    def complete(self) -> bool:
        """Every number once, in order, none missing."""
        return self.numbers == list(range(1, len(self.numbers) + 1))

    async def _forever(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._follow(), self.dice.uniform(*self.lives))
            except asyncio.TimeoutError:
                self.cuts += 1
            except (OSError, websockets.exceptions.WebSocketException, asyncio.IncompleteReadError):
                pass
            await asyncio.sleep(TRY_AGAIN_AFTER)

    async def _follow(self) -> None:
        socket = await websockets.client.connect(self.address, extra_headers=self.headers, close_timeout=0.1)
        try:
            for frame in self.hello(self.numbers[-1] if self.numbers else 0):
                await socket.send(json.dumps(frame))
            async for text in socket:
                frame = json.loads(text)
                if frame["type"] == "message":
                    self.numbers.append(frame["message"]["seq"])
        finally:
            # Cut, not closed: the other side finds out by itself.
            if socket.transport is not None:
                socket.transport.abort()
