"""Every way a store can say no. Adapters raise these and nothing else."""

from __future__ import annotations


class StoreError(Exception):
    """The parent of all store errors."""


class NotFound(StoreError):
    """No such order, or the proof does not fit: never told apart."""


class NotAllowed(StoreError):
    """The store refuses; ``reason`` is a code ("already_shipped"), never a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSupported(StoreError):
    """This platform cannot do it at all; a person must."""


class Conflict(StoreError):
    """The order changed meanwhile, or the key was used for another request."""


class Invalid(StoreError):
    """The store refuses a value; ``field`` names it in the model's words ("postcode")."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class RateLimited(StoreError):
    """Too many requests; ``retry_after`` in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class Unavailable(StoreError):
    """The store is down, slow or answers nonsense; nothing was written."""


class OutcomeUnknown(StoreError):
    """A write was sent and no answer came: it may or may not have happened. ``key`` settles it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
