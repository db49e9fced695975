"""The shop's own model as the engine runs it: trained now from nothing, asked whole, and timed part by part."""

from __future__ import annotations

import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.nlu_report.rules import FALLBACK
from benchmarks.training import PROJECT, train
from bot.commands.quiet_rasa import prepare_quietly
from bot.installation import with_files_in
from bot.settings import Settings

WHOLE = "whole pipeline"


@dataclass(frozen=True)
class Understood:
    """A message as the bot takes it.

    Attributes:
        language: found.
        intent: after all doubts, so it may be ``nlu_fallback``.
        likeliest: before them.
        confidence: of the likeliest.
    """

    language: str
    intent: str
    likeliest: str
    confidence: float


@dataclass(frozen=True)
class Trained:
    """``seconds`` by the clock, ``cpu_seconds`` on all cores; of ``rasa train`` with NLU and dialogue."""

    model: Path
    seconds: float
    cpu_seconds: float


def train_now(folder: Path) -> Trained:
    """Train from the repository's data as they are.

    Raises:
        TrainingFailed: with the end of Rasa's log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _cpu_of_children()
    model, seconds = train([sys.executable, "-m", "bot.engine.rasa_command"], PROJECT / "config.yml", folder, "ramah")
    return Trained(model, seconds, _cpu_of_children() - before)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class ShopModel:
    """Args: the model's file."""

    def __init__(self, model: Path) -> None:
        prepare_quietly()
        from bot.engine.understanding import Understanding  # noqa: PLC0415 - only after Rasa is prepared

        self._understanding = Understanding(model, with_files_in(PROJECT, Settings()))

    def understand(self, text: str) -> Understood:
        """One message through the whole pipeline."""
        parsed = self._understanding.parse(text)
        ranked = [each for each in parsed.get("intent_ranking") or () if each["name"] != FALLBACK]
        likeliest = parsed["intent"] if parsed["intent"]["name"] != FALLBACK or not ranked else ranked[0]
        return Understood(
            str(parsed["language"]["code"]), parsed["intent"]["name"], likeliest["name"], float(likeliest["confidence"])
        )

    def times(self, texts: Sequence[str]) -> Mapping[str, Sequence[float]]:
        """Milliseconds of each message by component, in the pipeline's order, and of the whole."""
        runner = self._understanding._processor.graph_runner
        taken: dict[str, list[float]] = defaultdict(list)
        for text in texts[:50]:  # what is made at the first use is not counted
            self._understanding.parse(text)
        whole = [_milliseconds(partial(self._understanding.parse, text)) for text in texts]
        steps = [step for steps in runner._orders.values() for step in steps]
        for name, function, component, _ in steps:
            runner.replace(component, partial(_timed, taken[_short(name)], partial(function, component)))
        for text in texts:
            self._understanding.parse(text)
        for _, function, component, _ in steps:
            runner.replace(component, partial(function, component))
        return {**taken, WHOLE: whole}


def _timed(taken: list[float], function: Callable[..., Any], **given: Any) -> Any:
    started = time.perf_counter()
    result = function(**given)
    taken.append((time.perf_counter() - started) * 1000)
    return result


def _milliseconds(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1000


def _short(node: str) -> str:
    """ "run_bot.nlu.language.DetectLanguage0" -> "DetectLanguage"."""
    return node.removeprefix("run_").rstrip("0123456789").rpartition(".")[2]


def percentiles(milliseconds: Sequence[float]) -> tuple[float, float]:
    """p50 and p95."""
    return float(np.percentile(milliseconds, 50)), float(np.percentile(milliseconds, 95))
