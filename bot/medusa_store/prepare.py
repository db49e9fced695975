"""Everything that is done before a Medusa starts: packages, database, demo shop, keys. Later starts take seconds."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

from bot.demo_store.generator.order_building import ZONE
from bot.medusa_store.cluster import Cluster
from bot.medusa_store.contents import DATABASE, Tell, fill
from bot.medusa_store.keys import medusa_keys, write_private
from bot.medusa_store.medusa import Medusa
from bot.medusa_store.packages import NEEDED_BYTES, installed_packages
from bot.medusa_store.places import Places, cache_folder, package_digest
from bot.medusa_store.secret_key import make_secret_key
from bot.medusa_store.tools import find_tools
from bot.medusa_store.written import written_since
from bot.processes.disk import check_room
from bot.processes.ports import free_port, is_free
from bot.processes.trouble import Trouble


@dataclass(frozen=True)
class MedusaShop:
    """A Medusa on this machine that is ready to start."""

    places: Places
    cluster: Cluster
    medusa: Medusa

    @property
    def is_prepared(self) -> bool:
        return self.cluster.exists and self.places.store.exists()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A second one in this folder would end this one's database.

        Raises:
            Trouble: another process is at it.
        """
        with (self.places.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise Trouble(f"A Medusa already runs in {self.places.folder}: stop that one.") from busy
            yield

    @property
    def store(self) -> dict[str, Any]:
        """``store.json``: address, keys and ids for a client."""
        content: dict[str, Any] = json.loads(self.places.store.read_text())
        return content


def prepare(state_dir: Path, url: str, tell: Tell, today: date | None = None, postgres_port: int = 0) -> MedusaShop:
    """Make ready whatever is not; a shop of an earlier day that nobody has written to is filled anew.

    Args:
        url: where Medusa will answer (``http://127.0.0.1:PORT``).
        tell: is told what takes its time.
        today: the demo shop's day; else the shop's own today.
        postgres_port: of 127.0.0.1; else one that is free.

    Raises:
        Trouble: a sentence that says what is missing.
    """
    day = (today or datetime.now(ZONE).date()).isoformat()
    shop = open_shop(state_dir, url, postgres_port)
    check_room(shop.places.folder)
    with shop.alone():
        with _cache_to_ourselves():
            if not (cache_folder() / f"packages-{package_digest()}").exists():
                tell("installing its packages with npm (a minute or two, once)")
            shop.medusa.lay_out(installed_packages(shop.medusa.tools, shop.places.log))
        if not shop.is_prepared:
            shop.places.store.unlink(missing_ok=True)
            shop.cluster.make()  # also where another shop's database was left behind: its password is not ours
        with shop.cluster.running():
            if _is_to_be_filled(shop, day):
                _fill(shop, day, tell)
        note_address(shop)
    return shop


def _fill(shop: MedusaShop, day: str, tell: Tell) -> None:
    shop.places.store.unlink(missing_ok=True)  # half filled is not filled
    with _cache_to_ourselves():
        ids = fill(shop.cluster, shop.medusa, date.fromisoformat(day), tell)
    filled = {
        "secret_key": make_secret_key(shop.cluster, DATABASE),
        "filled_at": datetime.now(timezone.utc).isoformat(),
        "day": day,
        "packages": package_digest(),
    }
    write_private(shop.places.store, {**ids, **filled})


def open_shop(state_dir: Path, url: str, postgres_port: int = 0) -> MedusaShop:
    """The shop of that state folder as it is; nothing is made but its keys.

    Raises:
        Trouble: a program is missing.
    """
    places, tools = Places(state_dir), find_tools()
    keys = medusa_keys(places.keys)
    cluster = Cluster(tools, places.cluster, postgres_port or _port_of_before(places), keys["database_password"])
    return MedusaShop(
        places, cluster, Medusa(tools, places.app, keys, cluster.url(DATABASE), url.rstrip("/"), places.log)
    )


def prepared_medusa(state_dir: Path) -> dict[str, str]:
    """Settings that only the Medusa of that state folder knows."""
    places = Places(state_dir)
    store = json.loads(places.store.read_text())
    return {"store_key": store["secret_key"], "store_webhook_secret": medusa_keys(places.keys)["events_secret"]}


def running_cluster(state_dir: Path) -> Cluster:
    """The database of the shop that runs in that state folder."""
    places = Places(state_dir)
    port = json.loads(places.store.read_text())["postgres_port"]
    return Cluster(find_tools(), places.cluster, port, medusa_keys(places.keys)["database_password"])


def forget(state_dir: Path) -> None:
    """Remove the database of that state folder, which may lie outside of it; the cache stays."""
    places = Places(state_dir)
    if places.store.exists():
        places.store.unlink()
        Cluster(find_tools(), places.cluster, 0, "").remove()


def note_address(shop: MedusaShop) -> None:
    """Write down where it is found this time."""
    write_private(shop.places.store, {**shop.store, "url": shop.medusa.url, "postgres_port": shop.cluster.port})


def _port_of_before(places: Places) -> int:
    if places.store.exists():
        port: int = json.loads(places.store.read_text())["postgres_port"]
        if is_free(port):
            return port
    return free_port()


def _is_to_be_filled(shop: MedusaShop, day: str) -> bool:
    if not shop.places.store.exists():
        return True
    held = shop.store
    if held["packages"] != package_digest():  # another Medusa's tables
        return True
    return bool(held["day"] < day) and not written_since(shop.cluster, DATABASE, held["filled_at"])


@contextmanager
def _cache_to_ourselves() -> Iterator[None]:
    """One installation at a time fills the cache; a second waits and then finds it filled."""
    check_room(cache_folder(), NEEDED_BYTES if not any(cache_folder().glob("packages-*")) else 0)
    with (cache_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
