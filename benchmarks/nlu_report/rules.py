"""What the shipped bot does with an intent: when it doubts, and which order job an intent starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.project.project import Project
from bot.project.stories import order_jobs

FALLBACK = "nlu_fallback"
NO_JOB = ""


@dataclass(frozen=True)
class ShopRules:
    """Read from ``config.yml`` and ``data/``.

    Attributes:
        threshold: of the confidence, below which the bot asks back.
        ambiguity: of the lead before the second intent, below which it asks back too.
        sure: of the confidence, below which no order job is begun.
        jobs: intent -> order job.
        topics: intent -> the file that its examples are in, without its ending.
    """

    threshold: float
    ambiguity: float
    sure: float
    jobs: Mapping[str, str]
    topics: Mapping[str, str]

    def job(self, intent: str) -> str:
        """The order job that the intent starts; empty if none."""
        return self.jobs.get(intent, NO_JOB)

    def doubts(self, intent: str, confidence: float, lead: float) -> bool:
        """Whether the bot asks back, as Rasa's FallbackClassifier and JoinClauses decide it."""
        unsure_job = self.job(intent) != NO_JOB and confidence < self.sure
        return unsure_job or confidence < self.threshold or lead < self.ambiguity


def rules_of(root: Path) -> ShopRules:
    """The rules of the project in ``root``.

    Raises:
        ValueError: ``config.yml`` has no FallbackClassifier with both thresholds.
    """
    config = yaml.safe_load((root / "config.yml").read_text("utf-8"))
    found = [part for part in config["pipeline"] if part["name"] == "FallbackClassifier"]
    if not found or not {"threshold", "ambiguity_threshold"} <= set(found[0]):
        raise ValueError(f"{root / 'config.yml'} has no FallbackClassifier with threshold and ambiguity_threshold.")
    project = Project(root)
    topics = {example.intent: example.file.stem for example in project.examples}
    fallback = found[0]
    sure = next((part["sure"] for part in config["pipeline"] if "sure" in part), 0.0)
    return ShopRules(fallback["threshold"], fallback["ambiguity_threshold"], sure, order_jobs(project.stories), topics)
