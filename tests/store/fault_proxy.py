"""A proxy between adapter and store that does to single requests what networks and broken servers do."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Fault:
    """What happens to one request.

    forward: whether the store gets it; answer: these bytes instead of the store's answer (empty: the connection is
    cut without one); delay: seconds before the answer.
    """

    forward: bool = True
    answer: bytes | None = None  # None: the store's own
    delay: float = 0.0


ANSWER_LOST = Fault(forward=True, answer=b"")
REQUEST_LOST = Fault(forward=False, answer=b"")


def canned(status: int, body: str = "", *headers: str) -> Fault:
    """A made-up answer; the store never sees the request."""
    return Fault(forward=False, answer=_answer(status, body, *headers))


def replaced(body: str) -> Fault:
    """The store does its work, but what arrives is this body with status 200."""
    return Fault(forward=True, answer=_answer(200, body))


def slow(seconds: float) -> Fault:
    return Fault(delay=seconds)


def _answer(status: int, body: str, *headers: str) -> bytes:
    content = body.encode()
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", f"Content-Length: {len(content)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + content


@dataclass
class FaultProxy:
    """``faults`` befall the next requests, one each; then everything passes."""

    url: str
    faults: deque[Fault] = field(default_factory=deque)
    requests: int = 0

    def then(self, *faults: Fault) -> None:
        self.faults.extend(faults)


@asynccontextmanager
async def fault_proxy(store_url: str) -> AsyncIterator[FaultProxy]:
    proxy = FaultProxy("")
    tasks: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            while await _serve_one(proxy, store_url, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client hung up: its right
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


async def _serve_one(
    proxy: FaultProxy, store_url: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> bool:
    """Answer one request; False when the connection shall end."""
    request = await _message(reader)
    proxy.requests += 1
    fault = proxy.faults.popleft() if proxy.faults else Fault()
    answer = await _ask(store_url, request) if fault.forward else b""
    if fault.delay:
        await asyncio.sleep(fault.delay)
    chosen = answer if fault.answer is None else fault.answer
    if not chosen:
        return False
    writer.write(chosen)
    await writer.drain()
    return True


async def _ask(store_url: str, request: bytes) -> bytes:
    parts = urlsplit(store_url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        writer.write(request)
        await writer.drain()
        return await _message(reader)
    finally:
        writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP message whose length its header names."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(lengths[0].split(b":")[1]) if lengths else 0
    return head + await reader.readexactly(length)
