"""When an answer is due and when somebody is back, by the shop's clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.desk.config import DeskConfig
from bot.desk.queue.business_hours import BusinessHours
from tests.desk.room import config, rules

KUALA_LUMPUR = ZoneInfo("Asia/Kuala_Lumpur")


def there(text: str) -> datetime:
    """By the shop's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=KUALA_LUMPUR)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-11-18T10:00", "2026-11-18T10:15"),  # in the middle of a Wednesday
        ("2026-11-18T17:50", "2026-11-19T09:05"),  # over the night
        ("2026-11-18T20:00", "2026-11-19T09:15"),  # after hours
        ("2026-11-18T06:00", "2026-11-18T09:15"),  # before hours
        ("2026-11-21T15:55", "2026-11-23T09:10"),  # over a Sunday
        ("2026-12-24T17:55", "2026-12-26T10:10"),  # over Christmas, a holiday of the policy
        ("2026-11-18T17:45", "2026-11-18T18:00"),  # to the last minute
    ],
)
def test_an_answer_is_due_in_minutes_of_opening_hours(since: str, due: str) -> None:
    assert rules().due("wish_for_person", there(since)) == there(due)


def test_who_is_upset_is_answered_sooner() -> None:
    assert rules().due("upset", there("2026-11-18T10:00")) == there("2026-11-18T10:05")


def test_the_desk_s_own_holidays_count_too() -> None:
    closed = DeskConfig.parse_obj({**config().dict(exclude={"hours"}), "hours": _hours(), "holidays": ["2026-11-19"]})
    own = rules(holidays=closed.holidays)
    assert own.due("wish_for_person", there("2026-11-18T17:50")) == there("2026-11-20T09:05")


def test_a_lunch_break_does_not_count() -> None:
    hours = BusinessHours(config(**_parsed({"wednesday": ["09:00-12:00", "13:00-18:00"]})).hours, (), KUALA_LUMPUR)
    assert hours.after(there("2026-11-18T11:50"), 15) == there("2026-11-18T13:05")
    assert not hours.is_open(there("2026-11-18T12:30"))


def test_a_desk_that_never_opens_counts_by_the_clock() -> None:
    never = BusinessHours({}, (), KUALA_LUMPUR)
    assert never.opens(there("2026-11-18T10:00")) is None
    assert never.after(there("2026-11-18T10:00"), 15) == there("2026-11-18T10:15")


def test_a_day_on_which_clocks_are_put_forward_is_an_hour_shorter() -> None:
    all_day = BusinessHours(config(**_parsed({"sunday": ["00:00-23:00"]})).hours, (), ZoneInfo("Europe/Berlin"))
    midnight = datetime(2026, 3, 28, 23, 0, tzinfo=timezone.utc)  # in Berlin, of 29 March
    assert all_day.after(midnight, 22 * 60) == midnight + timedelta(hours=22)


def _hours() -> dict[str, list[str]]:
    return {day: ["09:00-18:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}


def _parsed(hours: dict[str, list[str]]) -> dict[str, object]:
    shipped = config().dict(exclude={"hours", "holidays"})
    return {"hours": DeskConfig.parse_obj({**shipped, "hours": hours}).hours}


def test_a_desk_that_is_open_all_day_has_no_gap_at_midnight() -> None:
    hours = BusinessHours(
        config(**_parsed({"wednesday": ["00:00-24:00"], "thursday": ["00:00-24:00"]})).hours, (), KUALA_LUMPUR
    )
    assert hours.after(there("2026-11-18T23:50"), 15) == there("2026-11-19T00:05")
