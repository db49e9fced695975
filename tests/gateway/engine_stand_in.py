"""Speaks docs/contracts.md as Rasa's channel does, and fails on demand: for faults that a real engine cannot be told
to have. What it does is in the message's words; what it ran is in a file, which outlives the process.

``python engine_stand_in.py PORT FOLDER KEY``
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw
from sanic.response import json as json_response


class StandIn:
    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._key = key

    async def run(self, request: Request) -> HTTPResponse:
        if request.headers.get("authorization") != f"Bearer {self._key}":
            return _problem(401)
        turn = request.json
        self._note("asked", turn)
        words = _words(turn["input"])
        if (fault := await self._fault(words)) is not None:
            return fault
        answered = self._folder / f"{turn['turn_id']}.json"
        if not answered.exists():
            self._note("ran", turn)
            answered.write_text(json.dumps(self.answer(turn, words)))
        if "slow-to-tell" in words:
            await asyncio.sleep(1.0)
        return raw(answered.read_bytes(), content_type="application/json")

    def answer(self, turn: dict[str, Any], words: str) -> dict[str, Any]:
        return _answer(turn, words)

    async def _fault(self, words: str) -> HTTPResponse | None:
        if "fail twice" in words and len(self._lines("asked")) < 3:
            return _problem(503)
        for status in (400, 500, 503):
            if f"fail {status}" in words:
                return _problem(status)
        if "slow" in words.split():
            await asyncio.sleep(1.0)
        if "nonsense" in words:
            return raw(b'{"replies": 7}', content_type="application/json")
        if "say nothing" in words:
            return json_response({"turn_id": "none", "replies": []})
        if "crash" in words and not (self._folder / "crashed").exists():
            (self._folder / "crashed").touch()
            os._exit(9)
        return None

    def _note(self, what: str, turn: dict[str, Any]) -> None:
        with (self._folder / f"{what}.jsonl").open("a") as file:
            file.write(json.dumps(turn) + "\n")

    def _lines(self, what: str) -> list[str]:
        return (self._folder / f"{what}.jsonl").read_text().splitlines()


def _words(said: dict[str, Any]) -> str:
    return str(said.get("text") or said.get("title") or said["kind"])


def _answer(turn: dict[str, Any], words: str) -> dict[str, Any]:
    reply: dict[str, Any] = {"response": "utter_echo", "text": f"You said: {words}", "buttons": [], "card": None}
    if words.startswith("reply {"):
        reply |= json.loads(words.removeprefix("reply "))
    elif "buttons" in words:
        reply["buttons"] = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]
    if "confirm" in words:
        reply["buttons"] = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]
        reply["card"] = {"type": "confirm", "title": words, "rows": []}
    if "form" in words:
        reply["card"] = {"type": "address_form", "country": "MY", "submit": "/give_address"}
    handoff = None
    if "person" in words:
        record = {"identity": {}, "order_snapshot": None, "slots": {"a": 1}, "form": None, "tried": []}
        handoff = {"reason": "wish_for_person", "record": record}
    return {
        "turn_id": turn["turn_id"],
        "language": "id" if "bahasa" in words else "en",
        "replies": [reply],
        "intent": {"name": "say", "confidence": 0.9},
        "actions": [{"name": "action_say", "ms": 1.0}],
        "handoff": handoff,
        "state": {"slots": {"last_words": words}, "form": {"name": "say_form", "asks": "words"}},
        "milliseconds": 1.0,
    }


def _problem(status: int) -> HTTPResponse:
    return json_response({"status": status}, status, content_type="application/problem+json")


async def _health(_request: Request) -> HTTPResponse:
    return json_response({})


def serve(port: int, folder: Path, stand_in: StandIn) -> None:
    app = Sanic("engine-stand-in", configure_logging=False)
    folder.mkdir(parents=True, exist_ok=True)
    app.add_route(stand_in.run, "/webhooks/turns/run", ["POST"])
    app.add_route(_health, "/webhooks/turns/health", ["GET"])
    app.run(host="127.0.0.1", port=port, motd=False, access_log=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]), StandIn(Path(sys.argv[2]), sys.argv[3]))
