"""Every name an action says or asks for stands in the trainers' files, and every code of the rules has its words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.jobs import JOBS
from actions.words import Words, words_in
from bot.languages import ENGLISH, spoken_languages
from bot.orders.next_step import Step
from bot.orders.parcel_finding import Situation
from bot.orders.policy_file import load_policy
from bot.orders.refund_status import RefundState
from bot.orders.return_rules import problem_reasons
from bot.orders.track_state import TrackState
from tests.demo_store.process import ROOT


@pytest.fixture(scope="module")
def responses() -> set[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "data/responses").glob("*.yml")):
        content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        found |= set(content["responses"])
    return found


@pytest.fixture(scope="module")
def words() -> Words:
    return words_in("en", ROOT / "data/words")


def test_every_response_an_action_names_exists(responses: set[str]) -> None:
    named = {name for path in _sources() for name in re.findall(r'"(utter_[a-z_]+)"', path.read_text(encoding="utf-8"))}
    beginnings = {"utter_return", "utter_problem"}  # of three names each
    assert named - responses - beginnings == set()


@pytest.mark.parametrize("state", [state.value for state in TrackState])
def test_every_track_state_has_its_sentence_and_word(state: str, responses: set[str], words: Words) -> None:
    assert f"utter_track_{state}" in responses
    assert words.text(f"track_state.{state}")


def test_every_refund_state_has_its_sentence(responses: set[str]) -> None:
    assert {f"utter_refund_{state.value}" for state in RefundState} <= responses


@pytest.mark.parametrize("step", [step.value for step in Step if step is not Step.nothing])
def test_every_next_step_has_its_sentence(step: str, words: Words) -> None:
    assert words.text(f"next_step.{step}", when="soon", by="today")


def test_every_reason_of_the_rules_has_its_words(words: Words) -> None:
    policy = load_policy(ROOT / "data/policy.yml")
    assert set(policy.cancel.reasons) <= set(words.group("cancel_reason"))
    assert set(policy.returns.reasons) <= set(words.group("return_reason"))
    assert set(problem_reasons(policy)) <= set(words.group("problem_kind"))
    assert set(policy.returns.conditions) <= set(words.group("condition"))


def test_every_situation_of_a_lost_parcel_is_answered(responses: set[str], words: Words) -> None:
    refusals = set(words.group("refusal.report_lost"))
    assert {each.value for each in Situation if f"utter_lost_{each.value}" not in responses} <= refusals


@pytest.mark.parametrize("job", [name for name, job in JOBS.items() if job.form])
def test_every_job_has_its_words(job: str, responses: set[str], words: Words) -> None:
    assert words.text(f"job.{job}")
    assert f"utter_stopped_{job}" in responses


def test_every_response_is_said_by_a_rule_or_an_action(responses: set[str]) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in [*_sources(), *(ROOT / "data/stories").glob("*.yml")])
    beginnings = set(re.findall(r"utter_[a-z_]+", text)) | {f"utter_ask_{slot}" for slot in _asked()}
    engine = {"utter_action_failed", "utter_default"}  # said by the engine and by Rasa
    unsaid = {name for name in responses - engine if not any(name.startswith(each) for each in beginnings)}
    by_job = {f"utter_{job}_{end}" for job in JOBS for end in ("refused", "changed_meanwhile")}
    assert unsaid - by_job == set()


def _asked() -> set[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return {slot for form in domain["forms"].values() for slot in form["required_slots"]}


def _sources() -> list[Path]:
    """Also what the gateway says in the bot's words, by itself and later."""
    return [*sorted((ROOT / "actions").glob("*.py")), ROOT / "bot/wording/moved_news.py"]


def test_what_shoppers_say_is_heard_in_every_language(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text('heard: {late: [late], wish: {refund: [refund], new: ["new one"]}}\n')
    (tmp_path / "id.yml").write_text("heard: {late: [telat], wish: {refund: [uang kembali], new: [baru, refund]}}\n")
    (tmp_path / "gateway.en.yml").write_text("")
    for language in ("en", "id"):
        assert set(words_in(language, tmp_path).group("heard")["late"]) == {"late", "telat"}
    assert words_in("id", tmp_path).group("heard.wish") == {
        "refund": ["uang kembali"],
        "new": ["baru", "refund", "new one"],
    }
    assert words_in("en", tmp_path).group("heard.wish") == {
        "refund": ["refund", "uang kembali"],
        "new": ["new one", "baru"],
    }


def test_a_word_that_a_language_lacks_is_english(tmp_path: Path) -> None:
    (tmp_path / "en.yml").write_text("buttons: {left: Left, right: Right}\n")
    (tmp_path / "id.yml").write_text("buttons: {left: Kiri}\n")
    words = words_in("id-ID", tmp_path)
    assert (words.text("buttons.left"), words.text("buttons.right")) == ("Kiri", "Right")


OF_THE_STORE = "option_name"  # names that each store gives: no language has to know them all
PLACES = ["data/words/{}.yml", "data/words/gateway.{}.yml", "bot/web/widget/words/{}.json"]
OTHERS = [language for language in spoken_languages(ROOT / "data/words") if language != ENGLISH]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_words_with_the_same_blanks(language: str, place: str) -> None:
    english, other = _texts(place.format(ENGLISH)), _texts(place.format(language))
    assert set(other) == set(english)
    blanks = {key: (_blanks(english[key]), _blanks(text)) for key, text in other.items()}
    assert {key: both for key, both in blanks.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("language", [ENGLISH, *OTHERS])
def test_titles_of_buttons_are_short(language: str) -> None:
    titles = {key: text for key, text in _texts(f"data/words/{language}.yml").items() if key.startswith("buttons.")}
    assert {key: text for key, text in titles.items() if len(text) > 30 and "{" not in text} == {}


def _texts(place: str) -> dict[str, str]:
    """Each text of a file by its key; of what shoppers say only that it is there."""
    text = (ROOT / place).read_text(encoding="utf-8")
    return dict(_leaves(json.loads(text) if place.endswith(".json") else yaml.safe_load(text), ""))


def _leaves(entries: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(entries, dict):
        for name, entry in entries.items():
            if name != OF_THE_STORE:
                yield from _leaves(entry, f"{key}.{name}".lstrip("."))
    else:
        yield key, entries if isinstance(entries, str) else ""


def _blanks(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))
