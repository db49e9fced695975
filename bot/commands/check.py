"""`ramah check`: mistakes in what trainers write, each with file and line and what to do about it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from bot.checks.finding import Finding
from bot.commands.progress import complaints, console
from bot.commands.quiet_rasa import prepare_quietly
from bot.project.project import Project

SHOWN = 20  # findings of one check, unless all are wanted

# Each check with its module in bot.checks: the quick ones first, then what Rasa has to read all data for.
READABLE, SHOP_FILE = "readable", "shop_file"
FIRST = (
    ("The shop's rules", "shop_rules"),
    ("Lexicons", "lexicons"),
    ("Words files", "words"),
    ("Responses in every language", "response_languages"),
    ("Names in braces, and buttons", "placeholders"),
    ("Intents", "intent_use"),
    ("Articles", "articles"),
    ("Agents' replies and suggestions", "desk_words"),
    ("Rasa's own validation", "rasa_validation"),
    ("Stories and rules", "unreachable_stories"),
)
# Meanwhile, each in a process of its own: what needs all examples read, and a classifier trained several times.
BESIDE = (
    ("Examples of two intents", "near_duplicates"),
    ("Examples that look like another intent's", "misplaced"),
)


def check(root: Path, *, strict: bool = False, everything: bool = False) -> int:
    """Check the project in ``root`` and print what is wrong.

    Args:
        strict: warnings are errors too.
        everything: print all findings, not only the first of each check.

    Returns:
        the exit code: 1 if there are errors.
    """
    report = Report(root, everything)
    report.tell("Files", partial(findings, READABLE, root))
    report.tell("The shop's file", partial(findings, SHOP_FILE, root))
    if report.errors:
        console.print("The rest can be checked once these files can be read.")
        return 1
    with ProcessPoolExecutor(len(BESIDE), get_context("spawn"), initializer=_begin_beside) as beside:
        waiting = [(title, beside.submit(findings, name, root)) for title, name in BESIDE]
        prepare_quietly()
        for title, name in FIRST:
            report.tell(title, partial(findings, name, root))
        for title, later in waiting:
            report.tell(title, later.result)
    return report.end(strict)


def findings(name: str, root: Path) -> list[Finding]:
    """What one check finds; its module is imported now, since some of them take their time."""
    found: list[Finding] = list(import_module(f"bot.checks.{name}").check(_project(root)))
    return found


@lru_cache(maxsize=1)
def _project(root: Path) -> Project:
    return Project(root)


def _begin_beside() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    prepare_quietly()


class Report:
    """Counts, and prints: for a person in a terminal, else one line a finding, as compilers do."""

    def __init__(self, root: Path, everything: bool) -> None:
        self._root = root
        self._everything = everything
        self.errors = 0
        self.warnings = 0

    def tell(self, title: str, run: Callable[[], Sequence[Finding]]) -> None:
        """Run one check and print what it finds, errors first."""
        began = time.monotonic()
        if console.is_terminal:
            with console.status(f"{title} ..."):
                found = run()
        else:
            complaints.print(f"{title} ...")
            found = run()
        errors = [each for each in found if each.error]
        warnings = [each for each in found if not each.error]
        self.errors += len(errors)
        self.warnings += len(warnings)
        if console.is_terminal:
            mark = "[red]✗[/red]" if errors else "[yellow]![/yellow]" if warnings else "[green]✓[/green]"
            counted = f": {_counted(len(errors), len(warnings))}" if found else ""
            console.print(f"{mark} {title}{counted} [dim]({time.monotonic() - began:.1f} s)[/dim]")
        shown = [*errors, *warnings]
        shown = shown if self._everything else shown[:SHOWN]
        for each in shown:
            self._print(each)
        if len(shown) < len(found):
            console.print(f"  … and {len(found) - len(shown)} more: ramah check --all", soft_wrap=True)

    def _print(self, finding: Finding) -> None:
        at, kind = finding.at(self._root), "error" if finding.error else "warning"
        if not console.is_terminal:
            console.print(f"{at}: {kind}: {finding.wrong} {finding.do}", markup=False, soft_wrap=True)
            return
        console.print(f"  {at}", style="red" if finding.error else "yellow", markup=False, soft_wrap=True)
        console.print(f"    {finding.wrong}", markup=False, soft_wrap=True)
        console.print(f"    → {finding.do}", style="dim", markup=False, soft_wrap=True)

    def end(self, strict: bool) -> int:
        """Print the sum; the exit code."""
        console.print(f"{_counted(self.errors, self.warnings)}.")
        return int(bool(self.errors or (strict and self.warnings)))


def _counted(errors: int, warnings: int) -> str:
    def many(count: int, what: str) -> str:
        return f"{count or 'no'} {what}{'' if count == 1 else 's'}"

    return f"{many(errors, 'error')}, {many(warnings, 'warning')}"
