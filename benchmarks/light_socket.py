"""A WebSocket and an HTTP connection that cost next to nothing: hundreds of pages on the machine that is measured."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import struct
from collections.abc import Callable

_STATUS = re.compile(rb"HTTP/1\.1 (\d+)")
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class LightSocket(asyncio.Protocol):
    """Gives the payload of every text frame to ``hear`` the moment it is here."""

    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self._hear = hear
        self._rest = b""
        self._open = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None
        self.closed = False

    async def connect(self, port: int, path: str, headers: str = "") -> LightSocket:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", port)
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            (
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n"
            ).encode()
        )
        await self._open
        return self

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, _: Exception | None) -> None:
        self.closed = True

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self._open.done():
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._rest = head
                return
            if b" 101 " not in head:
                self._open.set_exception(ConnectionError(head.decode(errors="replace")))
                return
            self._open.set_result(None)
        self._rest = self._frames(data)

    def _frames(self, data: bytes) -> bytes:
        at = 0
        while len(data) - at >= 2:
            size, begin = data[at + 1] & 0x7F, at + 2
            if size == 126:
                begin += 2
                size = int.from_bytes(data[at + 2 : begin], "big")
            elif size == 127:
                begin += 8
                size = int.from_bytes(data[at + 2 : begin], "big")
            if len(data) < begin + size or begin > len(data):
                break
            kind = data[at] & 0x0F
            if kind == 1:
                self._hear(data[begin : begin + size])
            elif kind == 9:
                self._write(0x8A, data[begin : begin + size])
            at = begin + size
        return data[at:]

    def send(self, text: str) -> None:
        self._write(0x81, text.encode())

    def _write(self, first: int, payload: bytes) -> None:
        # A client's frame is masked; a mask of zeros leaves it as it is.
        size = len(payload)
        head = struct.pack("!BB", first, 0x80 | size) if size < 126 else struct.pack("!BBH", first, 0xFE, size)
        if self._transport is None or self.closed:
            raise ConnectionError("the socket is closed")
        self._transport.write(head + b"\0\0\0\0" + payload)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class LightHttp:
    """One kept connection, as a browser keeps it; opened again when the server has closed it."""

    def __init__(self, port: int, headers: str) -> None:
        self._port, self._headers = port, headers
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def post(self, path: str, body: str) -> int:
        """The status."""
        raw = body.encode()
        request = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(raw)}\r\n{self._headers}\r\n"
        ).encode() + raw
        async with self._turn:
            for _ in range(2):
                try:
                    return await self._ask(request)
                except (ConnectionError, asyncio.IncompleteReadError):
                    self._streams = None
            raise ConnectionError(path)

    async def _ask(self, request: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length, status = _LENGTH.search(head), _STATUS.match(head)
        if length is not None:
            await reader.readexactly(int(length[1]))
        return int(status[1]) if status else 0

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
