"""What a store's error means for a write: refused, failed with nothing written, or not known."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.errors import Conflict, Invalid, NotAllowed, NotFound, NotSupported, OutcomeUnknown, StoreError


@dataclass(frozen=True)
class Failure:
    """``state`` and ``reason`` of the row in ``order_writes``."""

    state: str
    reason: str


def failure_of(error: StoreError, *, sent_before: bool) -> Failure:
    """``sent_before``: the write was sent once already, and a store that is down now says nothing about that."""
    if isinstance(error, NotAllowed):
        return Failure("refused", error.reason[:100])
    if isinstance(error, Invalid):
        return Failure("refused", "invalid_address")
    for kind, reason in ((NotSupported, "not_supported"), (NotFound, "not_found"), (Conflict, "conflict")):
        if isinstance(error, kind):
            return Failure("refused", reason)
    if sent_before or isinstance(error, OutcomeUnknown):
        return Failure("unknown", "store_down")
    return Failure("failed", "store_down")
