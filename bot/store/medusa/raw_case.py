"""Returns, exchanges and claims as Medusa's Admin API gives them (order module of Medusa 2.18)."""

from __future__ import annotations

from datetime import datetime

from bot.store.medusa.raw import Raw, WithMetadata


class RawCaseItem(Raw):
    item_id: str
    quantity: int


class RawClaimItem(RawCaseItem):
    is_additional_item: bool = False


class RawExchange(WithMetadata):
    id: str
    display_id: int
    created_at: datetime
    canceled_at: datetime | None = None
    additional_items: tuple[RawCaseItem, ...] = ()


class RawClaim(WithMetadata):
    """Claimed and additional items come in both lists at times; ``is_additional_item`` tells them apart."""

    id: str
    order_id: str
    display_id: int
    type: str  # "refund", "replace"
    created_at: datetime
    canceled_at: datetime | None = None
    claim_items: tuple[RawClaimItem, ...] = ()
    additional_items: tuple[RawClaimItem, ...] = ()


class RawReturn(WithMetadata):
    id: str
    display_id: int
    status: str  # "open", "requested", "partially_received", "received", "canceled"
    location_id: str | None = None
    created_at: datetime
    received_at: datetime | None = None
    canceled_at: datetime | None = None
    items: tuple[RawCaseItem, ...] = ()
    exchange: RawExchange | None = None
    claim_id: str | None = None


class RawClaims(Raw):
    claims: list[RawClaim]
