"""Which photos belong to which conversation; the files themselves are the gateway's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.conversations.errors import UnknownPhoto
from bot.conversations.tables import photos


@dataclass(frozen=True)
class Photo:
    """``width`` and ``height`` in pixels, ``size`` in bytes."""

    id: str
    width: int
    height: int
    size: int


def keep_photo(connection: Connection, conversation_id: str, photo: Photo, now: datetime) -> None:
    connection.execute(
        insert(photos).values(
            id=photo.id,
            conversation_id=conversation_id,
            width=photo.width,
            height=photo.height,
            size=photo.size,
            at=now,
        )
    )


def get_photo(connection: Connection, conversation_id: str, photo_id: str) -> Photo:
    """Raises ``UnknownPhoto``, also for another conversation's."""
    row = (
        connection.execute(select(photos).where(photos.c.id == photo_id, photos.c.conversation_id == conversation_id))
    ).first()
    if row is None:
        raise UnknownPhoto
    return Photo(row.id, row.width, row.height, row.size)
