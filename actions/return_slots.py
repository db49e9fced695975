"""The slots of a return and of a problem: the same questions under two names."""

from __future__ import annotations

from dataclasses import dataclass

from actions.notes import Notes
from bot.orders.return_rules import ReturnItem, ReturnRequest
from bot.store.models import Wish


@dataclass(frozen=True)
class ReturnSlots:
    items: str
    reason: str
    photos: str
    wish: str
    confirmed: str
    item_entity: str
    conditions: str | None = None
    variants: str | None = None

    @property
    def in_order(self) -> list[str]:
        asked = [self.items, self.reason, self.conditions, self.photos, self.wish, self.variants, self.confirmed]
        return [slot for slot in asked if slot is not None]

    def chosen(self, notes: Notes) -> tuple[ReturnItem, ...]:
        variants = (notes[self.variants] if self.variants else None) or notes["variants_given"] or {}
        return tuple(
            ReturnItem(line_id=item["id"], quantity=item["quantity"], new_variant_id=variants.get(item["id"]))
            for item in notes[self.items] or []
        )

    def request(self, notes: Notes) -> ReturnRequest:
        """All that was said, once every question is answered."""
        return ReturnRequest(
            items=self.chosen(notes),
            reason=str(notes[self.reason]),
            wish=Wish(notes[self.wish]),
            conditions=(notes[self.conditions] if self.conditions else None) or {},
            photos=tuple(notes[self.photos] or ()),
        )


RETURN = ReturnSlots(
    items="return_items",
    reason="return_reason",
    conditions="return_conditions",
    photos="return_photos",
    wish="return_wish",
    variants="return_variants",
    confirmed="return_confirmed",
    item_entity="return_item",
)
PROBLEM = ReturnSlots(
    items="problem_items",
    reason="problem_kind",
    photos="problem_photos",
    wish="problem_wish",
    confirmed="problem_confirmed",
    item_entity="problem_item",
)
