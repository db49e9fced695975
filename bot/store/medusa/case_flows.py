"""Medusa's own ways: begin, name the items, say what is sent, request. Begun and refused, all is taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.store.medusa.case_rules import pieces
from bot.store.medusa.claim_reasons import claim_reason, return_reason_id
from bot.store.medusa.door import AdminApi, quoted
from bot.store.medusa.open_change import begin, note_of, undone_if_refused
from bot.store.medusa.options import Options
from bot.store.medusa.raw_order import RawItem, RawOrder
from bot.store.medusa.record import UNDER, Record
from bot.store.models import CaseItem, CaseRequest, Wish
from bot.store.wire import to_json

LONGEST_NOTE = 500  # of the note at each item; the whole one stands in the metadata


@dataclass(frozen=True)
class Flow:
    """All that the steps of a case need. ``item_ids``: Medusa's item by our line's id."""

    api: AdminApi
    raw: RawOrder
    request: CaseRequest
    items: list[CaseItem]
    item_ids: Mapping[str, RawItem]
    record: Record
    options: Options
    key: str

    @property
    def opened(self) -> dict[str, Any]:
        """What every case begins with."""
        return {
            "order_id": self.raw.id,
            "internal_note": note_of(self.key),
            "metadata": {UNDER: json.loads(to_json(self.record))},
        }

    @property
    def location(self) -> dict[str, str]:
        """Where returned goods go: as the shop set it, else where the parcel left from."""
        used = self.options.location or next((each.location_id for each in self.raw.parcels if each.location_id), "")
        return {"location_id": used} if used else {}

    @property
    def shipping_option(self) -> str:
        """Of what is sent: as the shop set it, else the order's own."""
        used = (method.shipping_option_id for method in self.raw.shipping_methods if method.shipping_option_id)
        return self.options.shipping_option or next(used, "")

    @property
    def note(self) -> str:
        told = (self.request.kind.value, self.request.reason, self.request.note)
        return ": ".join(part for part in told if part)[:LONGEST_NOTE]

    def named_items(self, **more: str | None) -> list[dict[str, Any]]:
        """Pieces by Medusa's item, each once."""
        given = {name: value for name, value in more.items() if value}
        wanted = pieces(self.request.copy(update={"items": self.items}))
        return [
            {"id": self.item_ids[line].id, "quantity": quantity, "internal_note": self.note, **given}
            for line, quantity in wanted.items()
        ]

    def sent_items(self, **more: Any) -> list[dict[str, Any]]:
        return [
            {
                "variant_id": item.new_variant_id or self.item_ids[item.line_id].variant_id,
                "quantity": item.quantity,
                **more,
            }
            for item in self.items
        ]


async def return_(flow: Flow) -> None:
    opened = {**flow.opened, **flow.location}
    path = await _begin(flow, "returns", "return", opened)
    async with undone_if_refused(flow.api, f"{path}/request", flow.key):
        reason = await return_reason_id(flow.api, flow.request.reason)
        await _post(flow, f"{path}/request-items", {"items": flow.named_items(reason_id=reason)})
        await _post(flow, f"{path}/request", {"no_notification": False})


async def exchange(flow: Flow) -> None:
    """The difference of the prices is the order's outstanding amount then, for staff to collect or refund."""
    path = await _begin(flow, "exchanges", "exchange", flow.opened)
    async with undone_if_refused(flow.api, f"{path}/request", flow.key):
        reason = await return_reason_id(flow.api, flow.request.reason)
        inbound = {"items": flow.named_items(reason_id=reason), **flow.location}
        await _post(flow, f"{path}/inbound/items", inbound)
        await _post(flow, f"{path}/outbound/items", {"items": flow.sent_items()})
        await _post_shipping(flow, path)
        await _post(flow, f"{path}/request", {"no_notification": False})


async def claim(flow: Flow) -> None:
    """Sent again at no price where the shopper wishes so, else a refund that staff make from the claim."""
    sends = flow.request.wish in (Wish.replacement, Wish.exchange)
    opened = {**flow.opened, "type": "replace" if sends else "refund"}
    path = await _begin(flow, "claims", "claim", opened)
    async with undone_if_refused(flow.api, f"{path}/request", flow.key):
        reason = claim_reason(flow.request)
        await _post(flow, f"{path}/claim-items", {"items": flow.named_items(reason=reason)})
        if sends:
            await _post(flow, f"{path}/outbound/items", {"items": flow.sent_items(unit_price=0)})
            await _post_shipping(flow, path)
        await _post(flow, f"{path}/request", {"no_notification": False})


async def _begin(flow: Flow, kind: str, name: str, opened: dict[str, Any]) -> str:
    """The path of the new, open change."""

    async def opening() -> str:
        return await flow.api.post_for_id(f"/admin/{kind}", opened, name, key=flow.key)

    return f"/admin/{kind}/{quoted(await begin(flow.api, flow.raw.id, opening, flow.key))}"


async def _post(flow: Flow, path: str, body: dict[str, Any]) -> None:
    await flow.api.post(path, body, key=flow.key)


async def _post_shipping(flow: Flow, path: str) -> None:
    """Medusa reserves what is sent only if it has a way to be sent; the shopper pays nothing for it."""
    if flow.shipping_option:
        body = {"shipping_option_id": flow.shipping_option, "custom_amount": 0}
        await _post(flow, f"{path}/outbound/shipping-method", body)
