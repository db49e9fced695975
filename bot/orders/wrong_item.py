"""Something wrong, damaged, faulty or missing in the parcel: a return that is the shop's fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.orders.done import Done
from bot.orders.policy import Policy
from bot.orders.return_rules import ReturnRequest, may_return_for, problem_reasons
from bot.orders.returnable import ReturnableItem, items_for
from bot.orders.returns import ReturnPreview, perform_return, preview_return
from bot.orders.verdict import Helper, Refused, Verdict, refused
from bot.store.api import OrderApi
from bot.store.models import Ability, Order, Product


def may_report_problem(
    order: Order, policy: Policy, now: datetime, abilities: frozenset[Ability] | None = None
) -> Verdict:
    """Like ``returns.may_return``, for the reasons that are the shop's fault (longer windows, final sale too).

    "not_delivered" with items still to come: what is missing may be in another parcel; show the tracking.
    """
    return may_return_for(order, policy, now, problem_reasons(policy), abilities)


def problem_items(order: Order, policy: Policy, now: datetime, reason: str = "") -> list[ReturnableItem]:
    """One entry a line; ``undelivered`` pieces are still to come, so they are not missing."""
    return items_for(order, policy, now, [reason] if reason else problem_reasons(policy))


def preview_problem(
    order: Order,
    request: ReturnRequest,
    policy: Policy,
    now: datetime,
    products: Mapping[str, Product] | None = None,
) -> ReturnPreview:
    """Raises ``Refused`` as ``preview_return`` does, and "not_a_problem" for a reason that is not the shop's fault."""
    if request.reason not in problem_reasons(policy):
        raise Refused(refused("not_a_problem", Helper.bot))
    return preview_return(order, request, policy, now, products)


async def perform_problem(api: OrderApi, preview: ReturnPreview, policy: Policy, now: datetime, *, key: str) -> Done:
    """As ``perform_return``."""
    return await perform_return(api, preview, policy, now, key=key)
