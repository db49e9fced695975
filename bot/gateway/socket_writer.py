"""Sends frames over a socket: the cheap way while the browser keeps up, with an end while it does not."""

from __future__ import annotations

import asyncio
import json
import struct
from typing import Any

from sanic.exceptions import WebsocketClosed
from sanic.server.websockets.impl import WebsocketImplProtocol
from websockets.connection import OPEN

SEND_SECONDS = 10.0
_FINAL_TEXT = 0x81


class SocketWriter:
    def __init__(self, socket: WebsocketImplProtocol) -> None:
        self._socket = socket

    async def send(self, frame: dict[str, Any]) -> None:
        await self.send_framed(framed(frame))

    async def send_framed(self, frames: bytes) -> None:
        """One or more whole frames as ``framed`` makes them.

        A browser that takes nothing for long is cut off (``asyncio.TimeoutError``); it comes back and asks for what
        it missed. ``WebsocketClosed``: it has gone.
        """
        connection = self._socket.io_proto
        if self._socket.connection.state is not OPEN or connection is None or connection.transport is None:
            raise WebsocketClosed("the browser has gone")
        if not connection.transport.get_write_buffer_size():
            connection.transport.write(frames)
            return
        # Not wait_for: until Python 3.12 it can lose a cancellation, and a page that has gone would be served for ever.
        sending = asyncio.ensure_future(connection.send(frames))
        try:
            await asyncio.wait({sending}, timeout=SEND_SECONDS)
            if not sending.done():
                self._socket.fail_connection(1011)
                raise asyncio.TimeoutError
            sending.result()
        finally:
            sending.cancel()


def framed(frame: dict[str, Any]) -> bytes:
    """A text frame as it goes over the wire (RFC 6455, 5.2; a server masks nothing): made once for many browsers."""
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    size = len(text)
    if size < 126:
        return bytes((_FINAL_TEXT, size)) + text
    if size < 65536:
        return struct.pack("!BBH", _FINAL_TEXT, 126, size) + text
    return struct.pack("!BBQ", _FINAL_TEXT, 127, size) + text
