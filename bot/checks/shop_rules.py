"""Mistakes in ``data/policy.yml``, the shop's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.checks.finding import Finding
from bot.orders.policy_file import PolicyError, load_policy
from bot.project.project import Project

_LINE = re.compile(r", line (\d+)")


def check(project: Project) -> Iterator[Finding]:
    file = project.root / "data/policy.yml"
    if not file.exists():
        return
    try:
        load_policy(file)
    except PolicyError as error:
        for problem in error.problems:
            line = _LINE.search(problem)
            said = _LINE.sub("", problem).removeprefix(f"{file}").lstrip(": ")
            yield Finding(
                file, int(line[1]) if line else None, said, "Correct it; docs/policy.md explains.", error=True
            )
