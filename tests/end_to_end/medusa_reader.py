"""A Medusa as a conversation finds it and leaves it: put back by its database, read by the adapter."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx

from bot.medusa_store.contents import DATABASE
from bot.medusa_store.prepare import running_cluster
from bot.settings import Settings
from bot.store.platforms import open_store
from bot.store.wire import to_json
from tests.end_to_end.line_ids import as_written
from tests.medusa_store.running import PRISTINE
from tests.until import until

# Everything that belongs to an order, as one checksum by its number. A read through the API takes a third of a second
# an order; this says which are worth one.
_CHECKSUMS = """
WITH rows (order_id, content) AS (
    SELECT id, "order"::text FROM "order"
    UNION ALL SELECT o.id, t::text FROM "order" o JOIN order_address t ON t.id = o.shipping_address_id
    UNION ALL SELECT order_id, t::text FROM order_item t
    UNION ALL SELECT i.order_id, t::text FROM order_item i JOIN order_line_item t ON t.id = i.item_id
    UNION ALL SELECT order_id, t::text FROM order_shipping t
    UNION ALL SELECT order_id, t::text FROM order_change t
    UNION ALL SELECT order_id, t::text FROM order_change_action t
    UNION ALL SELECT order_id, t::text FROM order_transaction t
    UNION ALL SELECT order_id, t::text FROM order_credit_line t
    UNION ALL SELECT order_id, t::text FROM "return" t
    UNION ALL SELECT order_id, t::text FROM order_claim t
    UNION ALL SELECT order_id, t::text FROM order_exchange t
    UNION ALL SELECT l.order_id, t::text FROM order_fulfillment l JOIN fulfillment t ON t.id = l.fulfillment_id
    UNION ALL SELECT l.order_id, t::text
        FROM order_payment_collection l JOIN payment t ON t.payment_collection_id = l.payment_collection_id
    UNION ALL SELECT l.order_id, t::text
        FROM order_payment_collection l JOIN payment p ON p.payment_collection_id = l.payment_collection_id
        JOIN refund t ON t.payment_id = p.id
)
SELECT o.display_id::text, md5(string_agg(content, '|' ORDER BY content))
FROM rows JOIN "order" o ON o.id = rows.order_id GROUP BY o.display_id
"""


class FreshMedusa:
    unique_line_ids = True

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cluster.copy_database(DATABASE, PRISTINE)
        self._sums_at_start = self._sums()
        self._at_start = {number: self.order(number) for number in self._sums_at_start}

    @property
    def _cluster(self) -> Any:
        """Asked for anew each time: after a restart the database may listen elsewhere."""
        return running_cluster(self._settings.state_dir)

    def restore(self) -> None:
        if self._sums() == self._sums_at_start:
            until(self._is_well)
            return  # most conversations only look; putting the database back takes seconds
        self._cluster.copy_database(PRISTINE, DATABASE)
        # Medusa answers 401 as long as it has no database to look keys up in; its pool holds dead connections yet.
        until(lambda: all(self._is_well() for _ in range(3)))

    def _is_well(self) -> bool:
        url, key = f"{self._settings.store_url}/admin/orders?limit=1&fields=id", self._settings.store_key
        try:
            return httpx.get(url, auth=(key, ""), timeout=30, trust_env=False).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def order(self, number: str) -> dict[str, Any]:
        return asyncio.run(self._order(number))

    async def _order(self, number: str) -> dict[str, Any]:
        store = open_store(self._settings.store)
        try:
            order: dict[str, Any] = json.loads(to_json(await store.get_order(f"ord_{number}")))
        finally:
            await store.close()
        written: dict[str, Any] = as_written(order)
        return written

    def changed(self) -> set[str]:
        touched = {number for number, checksum in self._sums().items() if checksum != self._sums_at_start[number]}
        return {number for number in touched if self.order(number) != self._at_start[number]}

    def _sums(self) -> dict[str, str]:
        return {number: checksum for number, checksum in self._cluster.ask(_CHECKSUMS, (), DATABASE)}
