"""The least that could do it: a Sanic socket that commits a row and passes it on.

``python -m benchmarks.desk_bare PORT DATABASE``

No owner, no numbers, no resend, no queue: what a message costs before anything is made safe around it.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response


class Bare:
    def __init__(self, database: str) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(1)
        self._sockets: dict[str, Any] = {}  # "agent 3", "shopper c17"

    async def open(self, *_: Any) -> None:
        await self._in_thread(self._open)

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._database, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE messages (id INTEGER PRIMARY KEY, conversation TEXT, side TEXT, text TEXT)",
        ):
            self._connection.execute(statement)

    async def talk(self, request: Request, socket: Any) -> None:
        """First frame: who it is; then messages ``{"to": who, "conversation", "text"}``."""
        me = str(await socket.recv())
        self._sockets[me] = socket
        try:
            while True:
                said = json.loads(await socket.recv())
                await self._in_thread(self._store, said["conversation"], me, said["text"])
                frame = {"type": "message", "conversation_id": said["conversation"], "text": said["text"]}
                await self._sockets[said["to"]].send(json.dumps(frame, separators=(",", ":")))
        finally:
            del self._sockets[me]

    def _store(self, conversation: str, side: str, text: str) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        row = (conversation, side, text)
        self._connection.execute("INSERT INTO messages (conversation, side, text) VALUES (?, ?, ?)", row)
        self._connection.execute("COMMIT")

    async def _in_thread(self, work: Any, *given: Any) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)


async def _health(_request: Request) -> HTTPResponse:
    return json_response({})


def main() -> None:
    bare = Bare(sys.argv[2])
    app = Sanic("bare", configure_logging=False)
    app.add_route(_health, "/health", ["GET"])
    app.add_websocket_route(bare.talk, "/talk")
    app.register_listener(bare.open, "before_server_start")
    app.run(host="127.0.0.1", port=int(sys.argv[1]), motd=False, access_log=False)


if __name__ == "__main__":
    main()
