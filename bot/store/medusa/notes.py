"""What the shop's engineer should know of this Medusa, for ``ramah store check``."""

from __future__ import annotations

from bot.store.medusa.catalogue import Shop
from bot.store.medusa.claim_reasons import RawReasons
from bot.store.medusa.raw_product import RawStores

ALWAYS = [
    "Medusa sends no webhooks of its own: copy Ramah's subscriber into its src/subscribers (docs/stores/medusa.md).",
    "Carriers, tracking events and the promised day are shown only where the shop writes them into metadata.",
    "An address changes within its country and before packing; Medusa allows no more.",
]


async def try_key(shop: Shop) -> None:
    """Raises ``Unavailable`` when the key is not accepted."""
    await shop.api.get("/admin/stores", RawStores, {"fields": "id,*supported_currencies", "limit": 1})


async def notes(shop: Shop) -> list[str]:
    reasons = await shop.api.get("/admin/return-reasons", RawReasons, {"fields": "id,value", "limit": 100})
    told = list(ALWAYS)
    if not reasons.return_reasons:
        told.append(
            "There are no return reasons; where their values are the policy's codes, staff see them at each return."
        )
    return told
