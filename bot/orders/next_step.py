"""What happens next, who does it, and between which days: codes and dates, no words."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from bot.orders.business_days import Calendar
from bot.orders.policy import Policy
from bot.orders.policy_values import DayRange
from bot.orders.verdict import JobData


class Step(str, Enum):
    """Each needs a sentence in every language; all but the last two have their days in the policy's ``next_steps``."""

    pay = "pay"  # the shopper pays
    pack = "pack"
    hand_over = "hand_over"  # packed, the carrier fetches it
    deliver = "deliver"
    deliver_today = "deliver_today"
    deliver_again = "deliver_again"  # after a failed attempt
    send_rest = "send_rest"  # the items that were not in the first parcel
    trace_parcel = "trace_parcel"  # the shop asks the carrier
    back_to_sender = "back_to_sender"
    ask_neighbours = "ask_neighbours"  # the shopper looks around first
    wait_for_delivery = "wait_for_delivery"
    return_instructions = "return_instructions"
    send_back = "send_back"  # the shopper sends it back
    inspect = "inspect"
    refund_started = "refund_started"
    send_replacement = "send_replacement"
    send_exchange = "send_exchange"
    store_credit = "store_credit"
    review = "review"  # a person looks at it
    refund_arrives = "refund_arrives"  # days by payment method: the policy's ``refunds``
    nothing = "nothing"


class NextStep(JobData):
    """``earliest`` and ``latest`` are the shop's calendar days; both ``None`` when no time can be said."""

    step: Step
    earliest: date | None = None
    latest: date | None = None


NOTHING = NextStep(step=Step.nothing)


def today(policy: Policy, now: datetime) -> date:
    """The shop's calendar day at ``now`` (aware)."""
    return now.astimezone(ZoneInfo(policy.time_zone)).date()


def shop_day(policy: Policy, at: datetime | None) -> date | None:
    return None if at is None else today(policy, at)


def next_step(step: Step, policy: Policy, start: date, calendar: Calendar | None = None) -> NextStep:
    """The step counted in business days from ``start``; ``calendar`` defaults to the shop's own."""
    days: DayRange = getattr(policy.next_steps, step.value)
    return _between(step, days, start, start, calendar or policy.calendar())


def then(before: NextStep, step: Step, policy: Policy) -> NextStep:
    """A step that can begin only once ``before`` is over."""
    if before.earliest is None or before.latest is None:
        return NextStep(step=step)
    days: DayRange = getattr(policy.next_steps, step.value)
    return _between(step, days, before.earliest, before.latest, policy.calendar())


def refund_arrives(policy: Policy, method: str, earliest: date, latest: date) -> NextStep:
    """When the money is there if it leaves the shop between ``earliest`` and ``latest``."""
    return _between(Step.refund_arrives, policy.refunds.days_for(method), earliest, latest, policy.calendar())


def arrives_after(started: NextStep, method: str, policy: Policy) -> NextStep:
    """When the money is there, after the step in which it is sent."""
    if started.earliest is None or started.latest is None:
        return NextStep(step=Step.refund_arrives)
    return refund_arrives(policy, method, started.earliest, started.latest)


def _between(step: Step, days: DayRange, earliest: date, latest: date, calendar: Calendar) -> NextStep:
    return NextStep(step=step, earliest=calendar.add(earliest, days.earliest), latest=calendar.add(latest, days.latest))
