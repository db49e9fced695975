"""Who is measured: Ramah's engine, and stock Rasa with its default store and with its SQL store."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.server import Server

Say = Callable[[httpx.AsyncClient, str, str], Awaitable[None]]


class NotAnswered(Exception):
    """A turn failed; a benchmark of errors would say nothing."""


@dataclass(frozen=True)
class Contestant:
    name: str
    server: Server
    say: Say  # one turn: client, conversation, text
    grows_to: int  # turns of the long conversation


def ramah(server: Server, url: str, key: str, grows_to: int) -> Contestant:
    async def say(client: httpx.AsyncClient, conversation: str, text: str) -> None:
        turn = {
            "turn_id": uuid.uuid4().hex,
            "conversation_id": conversation,
            "input": {"kind": "text", "text": text},
            "context": {"locale": "en", "time_zone": "Asia/Kuala_Lumpur", "client_ref": conversation},
        }
        headers = {"Authorization": f"Bearer {key}"}
        answer = await client.post(f"{url}/webhooks/turns/run", json=turn, headers=headers)
        if answer.status_code != 200 or not answer.json()["replies"]:
            raise NotAnswered(f"{text}: {answer.status_code} {answer.text[:500]}")

    return Contestant("Ramah", server, say, grows_to)


def stock(name: str, server: Server, url: str, grows_to: int) -> Contestant:
    async def say(client: httpx.AsyncClient, conversation: str, text: str) -> None:
        # Stock Rasa answers 200 and an empty list where it failed; what it says is its own affair here.
        answer = await client.post(f"{url}/webhooks/rest/webhook", json={"sender": conversation, "message": text})
        if answer.status_code != 200:
            raise NotAnswered(f"{text}: {answer.status_code} {answer.text[:500]}")

    return Contestant(name, server, say, grows_to)


def stock_server(python: Path, model: Path, folder: Path, *, port: int, actions_url: str, store: str) -> Server:
    """``rasa run`` with the REST channel, as its documentation starts it.

    Args:
        python: of the environment with stock Rasa.
        model: trained there.
        folder: for its configuration and its database.
        port: to listen to.
        actions_url: of the action server, which both contestants share.
        store: lines of ``endpoints.yml``; empty for the default.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: {actions_url}\n{store}")
    (folder / "credentials.yml").write_text("rest:\n")
    command = [str(python), "-m", "rasa", "run", "--model", str(model), "--port", str(port)]
    url = f"http://127.0.0.1:{port}/webhooks/rest/"
    return Server(
        [*command, "--interface", "127.0.0.1"], url, folder / "rasa.log", folder, {"RASA_TELEMETRY_ENABLED": "false"}
    )
