"""`ramah parse`: what the shipped model makes of many messages, as a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.progress import complaints
from bot.commands.quiet_rasa import prepare_quietly
from bot.commands.run import trained_model
from bot.commands.utterance_file import as_lines, utterances_in
from bot.installation import with_files_in
from bot.nlu.likely_requests import NOT_UNDERSTOOD
from bot.project.project import Project
from bot.project.stories import order_jobs
from bot.settings import Settings

if TYPE_CHECKING:  # Rasa is imported only after it was prepared
    from bot.engine.understanding import Understanding

COLUMNS = ("utterance", "language", "intent", "confidence", "job", "entities")
TOLD = ("entity", "value", "start", "end")  # of an entity


def parse(file: Path, out: Path | None, page: str, project: Path, settings: Settings) -> None:
    """Write a line for each line of ``file``: to ``out``, else to standard output. Nothing else is written there.

    Args:
        page: BCP 47 tag of the page that the shoppers are supposed to write from; the shop's own if empty.

    Raises:
        Trouble: the file cannot be used, or no model can be trained.
    """
    utterances = utterances_in(file)
    with redirect_stdout(sys.stderr):
        model = trained_model(settings, project=project)
        prepare_quietly()
        from bot.engine.understanding import Understanding  # noqa: PLC0415

        complaints.print(f"Loading {model.name} ...")
        understanding = Understanding(model, with_files_in(project, settings))
    jobs = order_jobs(Project(project).stories)
    table = as_lines([COLUMNS, *rows(utterances, understanding, jobs, page)])
    if out is None:
        sys.stdout.write(table)
        return
    out.write_text(table, "utf-8", newline="\n")
    complaints.print(f"{len(utterances)} lines are in {out}.")


def rows(
    utterances: Sequence[str], understanding: Understanding, jobs: Mapping[str, str], page: str
) -> Iterator[tuple[str, ...]]:
    """One row of COLUMNS for each message."""
    for utterance in utterances:
        parsed = understanding.parse(utterance) if utterance else _nothing()
        intent, confidence = str(parsed["intent"]["name"]), float(parsed["intent"]["confidence"])
        language = understanding.language(parsed, page)
        job = jobs.get(intent, "")
        yield utterance, language, intent, f"{confidence:.4f}", job, _entities(parsed)


def _nothing() -> dict[str, Any]:
    """An empty message never reaches the model."""
    return {"text": "", "intent": {"name": NOT_UNDERSTOOD, "confidence": 0.0}, "entities": []}


def _entities(parsed: Mapping[str, Any]) -> str:
    told = [{name: entity[name] for name in TOLD if name in entity} for entity in parsed["entities"]]
    return json.dumps(told, ensure_ascii=False)
