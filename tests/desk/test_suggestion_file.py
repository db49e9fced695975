"""The shop's rules for suggestions as a file: whole, and a mistake in it is one sentence."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.desk.replies.canned import open_canned
from bot.desk.replies.canned_file import read_canned
from bot.desk.replies.file_fault import DeskFileError
from bot.desk.replies.suggestion_file import FILE, When, read_suggestions, suggestion_faults
from bot.desk.replies.suggestions import open_suggestions
from tests.desk.room import ROOT

SHIPPED = ROOT / "data/desk"
LANGUAGES = ("en", "id", "ms")
CANNED = read_canned(SHIPPED)
RULES = read_suggestions(SHIPPED, CANNED.replies["en"])


def test_the_shipped_suggestions_are_whole() -> None:
    assert suggestion_faults(SHIPPED, CANNED.replies["en"], LANGUAGES) == []
    assert len(RULES) >= 20


def test_every_condition_can_hold_and_not_hold() -> None:
    file = (SHIPPED / FILE).read_text("utf-8")
    named = set(re.findall(r"^#.*", file.split("suggestions:")[0], re.M))
    told = " ".join(named)
    assert [name for name in When.__fields__ if name not in told] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- {when: {mood: bad}, reply: hello, why: {en: a}}", r"line 2: when\.mood: extra fields not permitted"),
        ("- {when: {reason: upset}, reply: hallo, why: {en: a}}", "line 2: There is no canned reply hallo"),
        ("- {when: {}, action: fly, why: {en: a}}", r'action: there is no action "fly", only claim'),
        ("- {when: {}, why: {en: a}}", "needs a reply or an action"),
        ("- {when: {}, action: claim, why: {id: a}}", r"why: needs an English sentence"),
        ("- {when: {order_state: flying}, action: claim, why: {en: a}}", "order_state"),
        ("- {when: {tried: {outcome: maybe}}, action: claim, why: {en: a}}", r"when\.tried\.outcome"),
        ("- {when: {}, action: claim, action: snooze, why: {en: a}}", "stands here a second time"),
        ("- hello", "This is no suggestion"),
        ("- [", "This is no YAML"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / FILE).write_text(f"suggestions:\n{line}\n", "utf-8")
    with pytest.raises(DeskFileError, match=said) as error:
        read_suggestions(tmp_path, {"hello"})
    assert str(error.value).startswith(f"{tmp_path / FILE}, line ")
    assert "\n" not in str(error.value)


def test_a_language_that_is_missing_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("suggestions:\n- {when: {}, action: claim, why: {en: Yes}}\n", "utf-8")
    faults = suggestion_faults(tmp_path, {"hello"}, ("en", "id"))
    assert [str(fault) for fault in faults] == [
        f"{tmp_path / FILE}, line 2: why is missing in id, so agents read it in English. Add the sentence."
    ]


def test_an_edit_counts_at_once(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    live = open_suggestions(tmp_path, open_canned(tmp_path, LANGUAGES))
    assert live.now() == RULES
    (tmp_path / FILE).write_text("suggestions:\n- {when: {}, action: claim, why: {en: Yes}}\n", "utf-8")
    assert [rule.action for rule in live.now()] == ["claim"]
    (tmp_path / FILE).write_text("suggestions: 3\n", "utf-8")
    assert [rule.action for rule in live.now()] == ["claim"]
