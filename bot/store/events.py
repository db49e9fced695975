"""What a store tells by itself: a webhook, checked and reduced to "look at this order again"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.store.models import StoreModel


class StoreEvent(StoreModel):
    """``order_id`` is ``Order.id``. Whatever else the store sent is not believed: the order is read again."""

    order_id: str
    topic: str = ""  # the platform's own name for what happened


class BadSignature(Exception):
    """Nobody who knows the secret sent this, or it is too old."""


class ReadEvent(Protocol):
    """A platform's way to check and read a webhook: ``bot.store.<platform>.webhook.read_event``."""

    def __call__(self, headers: Mapping[str, str], body: bytes, secrets: Sequence[str]) -> StoreEvent | None:
        """The event, or None when it is of no concern to any order (a ping, another topic).

        Args:
            headers: names in lower case.
            body: exactly as it came.
            secrets: any of them may have signed it (two while one is being replaced); compared in constant time.

        Raises:
            BadSignature: none of the secrets fits.
            ValueError: signed, but not what this platform sends.
        """
        ...
