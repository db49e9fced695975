"""A proxy between adapter and store that does to single requests what networks and broken servers do."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

IsWrite = Callable[[str, str, bytes], bool]  # of method, path and body


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
NO_FAULT = Fault()


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
    """``faults`` befall the next requests, ``write_faults`` the next ones that change something, one each.

    While ``down`` is a fault it befalls every request. ``seen``: method and path of each request, in order.
    """

    url: str
    is_write: IsWrite
    faults: deque[Fault] = field(default_factory=deque)
    write_faults: deque[Fault] = field(default_factory=deque)
    down: Fault | None = None
    seen: list[tuple[str, str]] = field(default_factory=list)
    writes: int = 0

    @property
    def requests(self) -> int:
        return len(self.seen)

    def then(self, *faults: Fault) -> None:
        self.faults.extend(faults)

    def then_write(self, *faults: Fault) -> None:
        self.write_faults.extend(faults)

    def fault_of(self, request: bytes) -> Fault:
        """Note the request, and what shall befall it."""
        head, _, body = request.partition(b"\r\n\r\n")
        method, path, _ = head.decode("latin-1").split("\r\n")[0].split(" ")
        writes = self.is_write(method, path, body)
        self.seen.append((method, path))
        self.writes += writes
        if self.down is not None:
            return self.down
        if writes and self.write_faults:
            return self.write_faults.popleft()
        return self.faults.popleft() if self.faults else NO_FAULT


@asynccontextmanager
async def fault_proxy(
    store_url: str, is_write: IsWrite = lambda method, *_: method != "GET"
) -> AsyncIterator[FaultProxy]:
    """The proxy's ``url`` has the path of the store's."""
    proxy = FaultProxy("", is_write or (lambda method, *_: method != "GET"))
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
            await _closed(writer)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{urlsplit(store_url).path}"
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
    fault = proxy.fault_of(request)
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
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=2**24)
    try:
        writer.write(request)
        await writer.drain()
        return await _message(reader)
    finally:
        await _closed(writer)


async def _closed(writer: asyncio.StreamWriter) -> None:
    """Until it is, a test that ends now would leave a socket behind."""
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP message, whose length its header names or whose chunks name theirs."""
    head = await reader.readuntil(b"\r\n\r\n")
    fields = dict(line.split(b":", 1) for line in head.lower().split(b"\r\n")[1:] if b":" in line)
    if b"chunked" not in fields.get(b"transfer-encoding", b""):
        return head + await reader.readexactly(int(fields.get(b"content-length", b"0")))
    body = b""
    while True:
        size = await reader.readline()
        chunk = await reader.readexactly(int(size, 16) + 2)
        body += size + chunk
        if int(size, 16) == 0:
            return head + body
