"""What a store's own adapter has to say about itself, for ``ramah store check``."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class TellsAboutItself(Protocol):
    """An adapter may have this beside ``OrderApi``; reads only, like the check itself."""

    async def notes(self) -> list[str]:
        """Sentences about limits and permissions: "Orders older than 60 days are not visible."

        Raises:
            StoreError: like any read.
        """
        ...


@runtime_checkable
class TriesTheKey(Protocol):
    """An adapter may have this where none of ``OrderApi``'s reads shows well whether the key is good."""

    async def try_key(self) -> None:
        """One cheap read that needs the key.

        Raises:
            Unavailable: its sentence says what the store answered.
        """
        ...
