"""`ramah check` as a trainer, and a script, calls it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.checks.finding import Finding
from bot.commands.check import SHOWN, Report
from tests.checks import small_bot
from tests.commands.conftest import Ramah


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    return small_bot.build(tmp_path / "bot")


def test_a_bot_without_mistakes_passes_even_strictly(bot: Path, ramah: Ramah) -> None:
    done = ramah("check", "--folder", bot, "--strict")
    assert (done.returncode, done.stdout) == (0, "no errors, no warnings.\n"), done.stderr
    assert "Rasa's own validation ..." in done.stderr
    assert "Traceback" not in done.stderr


def test_mistakes_are_one_line_each_with_the_sum_and_exit_code_one(bot: Path, ramah: Ramah) -> None:
    error = small_bot.change(bot, "data/responses/all.yml", "Halo dari {shop}!", "Halo dari {shop} {city}!")
    warning = small_bot.change(bot, "data/nlu/all.yml", "    - hello everyone\n", "    - track parcel of order 1047\n")
    done = ramah("check", "--folder", bot)
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[0].startswith(f"data/responses/all.yml:{error}: error: utter_greet names {{city}} in id")
    assert lines[1].startswith(f'data/nlu/all.yml:{warning}: warning: "track parcel of order 1047"')
    assert lines[2:] == ["1 error, 1 warning."]


FINDING = Finding(Path("/bot/a.yml"), 3, "It is wrong.", "Mend it.")


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 1)])
def test_warnings_alone_are_an_error_only_if_asked_for(strict: bool, code: int) -> None:
    report = Report(Path("/bot"), everything=False)
    report.tell("A check", lambda: [FINDING])
    assert report.end(strict) == code


@pytest.mark.parametrize(("everything", "shown"), [(False, SHOWN), (True, SHOWN + 10)])
def test_many_findings_of_one_kind_are_cut_short_unless_all_are_wanted(
    everything: bool, shown: int, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report(Path("/bot"), everything=everything)
    report.tell("A check", lambda: [FINDING] * (SHOWN + 10))
    said = capsys.readouterr().out
    assert said.count("a.yml:3: warning: It is wrong. Mend it.\n") == shown
    assert ("… and 10 more: ramah check --all" in said) is not everything
    assert report.warnings == SHOWN + 10


def test_errors_come_before_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    error = Finding(Path("/bot/b.yml"), None, "It is worse.", "Mend it.", error=True)
    Report(Path("/bot"), everything=False).tell("A check", lambda: [FINDING, error])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["b.yml:", "a.yml:3:"]


def test_a_file_that_is_no_yaml_ends_it_at_once(bot: Path, ramah: Ramah) -> None:
    small_bot.write(bot, "data/stories/broken.yml", "rules:\n- rule: [\n")
    done = ramah("check", "--folder", bot)
    assert done.returncode == 1
    assert "data/stories/broken.yml:3: error: This is no YAML" in done.stdout
    assert "Rasa" not in done.stderr


def test_a_folder_without_a_bot_is_one_sentence(tmp_path: Path, ramah: Ramah) -> None:
    done = ramah("check", "--folder", tmp_path)
    assert done.returncode == 1
    assert re.fullmatch(r"There is no bot in .*: domain\.yml is missing\.\n", done.stderr)
