"""What is in the database: the demo shop, from Medusa's own migrations and our seed, or from the cache."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bot.medusa_store.cluster import Cluster
from bot.medusa_store.demo_data import shop_document
from bot.medusa_store.medusa import Medusa
from bot.medusa_store.places import SERVER, cache_folder, digest, package_digest

DATABASE = "medusa"

Tell = Callable[[str], None]


def fill(cluster: Cluster, medusa: Medusa, today: date, tell: Tell) -> dict[str, Any]:
    """Fill the database with the demo shop as it stands ``today``; what was in it is gone.

    Call it under the cache's lock. Returns the ids that a client needs (``server/seed/shop.js``).
    """
    document = json.dumps(shop_document(today))
    kept = cache_folder() / f"seeded-{_seed_digest(document)}.dump"
    ids = kept.with_suffix(".json")
    if not (kept.exists() and ids.exists()):
        _migrate(cluster, medusa, tell)
        tell("filling Medusa with the demo shop")
        _seed(medusa, document, ids)
        for old in cache_folder().glob("seeded-*"):  # another day's, or another version's
            if old != ids:
                old.unlink()
        cluster.dump(DATABASE, kept)
    else:
        tell("filling Medusa with the demo shop, kept from before")
        cluster.restore(DATABASE, kept)
    content: dict[str, Any] = json.loads(ids.read_text())
    return content


def _migrate(cluster: Cluster, medusa: Medusa, tell: Tell) -> None:
    kept = cache_folder() / f"migrated-{package_digest()}.dump"
    if kept.exists():
        cluster.restore(DATABASE, kept)
        return
    tell("making Medusa's tables (about a minute)")
    cluster.ask(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
    cluster.ask(f'CREATE DATABASE "{DATABASE}"')
    medusa.run("db:migrate")
    cluster.dump(DATABASE, kept)


def _seed(medusa: Medusa, document: str, ids: Path) -> None:
    given = medusa.app / "shop.json"
    given.write_text(document)
    draft = ids.with_suffix(".part")
    medusa.run("exec", "./seed.js", given, draft)
    draft.replace(ids)


def _seed_digest(document: str) -> str:
    scripts = [SERVER / "seed.js", *sorted((SERVER / "seed").glob("*.js"))]
    return digest(package_digest().encode(), *(script.read_bytes() for script in scripts), document.encode())
