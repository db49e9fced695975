"""Slots as one action reads and changes them; the changes become events at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType, SlotSet


class Notes:
    """A working copy of the slots."""

    def __init__(self, slots: Mapping[str, Any]) -> None:
        self._slots = dict(slots)
        self._changed: dict[str, Any] = {}

    def __getitem__(self, slot: str) -> Any:
        return self._slots.get(slot)

    def __setitem__(self, slot: str, value: Any) -> None:
        self._slots[slot] = value
        self._changed[slot] = value

    def forget(self, *slots: str) -> None:
        for slot in slots:
            self[slot] = None

    def events(self) -> list[EventType]:
        return [SlotSet(slot, value) for slot, value in self._changed.items()]

    @property
    def slots(self) -> Mapping[str, Any]:
        return self._slots
