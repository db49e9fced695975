"""Every check finds its mistake, on its line, and finds nothing in a bot without one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.checks.finding import Finding
from bot.commands.check import BESIDE, FIRST, READABLE
from bot.project.project import Project
from tests.checks.conftest import Check
from tests.checks.small_bot import change, write

NLU = "data/nlu/all.yml"
RULES = "data/stories/all.yml"
RESPONSES = "data/responses/all.yml"


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, [finding.wrong for finding in findings]
    assert findings[0].do.strip()
    return findings[0]


@pytest.mark.parametrize("name", [READABLE, *(name for _, name in (*FIRST, *BESIDE))])
def test_nothing_is_found_in_a_bot_without_mistakes(name: str, run_check: Check) -> None:
    assert [finding.wrong for finding in run_check(name)] == []


def test_a_file_that_is_no_yaml_is_named_with_its_line(bot: Path, run_check: Check) -> None:
    line = change(bot, RESPONSES, 'text: "Hello from {shop}!"', 'text: "Hello from {shop}!')
    found = only(run_check("readable"))
    assert (found.file.name, found.error) == ("all.yml", True)
    assert found.line is not None
    assert found.line >= line


def test_a_response_that_stands_twice_is_found(bot: Path, run_check: Check) -> None:
    with (bot / RESPONSES).open("a") as file:
        file.write('  utter_greet:\n  - text: "Hi!"\n')
    found = only(run_check("readable"))
    assert "utter_greet stands here and in line 3" in found.wrong
    assert found.at(bot) == f"{RESPONSES}:9"


def test_a_concept_word_in_two_concepts_is_found(bot: Path, run_check: Check) -> None:
    write(bot, "data/lexicons/concepts.yml", "me: [i, saya]\nyou: [you, kamu,\n  saya]\n")
    found = only(run_check("lexicons"))
    assert found.wrong.startswith("saya stands for you here and for me in line 1")
    assert (found.line, found.error) == (3, True)


def test_a_short_form_of_a_short_form_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, "data/lexicons/id.yml", "  pls: please", "  pls: tq")
    found = only(run_check("lexicons"))
    assert "tq is itself a short form, of thanks" in found.wrong
    assert found.do.endswith("pls: thanks")
    assert found.line == line


def test_a_short_form_that_yaml_takes_for_a_no_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, "data/lexicons/ms.yml", "  pls: please", "  no: tidak")
    found = only(run_check("lexicons"))
    assert (found.line, found.do) == (line, 'Write it as "no".')


def test_a_lexicon_with_a_part_that_is_not_read_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, "data/lexicons/en.yml", "words: [parcel]", "word: [parcel]")
    found = only(run_check("lexicons"))
    assert (found.line, found.error) == (line, True)
    assert found.wrong.startswith("word: ")


def test_a_word_that_a_language_lacks_is_found_where_it_belongs(bot: Path, run_check: Check) -> None:
    change(bot, "data/words/ms.yml", '  person: "Manusia"\n', "")
    found = only(run_check("words"))
    assert found.at(bot) == "data/words/ms.yml:1"
    assert found.wrong == 'buttons.person is missing, so shoppers read the English "A person".'


def test_a_words_file_that_is_missing_is_found(bot: Path, run_check: Check) -> None:
    for language in ("en", "id"):
        write(bot, f"data/words/gateway.{language}.yml", "gateway: {bot_failed: text}\n")
    assert only(run_check("words")).at(bot) == "data/words/gateway.ms.yml"


def test_a_word_that_names_what_nobody_fills_in_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, "data/words/id.yml", "{days} hari", "{day} hari")
    unknown, missing = run_check("words")
    assert "{day}" in unknown.wrong
    assert "{days}" in missing.wrong
    assert (unknown.line, unknown.error, missing.error) == (line, True, False)


def test_a_widget_word_that_a_language_lacks_is_found(bot: Path, run_check: Check) -> None:
    for language, words in (("en", '{"send": "Send",\n "close": "Close"}'), ("id", '{"send": "Kirim"}')):
        write(bot, f"bot/web/widget/words/{language}.json", words)
    lacks, no_file = run_check("words")
    assert lacks.wrong.startswith("close is missing")
    assert no_file.file.name == "ms.json"


def test_a_response_that_a_language_lacks_is_found(bot: Path, run_check: Check) -> None:
    text = (bot / RESPONSES).read_text()
    (bot / RESPONSES).write_text(text[: text.index('  - text: "Hai')])
    found = only(run_check("response_languages"))
    assert found.wrong == "utter_greet has no text in ms, so it is said in English."
    assert found.at(bot) == f"{RESPONSES}:4"


def test_a_case_that_a_language_lacks_is_found(bot: Path, run_check: Check) -> None:
    explained = '  - text: "Hello again!"\n    condition: [{type: slot, name: asked, value: again}]\n'
    line = change(bot, RESPONSES, '  - text: "Halo', f'{explained}  - text: "Halo')
    found = run_check("response_languages")
    assert [each.line for each in found] == [line, line]
    assert "in id for when asked is again" in found[0].wrong
    assert not found[0].error


def test_a_response_without_english_is_found(bot: Path, run_check: Check) -> None:
    change(bot, RESPONSES, '  - text: "Hello from {shop}!"\n', "")
    assert "utter_greet has no English text" in only(run_check("response_languages")).wrong


def test_a_name_in_braces_that_differs_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, RESPONSES, "Halo dari {shop}!", "Halo dari {toko}!")
    unknown, missing = run_check("placeholders")
    assert "{toko} in id" in unknown.wrong
    assert "{shop} in id" in missing.wrong
    assert (unknown.line, unknown.error, missing.error) == (line, True, False)


def test_a_button_that_a_language_lacks_is_found(bot: Path, run_check: Check) -> None:
    buttons = '    buttons: [{title: "Track", payload: /track_order}]\n'
    change(bot, RESPONSES, '  - text: "Hello from {shop}!"\n', f'  - text: "Hello from {{shop}}!"\n{buttons}')
    change(bot, RESPONSES, '  - text: "Halo dari {shop}!"\n', f'  - text: "Halo dari {{shop}}!"\n{buttons}')
    found = only(run_check("placeholders"))
    assert found.wrong == "utter_greet has no button for /track_order in ms, as the English has."
    assert (found.line, found.error) == (9, True)


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


def test_an_intent_with_few_examples_in_a_language_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, NLU, "    - halo kak\n", "")
    found = only(run_check("intent_use"))
    assert found.wrong == "greet has 19 examples in id."
    assert (found.line, found.error) == (line, False)


def test_a_rule_of_the_shop_that_is_wrong_is_found(bot: Path, run_check: Check) -> None:
    write(bot, "data/policy.yml", "returns: 3\n")
    assert run_check("shop_rules")
    assert all(finding.error for finding in run_check("shop_rules"))
    assert run_check("articles") == []  # they quote the rules: nothing is said about them before


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("title: Ongkir", "titel: Ongkir", "title: field required"),
        ("[delivery_cost]", "[delivery_price]", "It is for the intent delivery_price"),
        ("Ongkir: 8.", "Ongkir: {fee}.", "{fee} stands for nothing"),
    ],
)
def test_a_broken_article_is_found(bot: Path, run_check: Check, old: str, new: str, wrong: str) -> None:
    change(bot, "data/articles/id/delivery-cost.md", old, new)
    found = only(run_check("articles"))
    assert wrong in found.wrong
    assert (found.file.parent.name, found.error) == ("id", True)


def test_an_article_that_a_language_lacks_is_found(bot: Path, run_check: Check) -> None:
    (bot / "data/articles/ms/delivery-cost.md").unlink()
    found = only(run_check("articles"))
    assert found.wrong.startswith("This article is missing in ms")
    assert found.at(bot) == "data/articles/en/delivery-cost.md"


def test_an_article_that_is_over_is_found(bot: Path) -> None:
    from bot.checks.articles import check  # noqa: PLC0415

    change(bot, "data/articles/en/delivery-cost.md", "language: en", "language: en\nvalid_until: 2020-05-01")
    assert list(check(Project(bot), date(2020, 5, 1))) == []
    found = only(list(check(Project(bot), date(2020, 5, 2))))
    assert "valid until 2020-05-01" in found.wrong
    assert found.line == 4


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


def test_an_example_that_looks_like_another_intents_is_found(bot: Path, run_check: Check) -> None:
    line = change(bot, NLU, "    - hello everyone\n", "    - track the parcel of order 1047\n")
    found = only(run_check("misplaced"))
    assert found.wrong.startswith('"track the parcel of order 1047" is an example of greet')
    assert "it would be track_order" in found.wrong
    assert found.line == line
