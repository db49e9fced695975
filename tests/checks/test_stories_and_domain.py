"""Stories, rules and the domain: each mistake is found, on its line."""

from __future__ import annotations

from pathlib import Path

from tests.checks.conftest import Check, only
from tests.checks.small_bot import change

NLU = "data/nlu/all.yml"
RULES = "data/stories/all.yml"


def test_an_action_that_the_domain_lacks_is_found(bot: Path, run_check: Check) -> None:
    change(bot, RULES, "- action: action_answer_question", "- action: action_answer_anything")
    found = only(run_check("rasa_validation"))
    assert "action_answer_anything" in found.wrong
    assert found.at(bot) == f"{RULES}:20"


def test_a_domain_that_rasa_cannot_read_is_found(bot: Path, run_check: Check) -> None:
    change(bot, "domain.yml", "mappings: [{type: custom}]}\nforms", "mappings: [{type: nonsense}]}\nforms")
    found = only(run_check("rasa_validation"))
    assert "Loading domain from 'domain.yml' failed" in found.wrong
    assert found.error
    assert run_check("unreachable_stories") == []


def test_an_example_that_rasa_leaves_out_is_found(bot: Path, run_check: Check) -> None:
    change(bot, NLU, "    - hello everyone\n", "    hello everyone\n")
    assert "hello everyone" in only(run_check("rasa_validation")).wrong


def test_a_story_that_a_rule_contradicts_is_found(bot: Path, run_check: Check) -> None:
    story = "stories:\n- story: greet otherwise\n  steps:\n  - intent: greet\n  - action: action_answer_question\n"
    before = len((bot / RULES).read_text().splitlines())
    with (bot / RULES).open("a") as file:
        file.write(story)
    found = only(run_check("unreachable_stories"))
    assert "greet otherwise" in found.wrong
    assert (found.line, found.error) == (before + 2, True)


def test_a_rule_that_no_example_leads_to_is_found(bot: Path, run_check: Check) -> None:
    line = change(
        bot,
        RULES,
        "- rule: about delivery\n  steps:\n  - intent: delivery_cost",
        "- rule: x\n  steps:\n  - intent: wrong",
    )
    found = run_check("unreachable_stories")[0]
    assert found.wrong == 'The rule "x" begins with wrong, which no example in data/nlu leads to.'
    assert found.line == line


def test_two_stories_that_begin_alike_and_go_on_differently_are_found(bot: Path, run_check: Check) -> None:
    change(
        bot,
        RULES,
        "- rule: about delivery\n  steps:\n  - intent: delivery_cost\n  - action: action_answer_question\n",
        "",
    )
    with (bot / RULES).open("a") as file:
        file.write("stories:\n")
        for name, action in (("one", "utter_greet"), ("two", "action_answer_question")):
            file.write(f"- story: {name}\n  steps:\n  - intent: delivery_cost\n  - action: {action}\n")
    found = only(run_check("unreachable_stories"))
    assert "conflict after intent 'delivery_cost'" in found.wrong
