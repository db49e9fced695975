"""The shop's rules as typed data. ``bot.orders.policy_file.load_policy`` reads them from ``data/policy.yml``.

Ranges are ``DayRange`` (earliest, latest); amounts are ``Decimal`` by ISO 4217 currency; a currency without an amount
counts as zero, so that a person decides.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, validator

from bot.orders.business_days import Calendar, parse_holiday, parse_weekday
from bot.orders.policy_values import Amounts, DayRange, Rule
from bot.orders.verdict import Helper
from bot.store.models import OrderState, ProofKind, Wish

CODE = re.compile(r"^[a-z][a-z0-9_]*$")


class Fault(str, Enum):
    shop = "shop"
    carrier = "carrier"
    customer = "customer"


class Payer(str, Enum):
    shop = "shop"
    customer = "customer"
    nobody = "nobody"  # nothing is sent back


class AddressPart(str, Enum):
    """Fields of ``bot.store.models.Address`` that a country may need."""

    line2 = "line2"
    district = "district"
    city = "city"
    region = "region"
    postcode = "postcode"
    phone = "phone"


class Shop(Rule):
    country: str = Field(regex=r"^[A-Z]{2}$")
    delivers_to: list[str] = Field(min_items=1)
    category_names: dict[str, str] = Field(default_factory=dict)
    whole_amounts: list[str] = Field(default_factory=list)

    @validator("delivers_to", each_item=True)
    def _country_code(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Z]{2}", value):
            raise ValueError(f'"{value}" is no country code of two capital letters, like MY')
        return value


class BusinessDays(Rule):
    weekends: dict[str, list[str]]
    holidays: dict[str, list[str]] = Field(default_factory=dict)

    @validator("weekends")
    def _weekday_names(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        if "default" not in value:
            raise ValueError("needs a line for default, like default: [saturday, sunday]")
        for days in value.values():
            if len({parse_weekday(day) for day in days}) > 5:
                raise ValueError("a week needs at least two business days")
        return value

    @validator("holidays")
    def _holiday_dates(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        for days in value.values():
            for day in days:
                parse_holiday(day)
        return value


class OrderNumbers(Rule):
    prefixes: list[str] = Field(["", "#"], min_items=1)


class AttemptLimit(Rule):
    attempts: int = Field(ge=1)
    minutes: int = Field(ge=1)


class ProofLimits(Rule):
    conversation: AttemptLimit
    address: AttemptLimit
    order: AttemptLimit


class ProofRules(Rule):
    kinds: list[ProofKind] = Field(min_items=1)
    floor_milliseconds: int = Field(ge=0, le=5000)
    limits: ProofLimits


class LateRules(Rule):
    grace_days: int = Field(ge=0)
    without_promise_days: dict[str, int]

    @validator("without_promise_days")
    def _has_default(cls, value: dict[str, int]) -> dict[str, int]:
        return _with_default(value)


class NextStepDays(Rule):
    """Business days until each next step; the fields' names are the step codes (see ``bot.orders.next_step``)."""

    pay: DayRange
    pack: DayRange
    hand_over: DayRange
    deliver: DayRange
    deliver_today: DayRange
    deliver_again: DayRange
    send_rest: DayRange
    trace_parcel: DayRange
    back_to_sender: DayRange
    ask_neighbours: DayRange
    wait_for_delivery: DayRange
    return_instructions: DayRange
    send_back: DayRange
    inspect: DayRange
    refund_started: DayRange
    send_replacement: DayRange
    send_exchange: DayRange
    store_credit: DayRange
    review: DayRange


class RefundMethod(Rule):
    name: str
    words: list[str] = Field(min_items=1)
    days: DayRange


class RefundTimes(Rule):
    default: DayRange
    methods: list[RefundMethod] = Field(default_factory=list)

    def days_for(self, method: str) -> DayRange:
        """Business days a refund to ``method`` (a payment's name, "Visa •••• 4242") takes to arrive."""
        name = method.lower()
        for known in self.methods:
            if any(re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", name) for word in known.words):
                return known.days
        return self.default


class CancelRules(Rule):
    states: list[OrderState]
    person_states: list[OrderState] = Field(default_factory=list)
    reasons: list[str] = Field(min_items=1)
    after_items_changed: bool = False


class AddressRules(Rule):
    states: list[OrderState]
    another_country: Helper
    also_required: dict[str, list[AddressPart]] = Field(default_factory=dict)
    also_asked: dict[str, list[AddressPart]] = Field(default_factory=dict)
    region_names: dict[str, dict[str, str]] = Field(default_factory=dict)


class Condition(Rule):
    categories: list[str] = Field(default_factory=list)  # empty: every category
    when_no: Helper


class ReturnReason(Rule):
    fault: Fault
    photo: bool
    wishes: list[Wish] = Field(min_items=1)
    return_shipping: Payer
    window_days: int | None = Field(None, ge=0)
    final_sale: bool = False
    any_category: bool = False
    replace_cheap: bool = False
    keeps_item: bool = False
    refund_delivery: bool = False
    restocking_percent: Decimal = Field(Decimal(0), ge=0, le=100)


class ReturnRules(Rule):
    window_days: dict[str, int]
    without_delivery_date: Helper
    out_of_time: Helper = Helper.person
    never: list[str] = Field(default_factory=list)
    conditions: dict[str, Condition] = Field(default_factory=dict)
    automatic_up_to: Amounts
    replaced_up_to: Amounts
    dearer_exchange: Helper
    reasons: dict[str, ReturnReason]

    @validator("window_days")
    def _has_default(cls, value: dict[str, int]) -> dict[str, int]:
        return _with_default(value)

    @validator("reasons", "conditions")
    def _codes(cls, value: dict[str, Any]) -> dict[str, Any]:
        for code in value:
            if not CODE.match(code):
                raise ValueError(f'"{code}" must be a code of small letters and underscores, like changed_mind')
        return value


class LostParcelRules(Rule):
    silent_days: int = Field(ge=1)
    overdue_days: int = Field(ge=0)
    delivered_wait_days: int = Field(ge=0)
    delivered_claims: Helper
    claim_within_days: int = Field(ge=1)
    wishes: list[Wish] = Field(min_items=1)
    automatic_up_to: Amounts


class Policy(Rule):
    """All rules of one shop. ``time_zone`` comes from the settings: it decides when the shop's day begins."""

    shop: Shop
    business_days: BusinessDays
    order_numbers: OrderNumbers
    proof: ProofRules
    late: LateRules
    next_steps: NextStepDays
    refunds: RefundTimes
    cancel: CancelRules
    address_change: AddressRules
    returns: ReturnRules
    lost_parcel: LostParcelRules
    time_zone: str = "UTC"

    @validator("time_zone")
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f'"{value}" is no time zone name, like Asia/Kuala_Lumpur') from None
        return value

    def calendar(self, country: str = "", region: str = "") -> Calendar:
        """Business days where the goods go, or (without a country) where the shop works."""
        country = country or self.shop.country
        weekends = self.business_days.weekends
        weekend = weekends.get(f"{country}/{region}") or weekends.get(country) or weekends["default"]
        return Calendar(
            weekend=frozenset(parse_weekday(day) for day in weekend),
            holidays=tuple(parse_holiday(day) for day in self.business_days.holidays.get(country, [])),
        )

    def category(self, name: str) -> str:
        """A store's category in the policy's words."""
        lowered = name.strip().lower()
        return self.shop.category_names.get(lowered, lowered)

    def return_window_days(self, category: str, reason: str = "") -> int:
        """Days after delivery; a reason's own window may only lengthen the category's."""
        windows = self.returns.window_days
        days = windows.get(self.category(category), windows["default"])
        rule = self.returns.reasons.get(reason)
        return max(days, rule.window_days) if rule and rule.window_days is not None else days

    def late_after_days(self, country: str) -> int:
        windows = self.late.without_promise_days
        return windows.get(country, windows["default"])


def _with_default(value: dict[str, int]) -> dict[str, int]:
    if "default" not in value:
        raise ValueError("needs a line for default")
    for key, days in value.items():
        if days < 0:
            raise ValueError(f"the days for {key} must be 0 or more")
    return value
