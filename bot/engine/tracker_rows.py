"""The two tables behind the tracker store: one row a conversation, and its last answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Column, DateTime, Index, Integer, String, Text, create_engine, event, func
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import declarative_base
from sqlalchemy.pool import StaticPool

Base: Any = declarative_base()


class TrackerRow(Base):
    """A conversation as the engine knows it; ``version`` counts its saved turns."""

    __tablename__ = "trackers"

    conversation_id = Column(String(100), primary_key=True)
    version = Column(Integer, nullable=False)
    events = Column(Text, nullable=False)
    saved_at = Column(DateTime(timezone=True), nullable=False, server_default=func.now(), onupdate=func.now())


class AnswerRow(Base):
    """What a turn was answered, byte for byte, so that the turn sent again is not run again."""

    __tablename__ = "turn_answers"
    __table_args__ = (Index("turn_answers_by_version", "conversation_id", "version"),)

    conversation_id = Column(String(100), primary_key=True)
    turn_id = Column(String(100), primary_key=True)
    version = Column(Integer, nullable=False)
    answer = Column(Text, nullable=False)


def open_database(url: str) -> Engine:
    """Connect, and make the tables if they are not there.

    Args:
        url: a SQLAlchemy URL of a synchronous driver.
    """
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        if place.database:
            Path(place.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, future=True, poolclass=StaticPool, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _settle_sqlite)
    else:
        engine = create_engine(url, future=True, pool_pre_ping=True)
    Base.metadata.create_all(engine)
    return engine


def _settle_sqlite(connection: Any, _: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")
