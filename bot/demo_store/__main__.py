"""``python -m bot.demo_store``: serve the demo store, or write what it holds to a file."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.demo_store import files
from bot.demo_store.api.app import EventsTo, make_app
from bot.demo_store.generator.order_building import ZONE

log = logging.getLogger("bot.demo_store")


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 done, 1 a sentence on standard error says what is wrong."""
    given = _arguments(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    key = os.environ.get("RAMAH_STORE_KEY", "")
    if given.port is not None and not key:
        return _fail("The store needs its key in the environment variable RAMAH_STORE_KEY.")
    try:
        _fill(given)
        if given.dump:
            files.dump_file(given.dump, given.format or files.held_format(given.db), given.db)
        if given.port is not None:
            _serve(given.db, key, given.port)
    except (ValueError, OSError) as problem:
        return _fail(f"{problem}")
    except DBAPIError as problem:
        return _fail(f"{given.db} cannot be used as the store's database: {problem.orig}")
    return 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.demo_store", description=__doc__)
    parser.add_argument("--port", type=int, help="serve on this port of 127.0.0.1 (without it: load and dump only)")
    parser.add_argument("--db", type=Path, required=True, help="the SQLite file that holds the store")
    parser.add_argument("--load", type=Path, help="fill an empty store from this file")
    parser.add_argument("--dump", type=Path, help="write the store to this file")
    parser.add_argument("--format", choices=files.FORMATS, help="of --load and --dump")
    parser.add_argument("--today", type=date.fromisoformat, default=None, help="the demo's today, YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=files.DEFAULT_SEED, help="of the generated demo shop")
    given = parser.parse_args(arguments)
    if given.load and not given.format:
        parser.error("--load needs --format")
    if given.port is None and not (given.dump or given.load):
        parser.error("nothing to do: give --port, --load or --dump")
    return given


def _fill(given: argparse.Namespace) -> None:
    today = given.today or datetime.now(ZONE).date()
    if given.load:
        loaded = files.load_once(given.load, given.format, given.db)
        log.info("%s %s", "loaded" if loaded else "already loaded, kept as it is now:", given.load)
    elif files.fill_if_empty(given.db, today, given.seed, freshen=given.port is not None):
        log.info("filled %s with the demo shop", given.db)


def _serve(db: Path, key: str, port: int) -> None:
    url, secret = os.environ.get("RAMAH_EVENTS_URL", ""), os.environ.get("RAMAH_EVENTS_SECRET", "")
    events = EventsTo(url, secret) if url and secret else None
    make_app(db, key, events).run(host="127.0.0.1", port=port, access_log=False, motd=False, workers=1)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
