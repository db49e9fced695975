"""A shopper at the chat API: types, presses, fills in cards, sends a picture, and waits for the answer."""

from __future__ import annotations

import io
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt
from PIL import Image

from bot.installation import DEMO_KEY_ID
from tests.end_to_end.conversation_file import Turn
from tests.end_to_end.line_ids import as_in_store, order_of_unique_ids
from tests.stack import Stack

WAIT = 30  # seconds, as long as the gateway holds a request
WAITS = 5  # the same message again: it waits for the same answer


@dataclass
class Shopper:
    http: httpx.Client
    conversation_id: str
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[dict[str, Any]] = field(default_factory=list)  # every message, in order
    refusal: str | None = None  # the code with which the gateway refused what was sent last

    @property
    def path(self) -> str:
        return f"/chat/v1/conversations/{self.conversation_id}"

    def does(self, turn: Turn, stranger: Shopper | None = None) -> list[dict[str, Any]]:
        """Act, wait for the bot, and give its replies."""
        if turn.user is not None:
            return self.sends(text=turn.user)
        if (token := self._token(turn, stranger)) is not None:
            return self.sends(choice=token)
        if turn.photo:
            return self.sends(photo=self._upload())
        if turn.returns:
            return self.catches_up()
        if turn.rates is not None:
            return self._rates(turn.rates)
        return self._submits(turn.submit or {})

    def sends(self, **what: Any) -> list[dict[str, Any]]:
        body = {"client_id": secrets.token_hex(8), **what}
        for _ in range(WAITS):
            answer = self.http.post(f"{self.path}/messages", params={"wait": WAIT}, json=body, headers=self.headers)
            if answer.status_code != httpx.codes.ACCEPTED:
                break
        self.refusal = answer.json()["code"] if answer.is_client_error else None
        if self.refusal:
            return []
        assert answer.status_code == httpx.codes.OK, answer.text
        replies: list[dict[str, Any]] = answer.json()["replies"]
        self.seen += replies
        return replies

    def catches_up(self) -> list[dict[str, Any]]:
        """What others said since the last message seen, as a page that is opened again asks for it."""
        after = self.seen[-1]["seq"] if self.seen else 0
        answer = self.http.get(f"{self.path}/messages", params={"after": after}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        came = [each for each in answer.json()["messages"] if each["author"]["kind"] != "shopper"]
        self.seen += came
        return came

    def _rates(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        cards = [each["card"] for each in reversed(self.seen) if (each.get("card") or {}).get("type") == "rating"]
        assert cards, "nobody asked how it was"
        return self.sends(choice=cards[0]["submit"], values=values)

    def _token(self, turn: Turn, stranger: Shopper | None) -> str | None:
        if turn.press is not None:
            return self.button(turn.press)
        if turn.press_first is not None:
            return self.button(turn.press_first, oldest=True)
        if turn.steal is not None:
            assert stranger is not None, "there is no stranger to steal from"
            return stranger.button(turn.steal)
        return turn.forge

    def button(self, title: str, *, oldest: bool = False) -> str:
        """What a press on that button sends; the newest of several with this title unless ``oldest``."""
        messages = self.seen if oldest else self.seen[::-1]
        buttons = [button for each in messages for button in each["buttons"]]
        titles = [button["title"] for button in buttons]
        assert title in titles, f"no button {title!r} among {titles}"
        value: str = next(button["value"] for button in buttons if button["title"] == title)
        return value

    def _submits(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        cards = [each["card"] for each in reversed(self.seen) if (each.get("card") or {}).get("submit")]
        assert cards, "no card was shown that could be sent"
        shown = cards[0].get("values", {}) if cards[0]["type"] == "address_form" else {}
        if order_id := order_of_unique_ids(json.dumps(cards[0])):
            values = as_in_store(values, order_id)
        return self.sends(choice=cards[0]["submit"], values={**shown, **values})

    def _upload(self) -> str:
        picture = io.BytesIO()
        Image.new("RGB", (320, 240), "brown").save(picture, "JPEG")
        answer = self.http.post(
            f"{self.path}/photos",
            content=picture.getvalue(),
            headers={**self.headers, "Content-Type": "image/jpeg"},
        )
        assert answer.status_code == 201, answer.text
        photo_id: str = answer.json()["photo_id"]
        return photo_id


def enter(stack: Stack, http: httpx.Client, shopper: str, locale: str) -> Shopper:
    """Open a conversation as a guest or, signed in by the shop, as a customer."""
    opening: dict[str, Any] = {"locale": locale}
    if shopper != "guest":
        opening["customer_token"] = customer_token(stack, shopper)
    answer = http.post("/chat/v1/conversations", json=opening)
    assert answer.status_code == 201, answer.text
    opened = answer.json()
    return Shopper(http, opened["conversation_id"], {"Authorization": f"Bearer {opened['token']}"})


def customer_token(stack: Stack, customer_id: str) -> str:
    """What the shop's own server would sign for a logged-in shopper."""
    settings = stack.settings
    claims = {"sub": customer_id, "aud": settings.customer_audience, "exp": int(time.time()) + 600}
    return jwt.encode(claims, settings.customer_keys[DEMO_KEY_ID], algorithm="HS256", headers={"kid": DEMO_KEY_ID})


def await_the_store(stack: Stack, http: httpx.Client) -> None:
    """Ask as a customer until the bot gets an answer from the store: after failures it tries again only by and by."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        customer = enter(stack, http, "cus_siti", "en")
        customer.sends(text="list my orders")
        if customer.seen[0]["buttons"]:
            return
    raise TimeoutError("the bot does not reach the store again")
