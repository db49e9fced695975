"""What ``ramah store check`` says about a WooCommerce store, by its options."""

from __future__ import annotations

from bot.store.woocommerce.options import Completed, Refunds, Tracking, WooOptions

ALWAYS = [
    "Whether the key may write shows only when something is written: give it Read/Write.",
    "WooCommerce has no returns: cases are order notes for the staff and custom fields of the order.",
    "Items of an order cannot be changed: a person must.",
]


def notes_about(options: WooOptions) -> list[str]:
    """One sentence each, for the person who set the store up."""
    told = list(ALWAYS)
    if options.tracking is Tracking.none:
        told.append("Parcels cannot be tracked: WooCommerce itself keeps no tracking numbers (option tracking).")
    if options.refunds is Refunds.by_person:
        told.append("No money moves: the staff refunds cancelled orders by hand (option refunds).")
    else:
        told.append("The money of a cancelled order goes back through the payment gateway at once.")
    if options.completed is Completed.shipped and options.delivered_after_days is None and not options.statuses:
        told.append("No order is ever delivered: a completed one counts as shipped (options completed and others).")
    return told
