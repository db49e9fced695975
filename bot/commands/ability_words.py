"""What a store can do, in words for the shop's engineer; and what happens where it cannot."""

from __future__ import annotations

from bot.store.models import Ability

_PERSON = "a person does it, with everything known"
ABILITY_WORDS: dict[Ability, tuple[str, str]] = {
    Ability.find_by_proof: (
        "find an order by its number and something only the buyer knows",
        "shoppers who are not signed in go to a person",
    ),
    Ability.list_orders: ("list a signed-in customer's orders", "the bot asks for the order's number"),
    Ability.tracking: ("say where a parcel is", "the bot says what the order's state is, and a person knows more"),
    Ability.change_address: ("change a delivery address", _PERSON),
    Ability.cancel: ("cancel an order", _PERSON),
    Ability.change_items: ("change an order's items", _PERSON),
    Ability.return_: ("open a return", _PERSON),
    Ability.exchange: ("open an exchange", _PERSON),
    Ability.replacement: ("open a replacement", _PERSON),
    Ability.lost_parcel: ("report a lost parcel", _PERSON),
    Ability.missing_item: ("report a missing item", _PERSON),
    Ability.products: ("look products up", "questions about products go to a person"),
}
