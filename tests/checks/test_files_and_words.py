"""Files that cannot be read, lexicons, words and responses: each mistake is found, on its line."""

from __future__ import annotations

from pathlib import Path

from tests.checks.conftest import Check, only
from tests.checks.small_bot import change, write

RESPONSES = "data/responses/all.yml"


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
