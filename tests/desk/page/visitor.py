"""A shopper for tests that hold a browser: plain calls, no event loop of their own."""

from __future__ import annotations

import secrets
from typing import Any

import httpx

WAIT = 30.0  # seconds for the bot's answer


class Visitor:
    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=40, trust_env=False)
        answer = self.http.post("/chat/v1/conversations", json={})
        answer.raise_for_status()
        self.id: str = answer.json()["conversation_id"]
        self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    @property
    def path(self) -> str:
        return f"/chat/v1/conversations/{self.id}/messages"

    def say(self, text: str) -> None:
        """And wait for the bot, if it still answers."""
        body = {"client_id": secrets.token_hex(8), "text": text}
        self.http.post(self.path, params={"wait": WAIT}, json=body).raise_for_status()

    def write(self, text: str) -> None:
        """To a person: nobody is waited for."""
        self.http.post(self.path, json={"client_id": secrets.token_hex(8), "text": text}).raise_for_status()

    def send_photo(self, jpeg: bytes) -> None:
        photos = self.path.replace("messages", "photos")
        kept = self.http.post(photos, content=jpeg, headers={"Content-Type": "image/jpeg"}).raise_for_status()
        body = {"client_id": secrets.token_hex(8), "photo": kept.json()["photo_id"]}
        self.http.post(self.path, json=body).raise_for_status()

    def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.http.get(self.path).raise_for_status().json()["messages"]
        return found

    def heard(self, kind: str = "agent") -> list[str]:
        """What people (or the bot) said."""
        return [message["text"] for message in self.messages() if message["author"]["kind"] == kind]

    @property
    def owner(self) -> str:
        kind: str = self.http.get(self.path).raise_for_status().json()["owner"]["kind"]
        return kind

    def leave(self) -> None:
        self.http.close()
