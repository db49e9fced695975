"""Has anybody ordered or changed anything in this shop since it was filled?"""

from __future__ import annotations

from bot.medusa_store.cluster import Cluster

# Every change of an order leaves a row of one of these; the seed's own are older than ``filled_at``.
_QUESTION = """
SELECT EXISTS (SELECT 1 FROM "order" WHERE greatest(created_at, updated_at) > %(at)s)
    OR EXISTS (SELECT 1 FROM order_address WHERE greatest(created_at, updated_at) > %(at)s)
    OR EXISTS (SELECT 1 FROM order_change WHERE greatest(created_at, updated_at) > %(at)s)
    OR EXISTS (SELECT 1 FROM fulfillment WHERE greatest(created_at, updated_at) > %(at)s)
    OR EXISTS (SELECT 1 FROM payment WHERE greatest(created_at, updated_at) > %(at)s)
    OR EXISTS (SELECT 1 FROM cart WHERE greatest(created_at, updated_at) > %(at)s)
"""


def written_since(cluster: Cluster, database: str, filled_at: str) -> bool:
    """``filled_at``: an ISO time."""
    return bool(cluster.ask(_QUESTION, {"at": filled_at}, database)[0][0])
