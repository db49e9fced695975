"""Stories and rules that can never run: a rule says otherwise, another story does, or no example leads to them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rasa.core.policies.rule_policy import InvalidRule, RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.exceptions import RasaException
from rasa.validator import Validator

from bot.checks.finding import Finding
from bot.checks.rasa_data import RasaData, complaints, one_line, place_of, rasa_data
from bot.project.project import NEVER_SAID, Project

NEVER_TYPED = ("nlu_fallback", "session_start", "restart", "back")  # Rasa's own intents
_TROUBLE = re.compile(r"^- ", re.MULTILINE)


def check(project: Project) -> Iterator[Finding]:
    understood = {example.intent for example in project.examples} | set(NEVER_TYPED) | NEVER_SAID
    for story in project.stories:
        kind = "rule" if story.is_rule else "story"
        never = [intent for intent in story.first_intents if intent not in understood]
        if never:
            wrong = f'The {kind} "{story.name}" begins with {never[0]}, which no example in data/nlu leads to.'
            yield Finding(
                story.file, story.line, wrong, f"Write examples of {never[0]}, or correct the name.", error=True
            )
        if not story.steps:
            wrong = f'The {kind} "{story.name}" has no steps.'
            yield Finding(story.file, story.line, wrong, "Write its steps, or delete it.", error=True)
    try:
        data = rasa_data(project)
    except RasaException:
        return  # bot.checks.rasa_validation says what is wrong
    if not data.has_domain:
        return
    yield from _told(project, complaints_of_stories(data.validator), "Stories that begin alike must go on alike.")
    yield from _told(project, contradictions(data), "Rules win: change the story, or narrow the rule.")


def complaints_of_stories(validator: Validator) -> list[str]:
    """Stories that do different things after the same beginning, in Rasa's words."""
    with complaints() as said:
        validator.verify_story_structure()
    return said


def contradictions(data: RasaData) -> list[str]:
    """Stories and rules that a rule contradicts, in Rasa's words: what the rule policy would refuse to learn."""
    entries = data.config.get("policies") or ()
    given = next((dict(each) for each in entries if str(each.get("name", "")).endswith("RulePolicy")), {})
    config = {**RulePolicy.get_default_config(), **{key: value for key, value in given.items() if key != "name"}}
    with tempfile.TemporaryDirectory() as folder, complaints() as said:
        storage = LocalModelStorage.create(Path(folder))
        policy = RulePolicy(config, storage, Resource("rules"), ExecutionContext(GraphSchema({})))
        try:
            trackers = TrainingDataGenerator(data.stories, data.domain, augmentation_factor=0).generate()
            policy.train(trackers, data.domain)
        except InvalidRule as error:
            found = [part for part in _TROUBLE.split(error.message) if "'" in part]
            return found or [error.message]
    return said


def _told(project: Project, told: list[str], do: str) -> Iterator[Finding]:
    for said in told:
        file, line = place_of(project, said)
        yield Finding(file, line, one_line(project, said), do, error=True)
