"""The report on the shop's own model: its sums on answers that are known."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.nlu_report import apart, clinc, tables
from benchmarks.nlu_report.held_back import FOLDS, Judged, judge_all
from benchmarks.nlu_report.pictures import confusion, draw_large, draw_small
from benchmarks.nlu_report.rules import ShopRules, rules_of
from benchmarks.nlu_report.shares import language_shares, most_confused, shares
from benchmarks.nlu_report.shop_model import Understood, percentiles
from bot.nlu.example_files import Example

RULES = ShopRules(0.4, 0.05, 0.5, {"track_order": "track_order", "damaged_item": "report_problem"}, {})


def _judged(right: str, said: str, confidence: float, lead: float = 0.2, language: str = "en") -> Judged:
    return Judged(Example("where is my parcel", right, "en"), language, said, confidence, lead)


JUDGED = [
    _judged("track_order", "track_order", 0.9),
    _judged("track_order", "track_order", 0.3),  # not sure enough
    _judged("track_order", "greet", 0.8),
    _judged("greet", "damaged_item", 0.7, language="ms"),
    _judged("greet", "damaged_item", 0.7, lead=0.01),  # two are as likely
    _judged("greet", "greet", 0.6),
]


def test_the_shares_of_known_answers() -> None:
    found = shares(JUDGED, RULES)
    assert found.accuracy == pytest.approx(3 / 6)
    assert found.job == pytest.approx(3 / 6)
    assert found.started == pytest.approx(1 / 3)
    assert found.started_wrongly == pytest.approx(1 / 3)
    assert found.covered == pytest.approx(4 / 6)
    assert found.accuracy_covered == pytest.approx(2 / 4)


def test_the_language_of_known_answers() -> None:
    found = language_shares(JUDGED, "en", ["en", "ms"])
    assert found.right == pytest.approx(5 / 6)
    assert found.taken_for == {"ms": pytest.approx(1 / 6)}
    assert math.isnan(language_shares(JUDGED, "ms", ["en", "ms"]).right)


def test_the_most_confused_pair_comes_first() -> None:
    assert most_confused(JUDGED, 1) == [("greet", "damaged_item", 2)]


def test_the_rules_are_those_of_the_shop() -> None:
    rules = rules_of(Path(__file__).parents[2])
    assert 0 < rules.threshold < 1
    assert rules.job("track_order") == "track_order"
    assert rules.job("greet") == ""
    assert rules.topics["track_order"] == "orders"


def test_a_configuration_without_thresholds_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("pipeline: [{name: FallbackClassifier}]")
    with pytest.raises(ValueError, match="ambiguity_threshold"):
        rules_of(tmp_path)


def test_every_example_is_judged_once_by_a_model_that_did_not_see_it() -> None:
    said = {
        ("track", "en"): "where is the parcel number",
        ("greet", "en"): "hello good morning friend number",
        ("track", "id"): "paketnya sudah di mana nomor",
        ("greet", "id"): "halo selamat pagi kak nomor",
    }
    examples = [
        Example(f"{text} {'abcdefgh'[number] * 3}", intent, language)
        for (intent, language), text in said.items()
        for number in range(2 * FOLDS)
    ]
    judged = judge_all(examples, lambda _: None)
    assert sorted(each.example.text for each in judged) == sorted(each.text for each in examples)
    assert all(each.right for each in judged)
    assert all(each.language == each.example.language for each in judged)


def _understands(intents: dict[str, str]) -> Callable[[str], Understood]:
    """Says what is written down, in English, and is always sure enough by 0.5."""
    return lambda text: Understood("en", intents.get(text, "nlu_fallback"), intents.get(text, "greet"), 0.5)


def test_sums_of_messages_that_were_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "en.tsv").write_text(
        "# for judging only\nutterance\tintent\tjob\n"
        "one\ttrack_order|greet\ttrack_order\n"  # either intent is right
        "two\ttrack_order\ttrack_order\n"
        "three\tout_of_scope\t\n"
        "four\tout_of_scope\t\n"
        "# five\tgreet\t\n",
        "utf-8",
    )
    said = {"one": "greet", "two": "track_order", "three": "damaged_item"}
    sums = apart.measure(_understands(said), RULES, tmp_path, read=0)["en"]
    assert sums.messages == 4
    assert sums.intent == pytest.approx(2 / 4)
    assert sums.asked_back == pytest.approx(1 / 4)
    assert sums.job == pytest.approx(2 / 4)
    assert sums.started == pytest.approx(1 / 2)
    assert (sums.foreign, sums.started_on_foreign) == (2, 0.5)


def test_false_triggers_by_threshold_and_small_talk(tmp_path: Path) -> None:
    file = tmp_path / "dev.tsv"
    file.write_text("utterance\tintent\tsplit\none\toos\tval\ntwo\toos\tval\nhi\tgreeting\tval\nyo\tgreeting\tval\n")
    found = clinc.measure(_understands({"one": "track_order", "hi": "greet", "two": "bye"}), RULES, file)
    assert found is not None
    assert found.triggered["out of scope"][0] == 0.5
    assert found.triggered["out of scope"][6] == 0.0
    assert found.triggered_as_shipped["out of scope"] == 0.5
    assert found.small_talk["greeting"] == (2, 0.5, 0.5)


def test_an_absent_file_is_said_plainly(tmp_path: Path) -> None:
    found = clinc.measure(_understands({}), RULES, tmp_path / "dev.tsv")
    assert found is None
    assert tables.clinc(found).startswith("Not measured")


def test_tables_have_a_cell_for_each_language() -> None:
    judged = [*JUDGED, Judged(Example("di mana", "greet", "id"), "id", "greet", 0.9, 0.5)]
    head, ruler, *rows = tables.held_back(judged, RULES).splitlines()
    assert head == "|  | en | id | all |"
    assert {line.count("|") for line in (ruler, *rows)} == {5}


def test_each_row_of_a_confusion_makes_one() -> None:
    found = confusion(["a", "a", "b"], ["a", "b", "b"], ["a", "b", "c"])
    assert found.tolist() == [[0.5, 0.5, 0], [0, 1, 0], [0, 0, 0]]


def test_pictures_are_small_readable_and_the_same_each_time(tmp_path: Path) -> None:
    names = [f"intent_{number}" for number in range(80)]
    drawn = []
    for name in ("one.svg", "two.svg"):
        draw_large(np.eye(80), names, [each[:8] for each in names], "All", tmp_path / name)
        drawn.append((tmp_path / name).read_bytes())
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) < 200_000
    assert b">intent_79<" in drawn[0]
    draw_small(np.eye(2), ["track_order", "none"], "Jobs", tmp_path / "jobs.svg")
    assert b">100.0<" in (tmp_path / "jobs.svg").read_bytes()


def test_percentiles_of_known_times() -> None:
    assert percentiles([float(number) for number in range(101)]) == (50.0, 95.0)
