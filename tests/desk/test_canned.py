"""Canned replies: the files and their mistakes, what agents find, and what stands for the variables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.checks.desk_words import check
from bot.desk.replies.canned import find_replies, open_canned
from bot.desk.replies.canned_file import canned_faults, read_canned
from bot.desk.replies.canned_values import VARIABLES, fill
from bot.desk.replies.file_fault import DeskFileError
from bot.project.project import Project
from tests.desk.desk_client import DeskClient
from tests.desk.processes import Desk
from tests.desk.room import ROOT
from tests.gateway.shopper import Shopper

SHIPPED = ROOT / "data/desk"
LANGUAGES = ("en", "id", "ms")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in LANGUAGES:
        shutil.copy(SHIPPED / f"canned.{language}.yml", tmp_path)
    return tmp_path


def _edited(folder: Path, name: str, old: str, new: str) -> Path:
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def test_the_shipped_replies_are_whole_in_every_language() -> None:
    assert canned_faults(SHIPPED, LANGUAGES) == []
    canned = read_canned(SHIPPED)
    assert all(len(canned.replies[language]) >= 25 for language in LANGUAGES)
    for reply in canned.replies["en"].values():
        for language in LANGUAGES[1:]:
            theirs = canned.replies[language][reply.id]
            assert _variables(theirs.text) == _variables(reply.text), (language, reply.id)


def _variables(text: str) -> set[str]:
    return set(fill(text, {}, lambda variable: variable).missing)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "{order_state}",
            "{order_mood}",
            r"canned\.en\.yml, line \d+: order_status: there is no variable {order_m",
        ),
        ("{order_state}", "{order state", r"line \d+: order_status: a brace has no partner"),
        ("  still_there:", "  hello:", r"line \d+: hello stands here a second time \(first in line \d+\)"),
        ('    title: "Anything else?"\n', "", r"line \d+: anything_else: it has no title"),
        ("tags: [ending]", "tags: ending", r"line \d+: anything_else: tags are a list"),
        ('  carrier: "courier"\n', "", r"line \d+: The variable carrier has no words"),
        ("  anything_else:", "  Anything Else:", r"line \d+: Anything Else: this is no name"),
        ('"Anything else?"', '"Anything else?', r"line \d+: This is no YAML"),
        ("replies:", "answers:", "It needs the sections variables and replies"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_line(folder: Path, old: str, new: str, said: str) -> None:
    _edited(folder, "canned.en.yml", old, new)
    with pytest.raises(DeskFileError, match=said) as error:
        open_canned(folder, LANGUAGES)
    assert "\n" not in str(error.value)


def test_without_english_there_are_no_replies(folder: Path) -> None:
    (folder / "canned.en.yml").unlink()
    with pytest.raises(DeskFileError, match=r"canned\.en\.yml: The file is missing"):
        open_canned(folder, LANGUAGES)


def test_what_a_language_lacks_is_told_and_is_english_there(folder: Path) -> None:
    _edited(folder, "canned.ms.yml", "  anything_else:", "  anything_more:")
    assert [str(fault) for fault in canned_faults(folder, LANGUAGES) if "anything_else is missing in ms" in str(fault)]
    assert any("no canned replies in th" in fault.wrong for fault in canned_faults(folder, (*LANGUAGES, "th")))
    canned = open_canned(folder, LANGUAGES).now()
    found = canned.find("anything_else", "ms")
    assert found is not None
    assert found.language == "en"


def test_an_edit_counts_at_once_and_a_broken_one_leaves_what_was(folder: Path) -> None:
    live = open_canned(folder, LANGUAGES)
    _edited(folder, "canned.en.yml", '"Anything else?"', '"Anything more?"')
    assert live.now().replies["en"]["anything_else"].title == "Anything more?"
    _edited(folder, "canned.en.yml", "{order_state}", "{order_mood}!")
    assert live.now().replies["en"]["anything_else"].title == "Anything more?"
    assert live.broken is not None
    assert "order_mood" in live.broken
    _edited(folder, "canned.en.yml", "{order_mood}!", "{order_state}!!")
    assert live.now().replies["en"]["order_status"].text.count("!!") == 1
    assert live.broken is None
    (folder / "canned.ms.yml").unlink()
    assert "ms" not in live.now().replies


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("refund sent", "en", "refund_sent"),
        ("refnud", "en", "refund_sent"),
        ("photo", "en", "ask_photo"),
        ("foto", "id", "ask_photo"),
        ("gambar", "ms", "ask_photo"),
        ("lacak", "id", "tracking_details"),
        ("track", "en", "tracking_details"),
        ("says_delivered", "en", "says_delivered"),
        ("any el", "en", "anything_else"),
    ],
)
def test_replies_are_found_by_title_tag_and_text_half_or_mistyped(typed: str, language: str, first: str) -> None:
    found = find_replies(read_canned(SHIPPED), language, typed)
    assert (found[0].id, found[0].language) == (first, language)


def test_the_own_language_comes_first_then_english() -> None:
    canned = read_canned(SHIPPED)
    everything = [reply.language for reply in find_replies(canned, "id")]
    assert list(dict.fromkeys(everything)) == ["id", "en", "ms"]
    assert find_replies(canned, "ms", "gambar")[0].language == "ms"
    assert find_replies(canned, "ms", "receipt")[0].language == "en"
    assert find_replies(canned, "en", "xylophone") == []


def test_a_variable_without_a_value_leaves_a_mark_and_no_hole() -> None:
    filled = fill("{shop}: #{order_number} ({order_number}), {agent}", {"shop": "{agent}"}, str.upper)
    assert filled.text == "{agent}: #‹ORDER_NUMBER› (‹ORDER_NUMBER›), ‹AGENT›"
    assert filled.missing == ["ORDER_NUMBER", "AGENT"]
    assert all(fill(f"{{{name}}}", {}, str).missing == [name] for name in VARIABLES)


def test_ramah_check_names_the_mistakes(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data/desk")
    shutil.copytree(ROOT / "data/words", tmp_path / "data/words")
    assert list(check(Project(tmp_path))) == []
    _edited(tmp_path / "data/desk", "suggestions.yml", "reply: goodbye", "reply: good_bye")
    _edited(tmp_path / "data/desk", "canned.ms.yml", "  hello:", "  hai:")
    found = [(finding.file.name, finding.line is not None, finding.error) for finding in check(Project(tmp_path))]
    assert found == [("canned.ms.yml", True, False), ("suggestions.yml", True, True)]
    _edited(tmp_path / "data/desk", "canned.en.yml", "{order_state}", "{order_mood}")
    assert [finding.error for finding in check(Project(tmp_path))] == [True]


async def test_replies_are_filled_from_the_conversations_order(
    agent: DeskClient, waiting_with_form: Shopper, desk: Desk
) -> None:
    replies = (await agent.get("/canned", conversation=waiting_with_form.id, language="id"))["replies"]
    assert replies[0]["language"] == "id"
    by_id = {reply["id"]: reply for reply in replies if reply["language"] == "en"}
    assert "order #1060 goes to" in by_id["address_changed"]["text"]
    assert by_id["address_changed"]["missing"] == []
    assert by_id["hello"]["text"].startswith("Hi, this is Aini from ")
    assert "{" not in str([reply["text"] for reply in replies])
    assert by_id["tracking_details"]["missing"] == ["tracking link", "tracking number"]
    assert "‹tracking link›" in by_id["tracking_details"]["text"]
    status = next(reply for reply in replies if (reply["id"], reply["language"]) == ("order_status", "id"))
    assert status["missing"] == []


async def test_a_trainer_gets_no_shoppers_values(trainer: DeskClient, waiting_with_form: Shopper) -> None:
    replies = (await trainer.get("/canned", conversation=waiting_with_form.id))["replies"]
    assert "1060" not in str(replies)


async def test_an_unknown_conversation_has_no_replies(agent: DeskClient) -> None:
    assert (await agent.refused("GET", "/canned?conversation=c_unknown"))[:2] == (404, "not_found")


async def test_a_trainers_edit_counts_without_a_restart(agent: DeskClient, desk: Desk) -> None:
    file = desk.folder / "desk" / "canned.en.yml"
    text = file.read_text("utf-8")
    file.unlink()  # a link to the shipped one
    file.write_text(f'{text}  zebra:\n    title: "Zebra crossing"\n    text: "Stripes."\n', "utf-8")
    found = (await agent.get("/canned", q="zebra"))["replies"]
    assert [(reply["title"], reply["text"]) for reply in found] == [("Zebra crossing", "Stripes.")]
