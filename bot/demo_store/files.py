"""Whole stores in and out of files: ``tau-retail`` (the benchmark's own) and ``ramah`` (ours)."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Literal, get_args

from sqlalchemy.engine import Engine

from bot.demo_store.books import Books, Document
from bot.demo_store.database import for_writing, open_database
from bot.demo_store.generator.shop_data import generate
from bot.demo_store.ramah import file_format as ramah_file
from bot.demo_store.tau import file_format as tau_file

Format = Literal["tau-retail", "ramah"]
FORMATS: tuple[str, ...] = get_args(Format)
DEFAULT_SEED = 1


def load_file(path: Path, format: str, db: Path) -> None:
    """Replace everything in ``db`` by the file's content, all or nothing.

    Raises:
        ValueError: the file is not of that format.
        OSError: the file cannot be read or the database not written.
    """
    text = path.read_bytes()
    engine = open_database(db)
    try:
        _replace(engine, _parsed(text), format, source=_digest(text))
    finally:
        engine.dispose()


def dump_file(path: Path, format: str, db: Path) -> None:
    """Write what ``db`` holds to a file; a running server's database is read as it stands at one moment.

    Raises:
        ValueError: the database holds another format.
        OSError: the file cannot be written.
    """
    engine = open_database(db)
    try:
        with engine.begin() as connection:
            books = Books(connection)
            held = books.fact("format")
            if held != format:
                raise ValueError(f"{db} holds {held or 'nothing'}, which cannot be written as {format}")
            content = tau_file.content(books) if format == "tau-retail" else ramah_file.content(books)
    finally:
        engine.dispose()
    beside = path.with_name(f"{path.name}.part")  # a dump cut off half-way must not look like a whole one
    beside.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(beside, path)


def load_once(path: Path, format: str, db: Path) -> bool:
    """Load the file into an empty database; leave one that came from this very file as it is by now.

    Returns whether anything was loaded, so that a restarted server keeps what was written since.

    Raises:
        ValueError: the database holds something else, or the file is not of that format.
    """
    text = path.read_bytes()
    engine = open_database(db)
    try:
        with engine.begin() as connection:
            held, source = Books(connection).fact("format"), Books(connection).fact("source")
        if held and source != _digest(text):
            raise ValueError(f"{db} already holds another store; name another file with --db or remove it first")
        if not held:
            _replace(engine, _parsed(text), format, source=_digest(text))
    finally:
        engine.dispose()
    return not held


def fill_if_empty(db: Path, today: date, seed: int = DEFAULT_SEED, *, freshen: bool = False) -> bool:
    """Fill an empty database with the demo shop as it stands ``today``.

    ``freshen`` does so too when the database holds the demo shop of another day that nobody has written to.
    Returns whether anything was filled.
    """
    engine = open_database(db)
    source = f"generated {today.isoformat()} seed {seed}"
    try:
        with engine.begin() as connection:
            books = Books(connection)
            held, held_source, written = books.fact("format"), books.fact("source"), books.written()
        ours = held_source.startswith("generated")
        stale = freshen and ours and held_source != source and not written
        if held and not stale:
            return False
        _replace(engine, generate(today, seed), "ramah", source=source)
    finally:
        engine.dispose()
    return True


def held_format(db: Path) -> str:
    """The format of what ``db`` holds; empty when it holds nothing."""
    engine = open_database(db)
    try:
        with engine.begin() as connection:
            return Books(connection).fact("format")
    finally:
        engine.dispose()


def _replace(engine: Engine, content: Document, format: str, source: str) -> None:
    if format not in FORMATS:
        raise ValueError(f"unknown format {format}: one of {', '.join(FORMATS)}")
    with for_writing(engine).begin() as connection:
        books = Books(connection)
        books.clear()
        if format == "tau-retail":
            tau_file.fill(books, content, datetime.now(timezone.utc))
        else:
            ramah_file.fill(books, content)
        books.set_fact("format", format)
        books.set_fact("source", source)


def _parsed(text: bytes) -> Document:
    try:
        content = json.loads(text)
    except ValueError as problem:
        raise ValueError(f"not a JSON file: {problem}") from problem
    if isinstance(content, dict):
        return content
    raise ValueError("not a store file: the top of it is no object")


def _digest(text: bytes) -> str:
    return f"file {hashlib.sha256(text).hexdigest()}"
