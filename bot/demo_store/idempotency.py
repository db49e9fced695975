"""One write a key: the first answer is kept in the write's own transaction and given again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.demo_store.database import results
from bot.store.errors import Conflict


class Answer(NamedTuple):
    status: int
    body: str


def fingerprint(job: str, order_id: str, content: object) -> str:
    """The same for the same request, whatever the order of its JSON fields."""
    text = json.dumps([job, order_id, content], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def once(connection: Connection, key: str, asked: str, write: Callable[[], Answer], now: datetime) -> Answer:
    """``write``'s answer, or the kept one where ``key`` was used before for the same request.

    The connection must hold the write lock already: of parallel calls with one key the first writes, the others
    wait and then read. Refusals are kept like any other answer.

    Raises:
        Conflict: ``key`` was used for another request.
    """
    kept = connection.execute(select(results).where(results.c.key == key)).one_or_none()
    if kept is not None:
        if kept.fingerprint != asked:
            raise Conflict("this key was used for another request")
        return Answer(kept.status, kept.body)
    answer = write()
    connection.execute(
        insert(results).values(key=key, fingerprint=asked, status=answer.status, body=answer.body, at=now.isoformat())
    )
    return answer
