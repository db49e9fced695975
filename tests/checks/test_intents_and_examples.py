"""Intents and their examples: each mistake is found, on its line."""

from __future__ import annotations

from pathlib import Path

from tests.checks.conftest import Check, only
from tests.checks.small_bot import change

NLU = "data/nlu/all.yml"
RULES = "data/stories/all.yml"


def test_an_intent_without_a_rule_is_found(bot: Path, run_check: Check) -> None:
    change(bot, RULES, "- intent: delivery_cost", "- intent: greet")
    found = only(run_check("intent_use"))
    assert found.wrong.startswith("No rule and no story begins with delivery_cost")
    assert (found.at(bot), found.error) == ("domain.yml:5", True)


def test_examples_of_an_intent_that_is_not_there_are_found(bot: Path, run_check: Check) -> None:
    with (bot / NLU).open("a") as file:
        file.write("- intent: stock\n  examples: |\n    - do you have it\n")
    last = len((bot / NLU).read_text().splitlines())
    found = only(run_check("intent_use"))
    assert found.wrong.startswith("stock has examples and is not in domain.yml")
    assert found.line == last


def test_examples_of_what_only_the_desk_sends_are_found(bot: Path, run_check: Check) -> None:
    change(bot, "domain.yml", "- delivery_cost", "- delivery_cost\n- hand_back")
    change(bot, RULES, "- intent: delivery_cost", "- or:\n    - intent: delivery_cost\n    - intent: hand_back")
    assert [
        finding.wrong
        for name in ("intent_use", "rasa_validation", "unreachable_stories")
        for finding in run_check(name)
    ] == []
    with (bot / NLU).open("a") as file:
        file.write("- intent: hand_back\n  examples: |\n    - back to the bot\n")
    found = only(run_check("intent_use"))
    assert found.wrong.startswith("hand_back has examples, but only the desk sends it")
    assert found.error


def test_an_intent_with_few_examples_in_a_language_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, NLU, "    - halo kak\n", "")
    found = only(run_check("intent_use"))
    assert found.wrong == "greet has 19 examples in id."
    assert (found.line, found.error) == (line, False)


def test_a_line_under_two_intents_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, NLU, "    - hello everyone\n", "    - Fee for shipping\n")
    found = only(run_check("near_duplicates"))
    assert "is an example of delivery_cost, and word for word one of greet (all.yml:" in found.wrong
    assert f"all.yml:{line})" in found.wrong
    assert found.error


def test_two_lines_that_mean_the_same_to_the_bot_are_found(bot: Path, run_check: Check) -> None:
    change(bot, NLU, "    - hello everyone\n", "    - fee!! for SHIPPING...\n")
    assert "with the same meaning to the bot" in only(run_check("near_duplicates")).wrong


def test_two_lines_that_are_nearly_the_same_are_found(bot: Path, run_check: Check) -> None:
    change(bot, NLU, "    - hello everyone\n", "    - please find order 1047 xa from the shop for me\n")
    change(bot, NLU, "    - cost of delivery\n", "    - please find order 1047 xo from the shop for me\n")
    found = only(run_check("near_duplicates"))
    assert "nearly word for word one of greet" in found.wrong
    assert not found.error


def test_an_example_that_looks_like_another_intents_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, NLU, "    - hello everyone\n", "    - track the parcel of order 1047\n")
    found = only(run_check("misplaced"))
    assert found.wrong.startswith('"track the parcel of order 1047" is an example of greet')
    assert "it would be track_order" in found.wrong
    assert found.line == line
