"""`ramah parse`: a table of messages in, a table of what the bot makes of them out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.parse import rows
from tests.commands.conftest import Ramah

if TYPE_CHECKING:
    from bot.engine.understanding import Understanding

HEADER = "utterance\tlanguage\tintent\tconfidence\tjob\tentities"


def test_every_line_is_answered_with_one_line(trained_bot: Path, tmp_path: Path, ramah: Ramah) -> None:
    said = [
        "# where is my order",
        '#1047 "find" it',
        "",
        "biaya kirim ke medan",
        "/greet",
        "semak bungkusan",
        "hello there",
    ]
    table = tmp_path / "said.tsv"
    table.write_text("# made up\nid\tutterance\n" + "".join(f"{number}\t{text}\n" for number, text in enumerate(said)))
    done = ramah("parse", table, "--out", "answers.tsv", "--folder", trained_bot)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "7 lines are in answers.tsv." in done.stderr
    lines = (tmp_path / "answers.tsv").read_text().split("\n")
    assert (lines[0], lines[-1]) == (HEADER, "")
    answers = [dict(zip(HEADER.split("\t"), line.split("\t"), strict=True)) for line in lines[1:-1]]
    assert [row["utterance"] for row in answers] == said
    by_text = {row["utterance"]: row for row in answers}
    tracked = by_text["# where is my order"]
    assert (tracked["intent"], tracked["job"], tracked["language"]) == ("track_order", "track_order", "en")
    asked = by_text["biaya kirim ke medan"]
    assert (asked["intent"], asked["job"], asked["language"]) == ("delivery_cost", "", "id")
    assert by_text["semak bungkusan"]["job"] == "track_order"
    nothing = by_text[""]
    assert (nothing["intent"], nothing["confidence"], nothing["job"]) == ("nlu_fallback", "0.0000", "")
    number = json.loads(by_text['#1047 "find" it']["entities"])
    assert {"entity": "order_number", "value": "1047", "start": 0, "end": 5} in number
    assert all(0 <= float(row["confidence"]) <= 1 for row in answers)


def test_what_says_nothing_is_answered_in_the_language_of_the_page(understanding: Understanding) -> None:
    for page, language in (("ms-MY", "ms"), ("id", "id"), ("xx", "en")):
        ((_, answered_in, *_),) = rows(["1047"], understanding, {}, page)
        assert answered_in == language


def test_a_file_that_is_not_there_is_one_sentence(trained_bot: Path, ramah: Ramah) -> None:
    done = ramah("parse", "nothing.tsv", "--folder", trained_bot)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "There is no file nothing.tsv.\n")
