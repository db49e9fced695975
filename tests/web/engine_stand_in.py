"""Speaks the turn contract of docs/contracts.md in Rasa's place, so that a test can show any card on demand.

What the shopper types is looked up in ``scenes.SCENES``; a button's payload is looked up the same way. The gateway in
front of it is the real one.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.web.scenes import HANDOFF, SCENES, unknown


class EngineStandIn:
    """``inputs``: what the gateway sent, in order, each turn once."""

    def __init__(self) -> None:
        self.inputs: list[dict[str, Any]] = []
        self.contexts: list[dict[str, Any]] = []
        self.open = threading.Event()  # cleared: turns wait
        self.open.set()
        self._answers: dict[str, bytes] = {}
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(b"{}")

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._answer(stand_in.turn(body))

            def _answer(self, content: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Tests read ``inputs``, not a log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def turn(self, body: dict[str, Any]) -> bytes:
        self.open.wait(10)
        turn_id = body["turn_id"]
        if turn_id not in self._answers:
            self.inputs.append(body["input"])
            self.contexts.append(body["context"])
            self._answers[turn_id] = json.dumps(_answer(turn_id, body["input"])).encode()
        return self._answers[turn_id]

    def stop(self) -> None:
        self.open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _answer(turn_id: str, given: dict[str, Any]) -> dict[str, Any]:
    said = given.get("text") or given.get("payload") or "photo"
    return {
        "turn_id": turn_id,
        "replies": SCENES.get(said) or unknown(given),
        "intent": {"name": "scene", "confidence": 1.0},
        "actions": [],
        "handoff": HANDOFF if said == "person" else None,
        "state": {"slots": {}, "form": None},
        "milliseconds": 1.0,
    }
