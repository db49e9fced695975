"""Rasa's own validation: names that do not fit together. As `ramah rasa data validate`, with file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rasa.shared.exceptions import RasaException
from rasa.validator import Validator

from bot.checks.finding import Finding
from bot.checks.rasa_data import complaints, one_line, place_of, rasa_data
from bot.project.project import NEVER_SAID, Project

# What `bot.checks.intent_use` and `.near_duplicates` say with more lines, and what Rasa cannot know: responses that
# actions say are in no story.
SAID_ELSEWHERE = ("is not used in any story or rule", "was found labeled with multiple different intents")

NO_EXAMPLES = "is not found in the NLU training data"

# Rasa's checks, what to do about what they find, and whether something will not work.
CHECKS: tuple[tuple[Callable[[Validator], object], str, bool], ...] = (
    (Validator.verify_domain_validity, "Correct domain.yml; docs/dialogue.md lists what is in it.", True),
    (Validator.warn_if_config_mandatory_keys_are_not_set, "Add it to config.yml.", True),
    (Validator.verify_actions_in_stories_rules, "Correct the name, or add it to domain.yml under actions.", True),
    (Validator.verify_forms_in_stories_rules, "Correct the name, or add it to domain.yml under forms.", True),
    (Validator.verify_form_slots, "Correct the name in the form, or add it to domain.yml under slots.", True),
    (Validator.verify_slot_mappings, "Name a form that domain.yml has and that asks for this slot.", True),
    (Validator.verify_intents_in_stories, "Name it in domain.yml, and give it examples in data/nlu.", True),
    (Validator.verify_utterances_in_stories, "Correct the name, or write the response in data/responses.", True),
    (Validator.verify_example_repetition_in_intents, "Keep it under one intent.", True),
)


def check(project: Project) -> Iterator[Finding]:
    try:
        data = rasa_data(project)
    except RasaException as error:
        file, line = place_of(project, str(error))
        yield Finding(
            file, line, f"Rasa cannot read the data: {one_line(project, str(error))}", "Correct it first.", error=True
        )
        return
    for said in dict.fromkeys(data.complaints):
        yield from _findings(project, said, "Correct what Rasa names here; it leaves it out.", error=True)
    if not data.has_domain:
        return
    for verify, do, serious in CHECKS:
        with complaints() as found:
            verify(data.validator)
        for said in found:
            yield from _findings(project, said, do, error=serious)


def _findings(project: Project, said: str, do: str, *, error: bool) -> Iterator[Finding]:
    if NO_EXAMPLES in said and any(f"'{intent}'" in said for intent in NEVER_SAID):
        return
    if not any(known in said for known in SAID_ELSEWHERE):
        file, line = place_of(project, said)
        yield Finding(file, line, one_line(project, said), do, error)
