"""A conversation's line in the queue as a frame, in full and without personal data: each written once, for those who
ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy.engine import Connection

from bot.desk.people.agent import Agent
from bot.desk.queue.summary import changed_after, summaries, without_personal_data
from bot.gateway.socket_writer import framed

MOST = 200  # conversations at once


def news_after(connection: Connection, after: int, incidents: Mapping[str, str]) -> list[dict[str, Any]]:
    """Summaries of what changed after the clock stood at ``after``, oldest first, at most ``MOST``.

    Args:
        incidents: as ``bot.desk.queue.incidents.parts_of`` gives them.
    """
    return summaries(connection, changed_after(connection, after, MOST), incidents)


@dataclass(frozen=True)
class QueueFrame:
    """``detail``: what is beside the messages may be new too."""

    summary: dict[str, Any]
    detail: bool

    @property
    def change(self) -> int:
        change: int = self.summary["change"]
        return change

    @property
    def conversation_id(self) -> str:
        conversation_id: str = self.summary["id"]
        return conversation_id

    @cached_property
    def full(self) -> bytes:
        return self._framed(self.summary)

    @cached_property
    def masked(self) -> bytes:
        return self._framed(without_personal_data(self.summary))

    def _framed(self, summary: dict[str, Any]) -> bytes:
        return framed({"type": "conversation", "change": self.change, "conversation": summary})


class Batch:
    """Frames that go out together, in the order of their changes."""

    def __init__(self, frames: Sequence[QueueFrame]) -> None:
        self.frames = frames

    @cached_property
    def full(self) -> bytes:
        return b"".join(each.full for each in self.frames)

    @cached_property
    def masked(self) -> bytes:
        return b"".join(each.masked for each in self.frames)

    def written_for(self, agent: Agent) -> bytes:
        return self.full if agent.may("personal") else self.masked

    def after(self, change: int) -> Batch:
        """Without what a page knows already."""
        if not self.frames or self.frames[0].change > change:
            return self
        return Batch([each for each in self.frames if each.change > change])
