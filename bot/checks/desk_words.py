"""Mistakes in what agents answer with: canned replies and suggestions."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Finding
from bot.desk.replies.canned_file import canned_faults, read_canned
from bot.desk.replies.suggestion_file import suggestion_faults
from bot.languages import ENGLISH
from bot.project.project import Project


def check(project: Project) -> Iterator[Finding]:
    folder = project.root / "data/desk"
    if not folder.is_dir():
        return
    faults = canned_faults(folder, project.languages)
    if not any(fault.stops for fault in faults):
        faults += suggestion_faults(folder, read_canned(folder).replies[ENGLISH], project.languages)
    for fault in faults:
        yield Finding(fault.file, fault.line, fault.wrong, fault.do, error=fault.stops)
