"""The results as a page: docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import psutil

from benchmarks.measure import AT_ONCE, Plan, Result

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
TEXT = Path(__file__).with_name("page.md")
Row = tuple[str, Callable[[Result], float], str, bool]  # label, value, format, whether more is better


def page(results: Sequence[Result], trained: dict[str, float], plan: Plan, *, command: str, load: float) -> str:
    """The whole page.

    Args:
        results: Ramah first.
        trained: seconds of training by contestant.
        plan: how many turns were measured.
        command: that measured them.
        load: average load of the machine over the minute before, which should be near zero.
    """
    return TEXT.read_text("utf-8").format(
        command=command,
        today=date.today().isoformat(),
        machine=machine(),
        load=load,
        plan=plan,
        table=_table(results, trained),
    )


def _table(results: Sequence[Result], trained: dict[str, float]) -> str:
    ours, *others = results
    lines = [
        _row(["", *(result.name for result in results), *(f"Ramah to {result.name}" for result in others)]),
        _row(["---", *("---:" for _ in range(2 * len(results) - 1))]),
    ]
    for label, value, form, more in _rows():
        cells = [form.format(value(result)) for result in results]
        lines.append(_row([label, *cells, *(_ratio(value(ours), value(other), more) for other in others)]))
    growth = [f"{result.turn_last / result.turn_10:.2f} (turn {result.last})" for result in results]
    lines.append(_row(["last turns to turn 10", *growth, *("" for _ in others)]))
    seconds = [f"{trained[result.name]:.0f}" for result in results]
    ratios = (_ratio(trained[ours.name], trained[other.name], False) for other in others)
    lines.append(_row(["training from nothing, s", *seconds, *ratios]))
    return "\n".join(lines)


def machine() -> str:
    model = platform.processor()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"Machine: {os.cpu_count()} cores of {model or 'an unnamed processor'}, {memory:.0f} GiB, {system}."


def _rows() -> list[Row]:
    return [
        ("light turn, p50, ms", lambda result: result.p50, "{:.1f}", False),
        ("light turn, p95, ms", lambda result: result.p95, "{:.1f}", False),
        (f"light turn, {AT_ONCE} at once, p50, ms", lambda result: result.at_once_p50, "{:.1f}", False),
        (f"light turn, {AT_ONCE} at once, p95, ms", lambda result: result.at_once_p95, "{:.1f}", False),
        ("light turns a second", lambda result: result.turns_a_second, "{:.0f}", True),
        ("turn of a form, p50, ms", lambda result: result.form_p50, "{:.1f}", False),
        ("long conversation, about turn 10, ms", lambda result: result.turn_10, "{:.1f}", False),
        ("long conversation, last turns, ms", lambda result: result.turn_last, "{:.1f}", False),
        ("memory, MB", lambda result: result.megabytes, "{:.0f}", False),
        ("ready after start, s", lambda result: result.seconds_to_ready, "{:.1f}", False),
    ]


def _ratio(ours: float, theirs: float, more_is_better: bool) -> str:
    if more_is_better:
        return f"{ours / theirs:.1f} times"
    return f"1/{theirs / ours:.1f}" if ours < theirs else f"{ours / theirs:.1f} times"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
