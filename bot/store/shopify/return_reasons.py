"""Why something comes back, for the shop's own statistics: Shopify's reason nearest to the policy file's code.

https://shopify.dev/docs/api/admin-graphql/2026-01/enums/ReturnReason
https://shopify.dev/docs/api/admin-graphql/2026-01/objects/ReturnReasonDefinition
"""

from __future__ import annotations

from bot.store.shopify.documents import returns
from bot.store.shopify.door import Door
from bot.store.shopify.settings import Settings
from bot.store.shopify.shapes import Nodes, Shape

# The enum is deprecated since 2026-01 and still taken; handles of the newer reasons are the shop's to name.
REASONS = {
    "changed_mind": "UNWANTED",
    "damaged": "DEFECTIVE",
    "faulty": "DEFECTIVE",
    "not_as_described": "NOT_AS_DESCRIBED",
    "wrong_item": "WRONG_ITEM",
}


class _Definition(Shape):
    id: str
    handle: str


class _Definitions(Shape):
    return_reason_definitions: Nodes[_Definition]


class ReturnReasons:
    def __init__(self, door: Door, settings: Settings) -> None:
        self._door = door
        self._handles = settings.return_reasons
        self._known: dict[str, str] = {}  # handle -> id

    async def input(self, code: str) -> dict[str, str]:
        """The part of a return line's input that says why."""
        handle = self._handles.get(code)
        if handle is not None and handle not in self._known:
            found = await self._door.ask(returns.REASON, {"handles": [handle]}, _Definitions)
            self._known.update({each.handle: each.id for each in found.return_reason_definitions.nodes})
        if handle in self._known:
            return {"returnReasonDefinitionId": self._known[handle]}
        return {"returnReason": REASONS.get(code, "UNKNOWN")}
