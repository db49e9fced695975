"""An agent at the desk API: logs in, is there (or not), and does what is written down."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import websockets.client

from tests.end_to_end.agent_turn import AgentTurn
from tests.end_to_end.line_ids import as_in_store, order_of_unique_ids
from tests.until import until

_WITHOUT_A_BODY = {
    "claims": "claim",
    "takes_over": "take_over",
    "releases": "release",
    "resolves": "resolve",
    "reopens": "reopen",
    "merges": "merge",
}


def _in_minutes(minutes: float) -> str:
    return (datetime.now(timezone.utc) + timedelta(minutes=minutes)).isoformat()


@dataclass
class DeskAgent:
    """``answer`` is what the desk last said, ``page`` the open page's socket, if there is one."""

    url: str
    name: str
    email: str
    password: str
    http: httpx.Client = field(init=False)
    id: str = ""
    csrf: str = ""
    answer: httpx.Response | None = None
    page: Page | None = None
    unique_line_ids: bool = False  # of the store

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)

    def log_in(self) -> None:
        said = self.http.post("/desk/v1/login", json={"email": self.email, "password": self.password})
        assert said.status_code == 200, said.text
        self.csrf, self.id = said.json()["csrf"], said.json()["agent"]["id"]

    def comes(self) -> None:
        """Open the page: from now on the agent is there."""
        self.send("POST", "/presence", {"presence": "online"})
        if self.page is None:
            cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
            self.page = Page(self.url, cookies, self.csrf)
        until(lambda: self._presence() == "online")

    def goes_away(self) -> None:
        self.send("POST", "/presence", {"presence": "away"})

    def leaves(self) -> None:
        if self.page is not None:
            self.goes_away()
            self.page.close()
            self.page = None

    def _presence(self) -> str:
        agents = self.get("/agents")["agents"]
        presence: str = next(each["presence"] for each in agents if each["id"] == self.id)
        return presence

    def close(self) -> None:
        self.leaves()
        self.http.close()

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        said = self.http.get(f"/desk/v1{path}", params=params)
        assert said.status_code == 200, said.text
        body: dict[str, Any] = said.json()
        return body

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        headers = {"X-CSRF-Token": self.csrf}
        self.answer = self.http.request(method, f"/desk/v1{path}", json=body or {}, headers=headers)
        return self.answer

    @property
    def refusal(self) -> str | None:
        if self.answer is None or self.answer.is_success:
            return None
        assert self.answer.is_client_error or self.answer.status_code == 503, self.answer.text
        code: str = self.answer.json()["code"]
        return code

    @property
    def told(self) -> str | None:
        """Who has the conversation, as a refusal says."""
        assert self.answer is not None
        name: str | None = (self.answer.json().get("owner") or {}).get("name")
        return name

    def does(self, turn: AgentTurn, conversation_id: str, colleagues: dict[str, DeskAgent]) -> None:
        """One deed; what became of it is in ``answer``."""
        self.answer = None
        here = f"/conversations/{conversation_id}"
        for deed in ("comes", "leaves", "goes_away"):
            if getattr(turn, deed):
                getattr(self, deed)()
                return
        if turn.is_given_it:
            until(lambda: self.get(here)["conversation"]["owner"].get("id") == self.id)
        elif turn.looks:
            self.get(here)
        elif turn.races_with is not None:
            self._races(colleagues[turn.races_with], here)
        elif turn.does is not None:
            self._does_order_job(turn, here)
        elif turn.fills is not None:
            order_id = order_of_unique_ids(json.dumps(self.get(f"{here}/form")))
            for slot, value in (as_in_store(turn.fills, order_id) if order_id else turn.fills).items():
                self.send("PUT", f"{here}/fields/{slot}", {"value": value})
        elif turn.takes_back is not None:
            self.send("DELETE", f"{here}/fields/{turn.takes_back}")
        else:
            self.send("POST", *self._post(turn, here, colleagues))

    def _post(self, turn: AgentTurn, here: str, colleagues: dict[str, DeskAgent]) -> tuple[str, dict[str, Any] | None]:
        """Where the deed is sent, and what with it."""
        for deed, path in _WITHOUT_A_BODY.items():
            if getattr(turn, deed):
                return f"{here}/{path}", None
        client_id = secrets.token_hex(8)
        with_body: dict[str, tuple[str, dict[str, Any]]] = {
            "writes": ("messages", {"client_id": client_id, "text": turn.writes}),
            "notes": ("notes", {"client_id": client_id, "text": turn.notes, "kind": "note"}),
            "labels": ("labels", {"add": turn.labels, "remove": []}),
            "assigns_to": ("assign", {"agent_id": colleagues[turn.assigns_to].id if turn.assigns_to else ""}),
            "snoozes_minutes": ("snooze", {"until": _in_minutes(turn.snoozes_minutes or 0)}),
            "hands_back": ("hand_back", turn.hands_back or {}),
        }
        for deed, (path, body) in with_body.items():
            if getattr(turn, deed) is not None:
                return f"{here}/{path}", body
        wish = dict(turn.transfers or {})
        if "to" in wish:
            wish["agent_id"] = colleagues[wish.pop("to")].id
        return f"{here}/transfer", wish

    def _races(self, other: DeskAgent, here: str) -> None:
        """Both claim at once; ``answer`` is then the loser's, and the winner has no refusal."""
        together = threading.Barrier(2)

        def claim(agent: DeskAgent) -> None:
            together.wait()
            agent.send("POST", f"{here}/claim")

        threads = [threading.Thread(target=claim, args=(each,)) for each in (self, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        refusals = [each.refusal for each in (self, other)]
        assert sorted(map(str, refusals)) == ["None", "already_taken"], refusals
        winner, loser = (self, other) if self.refusal is None else (other, self)
        assert loser.told == winner.name
        self.answer = loser.answer

    def _does_order_job(self, turn: AgentTurn, here: str) -> None:
        wish = turn.does
        assert wish is not None
        order_id = f"ord_{wish.order}"
        wishes = as_in_store(wish.values, order_id) if self.unique_line_ids else wish.values
        values = {"order_id": order_id, **wishes}
        if values.get("photos") == "sent":
            cards = [message.get("card") or {} for message in self.get(here)["messages"]]
            values["photos"] = [card["photo_id"] for card in cards if card.get("type") == "photo"]
        previewed = self.send("POST", f"{here}/jobs/{wish.job}/preview", values)
        if not previewed.is_success or not wish.confirm:
            return
        for _ in range(2 if wish.twice else 1):
            self.send("POST", f"{here}/jobs/confirm", {"preview_id": previewed.json()["preview_id"]})


class Page:
    """The desk's page as far as presence goes: a socket that stays open, in a thread of its own."""

    def __init__(self, url: str, cookies: str, csrf: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._stay = asyncio.run_coroutine_threadsafe(self._open(url, cookies, csrf), self._loop)

    async def _open(self, url: str, cookies: str, csrf: str) -> None:
        address = f"{url.replace('http', 'ws')}/desk/v1/stream"
        headers = {"Cookie": cookies, "Origin": url}
        async with websockets.client.connect(address, extra_headers=headers) as socket:
            await socket.send(json.dumps({"type": "hello", "csrf": csrf, "after": 0}))
            async for _ in socket:
                pass

    def close(self) -> None:
        self._stay.cancel()

        async def settled() -> None:
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            await asyncio.gather(*others, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(settled(), self._loop).result(timeout=30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
