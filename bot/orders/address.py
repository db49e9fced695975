"""Sends an order somewhere else, as long as none of its parcels has left."""

from __future__ import annotations

from datetime import datetime

from bot.orders.address_check import check_address
from bot.orders.address_form import format_lines
from bot.orders.country_rules import has_towns
from bot.orders.done import Done
from bot.orders.next_step import NextStep
from bot.orders.policy import Policy
from bot.orders.track import track
from bot.orders.track_state import unshipped_items
from bot.orders.verdict import (
    ALLOWED,
    ChangedMeanwhile,
    Helper,
    JobData,
    Refused,
    Verdict,
    refused,
    supported,
)
from bot.store.api import OrderApi
from bot.store.models import Ability, Address, Order, OrderState, ShipmentState
from bot.store.settle import settle

FIELDS = ("name", "line1", "line2", "district", "city", "region", "postcode", "country", "phone")
_TOO_LATE = {
    OrderState.cancelled: "already_cancelled",
    OrderState.returned: "already_returned",
    OrderState.delivered: "already_delivered",
}


class AddressPreview(JobData):
    """What will change: ``changed`` are fields of ``Address``; the lines are as the country writes them."""

    order_id: str
    number: str
    old: Address
    new: Address
    changed: tuple[str, ...]
    old_lines: tuple[str, ...]
    new_lines: tuple[str, ...]
    next_steps: tuple[NextStep, ...]


def may_change_address(
    order: Order, policy: Policy, now: datetime, abilities: frozenset[Ability] | None = None
) -> Verdict:
    """Reasons: already_cancelled, already_returned, already_delivered, partly_shipped, already_shipped,
    not_in_this_state, not_supported."""
    if order.state in _TOO_LATE:
        return refused(_TOO_LATE[order.state], Helper.nobody)
    if something_left(order):
        reason = "partly_shipped" if unshipped_items(order) else "already_shipped"
        return refused(
            reason, Helper.person, carriers=sorted({each.carrier for each in order.shipments if each.carrier})
        )
    if order.state not in policy.address_change.states:
        return refused("not_in_this_state", Helper.person, state=order.state.value)
    return supported(Ability.change_address, abilities)


def something_left(order: Order) -> bool:
    """Whether any parcel has left the warehouse."""
    return order.state in {OrderState.partly_shipped, OrderState.shipped, OrderState.delivered} or any(
        shipment.state is not ShipmentState.packed for shipment in order.shipments
    )


def may_become(order: Order, address: Address, policy: Policy) -> Verdict:
    """Whether this very address may be taken.

    Reasons: invalid_address (``details["errors"]``: field -> code), unchanged, another_country (a person, unless the
    policy lets the bot).
    """
    checked = check_address(address, policy)
    if not checked.ok:
        return refused("invalid_address", Helper.bot, errors=checked.errors)
    if not changed_fields(order.shipping_address, checked.address, policy):
        return refused("unchanged", Helper.bot)
    if checked.address.country != order.shipping_address.country.upper():
        helper = policy.address_change.another_country
        if helper is not Helper.bot:
            return refused("another_country", helper, country=checked.address.country)
    return ALLOWED


def preview_address_change(order: Order, address: Address, policy: Policy, now: datetime) -> AddressPreview:
    """Raises ``Refused`` with the verdict of ``may_change_address`` or ``may_become``."""
    for verdict in (may_change_address(order, policy, now), may_become(order, address, policy)):
        if not verdict.allowed:
            raise Refused(verdict)
    old, new = order.shipping_address, check_address(address, policy).address
    return AddressPreview(
        order_id=order.id,
        number=order.number,
        old=old,
        new=new,
        changed=changed_fields(old, new, policy),
        old_lines=tuple(format_lines(old)),
        new_lines=tuple(format_lines(new)),
        next_steps=track(order.copy(update={"shipping_address": new}), policy, now).next_steps,
    )


async def perform_address_change(
    api: OrderApi, preview: AddressPreview, policy: Policy, now: datetime, *, key: str
) -> Done:
    """Raises ``ChangedMeanwhile`` when a parcel has left or the address is no longer the old one."""
    order = await api.get_order(preview.order_id)
    if not _same(order.shipping_address, preview.new):  # else it is done already: a repeated turn
        verdict = may_change_address(order, policy, now)
        if not verdict.allowed or order.shipping_address != preview.old:
            raise ChangedMeanwhile(order, verdict)
        order = await settle(lambda: api.change_address(preview.order_id, preview.new, key=key), key=key)
    return Done(order=order, next_steps=track(order, policy, now).next_steps)


def changed_fields(old: Address, new: Address, policy: Policy) -> tuple[str, ...]:
    """What differs once both are written the same way; a town in a country without towns does not count."""
    before, after = check_address(old, policy).address, check_address(new, policy).address
    idle = {"city"} if after.country == before.country and not has_towns(after.country) else set()
    return tuple(
        field
        for field in FIELDS
        if field not in idle and getattr(before, field).casefold() != getattr(after, field).casefold()
    )


def _same(new: Address, old: Address) -> bool:
    return all(getattr(new, field).casefold() == getattr(old, field).casefold() for field in FIELDS)
