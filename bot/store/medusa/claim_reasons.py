"""The shop's reason codes in Medusa's words."""

from __future__ import annotations

from bot.store.connection import Query
from bot.store.medusa.door import AdminApi
from bot.store.medusa.raw import Raw
from bot.store.models import CaseKind, CaseRequest

MEDUSAS = {"missing_item", "wrong_item", "production_failure"}  # else "other"
FAULTS = {"damaged", "faulty", "defective", "broken", "not_as_described"}


class RawReason(Raw):
    id: str
    value: str


class RawReasons(Raw):
    return_reasons: list[RawReason]


def claim_reason(request: CaseRequest) -> str:
    if request.kind is CaseKind.missing_item:
        return "missing_item"
    if request.reason in MEDUSAS:
        return request.reason
    return "production_failure" if request.reason in FAULTS else "other"


async def return_reason_id(api: AdminApi, code: str) -> str | None:
    """The shop's return reason whose value is the policy's code; None where it has none."""
    if not code:
        return None
    asked: Query = {"fields": "id,value", "limit": 100}
    reasons = (await api.get("/admin/return-reasons", RawReasons, asked)).return_reasons
    return next((reason.id for reason in reasons if reason.value == code), None)
