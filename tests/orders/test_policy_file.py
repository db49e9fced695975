from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.orders.next_step import today
from bot.orders.policy_file import PolicyError, load_policy, parse_policy
from tests.orders.made_up import NOW, POLICY, POLICY_FILE

TEXT = POLICY_FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "becomes", "key", "says"),
    [
        ("silent_days: 7", "silent_days: soon", "lost_parcel.silent_days", "must be a whole number"),
        ("pack: [0, 2]", "pack: [3, 2]", "next_steps.pack", "the smaller first"),
        ("pack: [0, 2]", "pack: 2", "next_steps.pack", "two whole numbers of days"),
        ("fault: shop, photo", "fault: nobdy, photo", "returns.reasons.wrong_item.fault", "shop, carrier, customer"),
        ("grace_days: 0", "grase_days: 0", "late.grase_days", "is not a rule Ramah knows"),
        ("SGD: 250", "sgd: 250", "returns.automatic_up_to", "three capital letters"),
        ("SGD: 250", "SGD: -1", "returns.automatic_up_to", "0 or more"),
        ('"05-01"', '"13-01"', "business_days.holidays", "no day of the calendar"),
        ("[friday, sunday]", "[fryday]", "business_days.weekends", "no day of the week"),
        ("photo: true", "photo: maybe", "returns.reasons.wrong_item.photo", "true or false"),
        (
            "wishes: [replacement, refund, store_credit]",
            "wishes: []",
            "returns.reasons.wrong_item.wishes",
            "at least 1",
        ),
        ("another_country: person", "another_country: police", "address_change.another_country", "bot, person, nobody"),
        ("delivers_to: [MY", "delivers_to: [Malaysia", "shop.delivers_to", "two capital letters"),
        ("  changed_mind:", "  Changed Mind:", "returns.reasons", "a code of small letters"),
    ],
)
def test_owner_reads_which_rule_is_wrong_and_where(was: str, becomes: str, key: str, says: str) -> None:
    broken = TEXT.replace(was, becomes, 1)
    line = 1 + next(i for i, text in enumerate(broken.splitlines()) if text not in TEXT.splitlines())
    with pytest.raises(PolicyError) as error:
        parse_policy(broken)
    about = [problem for problem in error.value.problems if key in problem]
    assert len(about) == 1
    assert says in about[0]
    named = int(about[0].split("line ")[1].split(":")[0])
    assert named <= line <= named + 3  # the line of the rule, or of the list it stands in


def test_owner_reads_all_mistakes_at_once() -> None:
    broken = TEXT.replace("silent_days: 7", "silent_days: soon").replace("grace_days: 0", "grace_days: -1")
    with pytest.raises(PolicyError) as error:
        parse_policy(broken)
    assert len(error.value.problems) == 2


def test_a_rule_that_stands_there_twice_is_named() -> None:
    with pytest.raises(PolicyError, match=r"proof\.kinds stands there twice"):
        parse_policy(TEXT.replace("  floor_milliseconds", "  kinds: [email]\n  floor_milliseconds"))


def test_broken_yaml_is_named_with_its_line() -> None:
    with pytest.raises(PolicyError, match=r"policy\.yml, line \d+: this is not valid YAML"):
        parse_policy(TEXT.replace("cancel:", "cancel: ["))


@pytest.mark.parametrize("text", ["", "- one\n- two\n", "just words"])
def test_a_file_without_sections_is_refused(text: str) -> None:
    with pytest.raises(PolicyError, match="must hold the sections"):
        parse_policy(text)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"can't be read: No such file"):
        load_policy(tmp_path / "none.yml")


def test_a_wrong_time_zone_names_the_setting() -> None:
    with pytest.raises(PolicyError, match="RAMAH_SHOP_TIME_ZONE"):
        parse_policy(TEXT, time_zone="Asia/Nowhere")


def test_the_shops_day_begins_at_its_own_midnight() -> None:
    late_evening_utc = NOW.replace(hour=17)
    assert today(POLICY, late_evening_utc) == date(2026, 3, 19)


def test_business_days_follow_country_and_state() -> None:
    friday = date(2026, 3, 20)
    assert POLICY.calendar("MY", "Selangor").add(friday, 1) == date(2026, 3, 23)
    assert POLICY.calendar("MY", "Kelantan").add(friday, 1) == date(2026, 3, 23)  # Sunday 22 is day 0 there
    assert POLICY.calendar("BN").add(friday, 0) == date(2026, 3, 21)
    assert POLICY.calendar("SG").add(date(2026, 12, 24), 1) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("method", "days"),
    [
        ("Touch 'n Go eWallet", (0, 3)),
        ("Visa •••• 4242", (5, 7)),
        ("FPX (Maybank2u)", (2, 5)),
        ("Codashop", (5, 10)),
        ("COD", (3, 7)),
    ],
)
def test_refund_time_depends_on_how_it_was_paid(method: str, days: tuple[int, int]) -> None:
    found = POLICY.refunds.days_for(method)
    assert (found.earliest, found.latest) == days


def test_a_reasons_window_only_lengthens_the_categorys() -> None:
    assert POLICY.return_window_days("Electronics") == 7
    assert POLICY.return_window_days("electronics", "wrong_item") == 30
    assert POLICY.return_window_days("fashion", "missing_item") == 30
    assert POLICY.return_window_days("garden") == 14
