"""One act for many conversations: each succeeds or is refused by itself, by the same rules as alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.engine import Connection

from bot.desk.queue.events import Outcome

Act = Callable[[Connection, str], Outcome]


@dataclass
class BulkDone:
    done: list[Outcome] = field(default_factory=list)
    refused: list[tuple[str, Exception]] = field(default_factory=list)


def do_all(connection: Connection, ids: Sequence[str], act: Act, refusals: tuple[type[Exception], ...]) -> BulkDone:
    """``refusals``: errors that refuse one conversation; any other ends all of it, and nothing is kept."""
    result = BulkDone()
    for conversation_id in dict.fromkeys(ids):
        try:
            with connection.begin_nested():
                result.done.append(act(connection, conversation_id))
        except refusals as error:
            result.refused.append((conversation_id, error))
    return result
