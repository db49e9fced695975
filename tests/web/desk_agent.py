"""An agent at the desk's API, beside a browser with a shopper in it."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.conversations.times import utc_now
from bot.desk.people.agents import add_agent
from bot.desk.people.passwords import hash_password
from bot.desk.people.presence import seen

PASSWORD = "a long walk to the river"


class DeskAgent:
    """Signed in, under a made-up address; away, so that they are given only what they take."""

    def __init__(self, url: str, state_dir: Path, name: str) -> None:
        email = f"{name.lower()}-{secrets.token_hex(4)}@example.com"
        with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop running in this one
            thread.submit(lambda: asyncio.run(_add(state_dir, name, email))).result()
        self._http = httpx.Client(base_url=f"{url}/desk/v1", timeout=60, trust_env=False)
        signed_in = self._http.post("/login", json={"email": email, "password": PASSWORD})
        assert signed_in.status_code == 200, signed_in.text
        self._http.headers["X-CSRF-Token"] = signed_in.json()["csrf"]
        self.post("/presence", presence="away")

    def take_the_latest(self) -> str:
        """The id of the conversation that has come to the queue last, now the agent's."""
        waiting = self._get("/conversations?view=queue")["conversations"]
        latest = max(waiting, key=lambda one: one["last_message_at"])["id"]
        self.post(f"/conversations/{latest}/claim")
        return str(latest)

    def says(self, conversation_id: str, text: str) -> None:
        self.post(f"/conversations/{conversation_id}/messages", client_id=secrets.token_hex(8), text=text)

    def shows(self, conversation_id: str, picture: bytes) -> None:
        kept = self._http.post(
            f"/conversations/{conversation_id}/photos", content=picture, headers={"Content-Type": "image/jpeg"}
        )
        assert kept.status_code == 201, kept.text
        self.post(
            f"/conversations/{conversation_id}/messages",
            client_id=secrets.token_hex(8),
            photo=kept.json()["photo_id"],
        )

    def post(self, path: str, **body: Any) -> None:
        answer = self._http.post(path, json=body)
        assert answer.status_code < 300, answer.text

    def _get(self, path: str) -> Any:
        answer = self._http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def leave(self) -> None:
        self._http.close()


async def _add(state_dir: Path, name: str, email: str) -> None:
    log = ConversationLog(f"sqlite:///{state_dir / 'conversations.db'}")

    def add(connection: Connection) -> None:
        now = utc_now()
        agent = add_agent(
            connection,
            name=name,
            email=email,
            password_hash=hash_password(PASSWORD),
            role="agent",
            languages=["en"],
            capacity=100,
            now=now,
        )
        seen(connection, [agent.id], now)  # as if a page of theirs were open: who is gone keeps no conversation

    await log.write(add)
    await log.close()
