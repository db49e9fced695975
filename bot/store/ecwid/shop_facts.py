"""What every order and product of a shop needs and hardly ever changes: its currency, its categories' names."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from bot.store.connection import Query
from bot.store.ecwid.documents import Categories, Profile
from bot.store.ecwid.door import Door

KEPT = 3600.0  # seconds
PAGE = 100  # the most that Ecwid gives at a time
MOST_PAGES = 20


@dataclass(frozen=True)
class Facts:
    currency: str  # ISO 4217
    categories: dict[int, str] = field(default_factory=dict)

    def category(self, category_id: int | None) -> str:
        """Empty for the front page (0), the Buy Now button (-1) and categories that are gone."""
        return self.categories.get(category_id or 0, "")


class ShopFacts:
    """Reads them when they are first needed, and again after an hour."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._facts: Facts | None = None
        self._until = 0.0
        self._reading = asyncio.Lock()  # whoever comes meanwhile waits for the same answer

    async def get(self) -> Facts:
        async with self._reading:
            if self._facts is None or time.monotonic() > self._until:
                profile = await self._door.get("/profile", Profile)
                self._facts = Facts(profile.formatsAndUnits.currency, await self._categories())
                self._until = time.monotonic() + KEPT
            return self._facts

    async def _categories(self) -> dict[int, str]:
        names: dict[int, str] = {}
        for page in range(MOST_PAGES):
            query: Query = {"offset": page * PAGE, "limit": PAGE, "hidden_categories": "true"}
            found = await self._door.get("/categories", Categories, query)
            names.update((category.id, category.name) for category in found.items)
            if not found.items or found.offset + found.count >= found.total:
                break
        return names
