"""`ramah try`: what a trainer reads about one message."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.commands.foreseen import Foreseen
from bot.commands.try_text import told
from bot.processes.trouble import Trouble
from bot.project.project import Project
from bot.settings import Settings
from tests.commands.conftest import Ramah

if TYPE_CHECKING:
    from bot.engine.understanding import Understanding

Try = Callable[..., str]


@pytest.fixture
def try_(trained_bot: Path, understanding: Understanding, settings: Settings) -> Try:
    """The lines that are printed, without their headings."""
    foreseen = Foreseen(Project(trained_bot), understanding.domain, settings)

    def run(text: str, page: str = "", *slots: str) -> str:
        return "\n".join(said for _, said in told(text, page, slots, understanding, foreseen))

    return run


def test_a_trainer_sees_what_is_understood_and_what_would_be_done(trained_bot: Path, ramah: Ramah) -> None:
    done = ramah("try", "where's order 1047", "--folder", trained_bot)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "text        where's order 1047"
    assert lines[1].startswith("language    en ")
    assert lines[1].endswith("answered in en")
    assert lines[2].startswith("normalised  ")
    assert lines[3].startswith("intents     ")
    assert lines[3].endswith("track_order")
    assert "entities    order_number = 1047 (characters 14 to 18)" in lines
    assert lines[-5:] == [
        'because of  the rule "track, with questions" (data/stories/all.yml:7)',
        '            the rule "track, all known" (data/stories/all.yml:13)',
        "then        action_begin_job begins the job track_order",
        "            track_form asks what is missing of order_number",
        "            action_track_order, when all is known",
    ]


def test_the_response_is_shown_in_the_shoppers_language(try_: Try) -> None:
    assert "utter_greet: Halo dari {shop}!" in try_("halo semuanya kak")
    assert "utter_greet: Hai daripada {shop}!" in try_("hi", "ms-MY")
    assert "utter_greet: Hello from {shop}!" in try_("hi", "en")


def test_the_language_so_far_may_be_given(try_: Try) -> None:
    assert "answered in id" in try_("hi", "", "language=id")


def test_the_article_that_would_answer_is_shown(try_: Try) -> None:
    assert 'action_answer_question: "Kos pos" (ms/delivery-cost.md): Kos pos: 8.' in try_("kos penghantaran")


def test_what_is_not_understood_is_said_to_be_asked_back(try_: Try) -> None:
    told = "action_not_understood is not sure and asks which of two is meant: track_order or delivery_cost"
    assert told in try_("order fee hello")


def test_a_slot_that_there_is_not_is_one_sentence(try_: Try) -> None:
    with pytest.raises(Trouble, match='"colour=red" sets no slot'):
        try_("hello", "", "colour=red")
