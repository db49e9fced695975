"""Every code that a verdict or a preview can give: each needs words in every language the shop speaks."""

from __future__ import annotations

from enum import Enum

from bot.orders.parcel_situation import Situation

REFUSALS = frozenset(
    {
        # the order as a whole
        "already_cancelled",
        "already_returned",
        "already_delivered",
        "already_shipped",
        "already_packed",
        "partly_shipped",
        "not_in_this_state",  # details: state
        "items_already_changed",
        "not_supported",  # details: ability
        "unknown_reason",
        # an address
        "invalid_address",  # details: errors, field -> code
        "unchanged",
        "another_country",  # details: country
        # items to go back; details: line_id, title where one item is meant
        "not_delivered",
        "final_sale",
        "category",
        "window_over",  # details: until
        "no_delivery_date",
        "nothing_returnable",  # details: items, line id -> why
        "no_items",
        "unknown_item",
        "over_quantity",  # details: quantity
        # a return
        "wish_not_offered",  # details: wish
        "condition_unanswered",  # details: condition
        "condition_not_met",  # details: condition
        "photo_needed",
        "unknown_refund_method",
        "variant_needed",
        "variant_unavailable",
        "not_a_problem",
    }
    | {situation.value for situation in Situation}  # a lost parcel; details: until, case
)

ADDRESS_ERRORS = frozenset({"required", "invalid", "too_long", "not_in_region", "not_delivered"})


class Review(str, Enum):
    """Why a person looks at a request before it is granted."""

    over_value = "over_value"
    condition_not_met = "condition_not_met"
    dearer_exchange = "dearer_exchange"
    price_unknown = "price_unknown"
    payment_unknown = "payment_unknown"
    refunded_before = "refunded_before"
    marked_delivered = "marked_delivered"  # the carrier says it is there
    part_of_order = "part_of_order"  # one of several parcels
