"""The project as Rasa reads it. Rasa must have been prepared (``bot.engine.before_rasa``)."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.utils import training_data_from_paths
from rasa.validator import Validator

from bot.engine.fast_training import hash_examples_quickly
from bot.project.lined_yaml import Document
from bot.project.project import Project

_LINK = re.compile(r"\n(?:More info at|You can find more)")
_NO_DOMAIN = "Using empty domain"  # Rasa goes on without one that it cannot read
_QUOTED = re.compile(r"'([^']+)'")
_SAID_OF_EVERY_DOMAIN = "Slot auto-fill has been removed"
VALIDATOR_LOG = "rasa.validator"


@dataclass
class RasaData:
    """``complaints``: what Rasa had to say while it read; of a domain that it cannot read, nothing else."""

    domain: Domain
    stories: StoryGraph
    config: Mapping[str, Any]
    validator: Validator
    complaints: list[str] = field(default_factory=list)
    has_domain: bool = True


@lru_cache(maxsize=1)
def rasa_data(project: Project) -> RasaData:
    """Read once, for all checks.

    Raises:
        RasaException: what Rasa cannot read.
    """
    root = project.root
    hash_examples_quickly()
    examples = [str(file) for file in project.files("data") if _holds_examples_only(project.document(file))]
    others = [str(file) for file in project.files("data") if str(file) not in examples]
    with complaints() as said:
        importer = TrainingDataImporter.load_from_config(str(root / "config.yml"), str(project.domain_file), others)
        # Apart from the rest: an importer reads the examples several times over, and there are many.
        nlu = training_data_from_paths(examples, "en").merge(importer.get_nlu_data())
        validator = Validator(importer.get_domain(), nlu, importer.get_stories(), importer.get_config())
    no_domain = [each for each in said if _NO_DOMAIN in each]
    told = no_domain or said
    return RasaData(validator.domain, validator.story_graph, validator.config, validator, told, not no_domain)


def _holds_examples_only(document: Document) -> bool:
    sections = set(document.content) if isinstance(document.content, Mapping) else set()
    return "nlu" in sections and sections <= {"version", "nlu"}


@contextmanager
def complaints() -> Iterator[list[str]]:
    """What Rasa warns of, and what its validator logs, in its own words; the list is filled at the end."""
    said: list[str] = []
    logged = _Listener(logging.WARNING)
    log = logging.getLogger(VALIDATOR_LOG)
    log.addHandler(logged)
    propagate, log.propagate = log.propagate, False
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield said
    finally:
        log.removeHandler(logged)
        log.propagate = propagate
    said += [
        str(each.message)
        for each in warned
        if issubclass(each.category, UserWarning) and _SAID_OF_EVERY_DOMAIN not in str(each.message)
    ]
    said += logged.said


class _Listener(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def place_of(project: Project, said: str) -> tuple[Path, int | None]:
    """Where that stands which a complaint names in quotes: a story if it names one, else the first that there is."""
    names = _QUOTED.findall(said)
    for name in names:
        for story in project.stories:
            if story.name == name:
                return story.file, story.line
    for name in names:
        for place in _places(project, name):
            return place
    return project.domain_file, None


def _places(project: Project, name: str) -> Iterator[tuple[Path, int | None]]:
    yield from ((story.file, story.line) for story in project.stories if name in story.actions)
    yield from ((example.file, example.line) for example in project.examples if example.intent == name)
    domain = project.document(project.domain_file)
    for way, line in domain.lines.items():
        if way and name in (way[-1], _at(domain.content, way)):
            yield project.domain_file, line
    if name.endswith((".yml", ".yaml")) and Path(name).exists():
        yield Path(name), None


def one_line(project: Project, said: str) -> str:
    """A complaint in one line, without the link to Rasa's web pages and the way to the project."""
    plain = (
        said.split("\nMore info at", maxsplit=1)[0]
        .split("\nYou can find more", maxsplit=1)[0]
        .replace(f"{project.root}/", "")
    )
    sentence = " ".join(plain.split())
    return sentence if sentence.endswith((".", "!")) else f"{sentence}."


def _at(content: Any, way: tuple[str | int, ...]) -> Any:
    for part in way:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return None
    return content
