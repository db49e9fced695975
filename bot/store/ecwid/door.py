"""The way to one Ecwid shop: a bearer token in the header, JSON both ways, within the budget of requests."""

from __future__ import annotations

import json
from collections.abc import Mapping

import httpx

from bot.store.answers import Answer, Nonsense, model_of
from bot.store.connection import Parse, Query, StoreConnection
from bot.store.ecwid import replies
from bot.store.ecwid.budget import Budget
from bot.store.ecwid.documents import Created, Updated
from bot.store.errors import RateLimited
from bot.store.patience import Patience


class Door:
    """How calls fail is ``StoreConnection``'s. ``base_url`` ends with the store id."""

    def __init__(self, base_url: str, token: str, patience: Patience, budget: Budget) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._connection = StoreConnection(base_url, headers=headers, patience=patience)
        self._budget = budget

    async def get(self, path: str, model: type[Answer], query: Query | None = None) -> Answer:
        return await self._connection.read("GET", path, self._parse(model), query=query, admit=self._budget.take)

    async def put(self, path: str, body: Mapping[str, object], *, key: str, begun: bool = False) -> None:
        """Change the fields that ``body`` names, and no others. ``begun``: an earlier step is written already."""
        admit = self._budget.spend if begun else self._budget.take
        parse = self._parse(Updated, "updateCount")
        await self._connection.write("PUT", path, parse, key=key, body=_json(body), admit=admit)

    async def post(self, path: str, body: Mapping[str, object], *, key: str) -> None:
        parse = self._parse(Created, "createCount")
        await self._connection.write("POST", path, parse, key=key, body=_json(body), admit=self._budget.take)

    async def close(self) -> None:
        await self._connection.close()

    def _parse(self, model: type[Answer], count: str = "") -> Parse[Answer]:
        def parse(response: httpx.Response) -> Answer:
            try:
                replies.check(response)
            except RateLimited as busy:
                self._budget.hold(busy.retry_after)
                raise
            except replies.KeyRefused:
                self._budget.refused()
                raise
            self._budget.accepted()
            answer = model_of(response, model)
            if count and getattr(answer, count) != 1:
                raise Nonsense(f"{count} is not 1: whether it was written must be looked up")
            return answer

        return parse


def _json(body: Mapping[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False)
