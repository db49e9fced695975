"""``python -m bot.medusa_store``: prepare a Medusa of our own, run it, or forget it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from bot.medusa_store.children import end_child, start_child
from bot.medusa_store.prepare import MedusaShop, forget, note_address, open_shop, prepare
from bot.processes.ports import LOOPBACK
from bot.processes.trouble import Trouble

MEDUSA_ENDS_WITHIN = 4.0  # seconds; PostgreSQL gets three more, the supervisor waits eight
LOOK_EVERY = 0.2  # seconds


class _Ended(BaseException):
    """Somebody asked this process to end."""


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 ended when asked to, 1 a sentence on standard error says what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bot.medusa_store", description=__doc__)
    parser.add_argument("--port", type=int, default=8090, help="Medusa's, on 127.0.0.1")
    parser.add_argument("--state", type=Path, required=True, help="the installation's state folder")
    parser.add_argument("--pg-port", type=int, default=0, help="PostgreSQL's, on 127.0.0.1 (default: a free one)")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--prepare", action="store_true", help="install and fill it, and end")
    instead.add_argument("--forget", action="store_true", help="remove its database, and end")
    given = parser.parse_args(arguments)
    url = f"http://{LOOPBACK}:{given.port}"
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _end)
    try:
        if given.prepare:
            prepare(given.state, url, lambda line: print(f"Medusa: {line}", flush=True), postgres_port=given.pg_port)
        elif given.forget:
            forget(given.state)
        else:
            _serve(open_shop(given.state, url, given.pg_port))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except _Ended:
        return 0
    return 0


def _serve(shop: MedusaShop) -> None:
    """Until told to end, or until one of the two ends by itself.

    Raises:
        Trouble: one of them ended, or there is nothing to serve.
    """
    if not shop.is_prepared:
        raise Trouble(f"There is no Medusa in {shop.places.state_dir} yet: start it once with --prepare.")
    with shop.alone(), shop.cluster.running() as postgres:
        note_address(shop)
        medusa = start_child(
            shop.medusa.serving(),
            environment=shop.medusa.environment(os.environ.get("RAMAH_EVENTS_URL", "")),
            folder=shop.medusa.app,
            when_orphaned=signal.SIGKILL,
        )
        try:
            while True:
                for name, child in (("Medusa", medusa), ("PostgreSQL", postgres)):
                    if child.poll() is not None:
                        raise Trouble(f"{name} ended with {child.returncode}.")
                time.sleep(LOOK_EVERY)
        finally:
            end_child(medusa, signal.SIGTERM, MEDUSA_ENDS_WITHIN)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise _Ended


if __name__ == "__main__":
    sys.exit(main())
