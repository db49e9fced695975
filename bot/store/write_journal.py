"""Makes writes idempotent for stores that keep no keys of their own.

A key is written down before its request is sent. Whoever comes with the same key waits, gets the first result, or, when
nobody knows how the first ended, looks at the store before anything is sent again. One write to an order at a time,
over all processes of an installation.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.store.errors import Conflict, Invalid, NotAllowed, NotFound, NotSupported, OutcomeUnknown, StoreError
from bot.store.journal_table import Claim, JournalTable, Standing
from bot.store.wire import to_json

Answer = TypeVar("Answer", bound=BaseModel)

REFUSALS: dict[str, Callable[[str], StoreError]] = {
    "NotFound": lambda _: NotFound(),
    "NotAllowed": NotAllowed,
    "NotSupported": lambda _: NotSupported(),
    "Conflict": Conflict,
    "Invalid": Invalid,
}
POLL = 0.05  # seconds between looks at a write that somebody else is making
LONGEST_WAIT = 45.0  # seconds; longer than a write may take, shorter than a lease


class WriteJournal:
    """``url``: a synchronous SQLAlchemy URL; in ``in_state_dir`` a small SQLite file beside the other state."""

    def __init__(self, url: str) -> None:
        self._table = JournalTable(url)

    @classmethod
    def in_state_dir(cls, state_dir: Path) -> WriteJournal:
        state_dir.mkdir(parents=True, exist_ok=True)
        return cls(f"sqlite:///{state_dir / 'store_writes.db'}")

    async def once(
        self,
        key: str,
        order_id: str,
        request: str,
        model: type[Answer],
        *,
        look: Callable[[], Awaitable[Answer | None]],
        write: Callable[[], Awaitable[Answer]],
    ) -> Answer:
        """The result of ``write``, which is called once for a key however often this is called.

        Args:
            request: what is asked, as text; the same key with another request is a ``Conflict``.
            look: whether an earlier ``write`` under this key took effect after all: its result, or None. It is
                called only when that is unknown. It must not mistake another's doing for this key's.
            write: sends. It raises ``Unavailable`` or ``RateLimited`` only while nothing has been written
                (``bot.store.connection.already_begun`` around its later steps).

        Raises:
            Conflict: the key was used for another request, or the order is being written to for too long.
            StoreError: what ``write`` raises; a refusal is raised again for a repeated key.
        """
        fingerprint = hashlib.sha256(f"{order_id}\n{request}".encode()).hexdigest()
        claim = await self._claim(key, order_id, fingerprint)
        if claim.standing is Standing.done:
            return model.parse_raw(claim.outcome)
        if claim.standing is Standing.refused:
            name, _, argument = claim.outcome.partition(":")
            raise REFUSALS[name](argument)
        again = claim.standing is Standing.unknown
        try:
            answer = await _settled(key, look) if again else None
            if answer is None:
                answer = await write()
        except (NotFound, NotAllowed, NotSupported, Conflict, Invalid) as refusal:
            await self._end(key, Standing.refused, f"{type(refusal).__name__}:{_argument(refusal)}")
            raise
        except OutcomeUnknown:
            await self._end(key, Standing.unknown)
            raise
        except StoreError:  # nothing was sent this time
            await self._end(key, Standing.unknown if again else None)
            raise
        except BaseException:  # cancelled, or a mistake of ours: nobody knows how far it came
            await asyncio.shield(self._end(key, Standing.unknown))
            raise
        await asyncio.shield(self._end(key, Standing.done, to_json(answer)))
        return answer

    def close(self) -> None:
        """Release connections."""
        self._table.close()

    async def _claim(self, key: str, order_id: str, fingerprint: str) -> Claim:
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            claim = await asyncio.to_thread(self._table.claim, key, order_id, fingerprint)
            if claim.standing is not Standing.busy:
                return claim
            await asyncio.sleep(POLL)
        raise Conflict("the order is being written to")

    async def _end(self, key: str, standing: Standing | None, outcome: str = "") -> None:
        await asyncio.to_thread(self._table.end, key, standing, outcome)


async def _settled(key: str, look: Callable[[], Awaitable[Answer | None]]) -> Answer | None:
    try:
        return await look()
    except StoreError as failure:
        raise OutcomeUnknown(key) from failure


def _argument(refusal: StoreError) -> str:
    if isinstance(refusal, NotAllowed):
        return refusal.reason
    return refusal.field if isinstance(refusal, Invalid) else str(refusal)
