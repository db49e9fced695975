"""What the bot would do, said for trainers: the rule and its line, the job, the form, the text, the article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import yaml

from bot.engine.variations import closest
from bot.help_centre import library_of
from bot.knowledge.articles import Articles
from bot.nlu.likely_requests import NOT_UNDERSTOOD, likely_requests
from bot.orders.policy_file import PolicyError, load_policy
from bot.project.project import Project
from bot.project.stories import BEGIN_JOB, Story, order_jobs
from bot.settings import Settings

if TYPE_CHECKING:  # Rasa is imported only after it was prepared
    from rasa.shared.core.domain import Domain

    from bot.engine.understanding import Step

LANGUAGE = "language"
ANSWER_QUESTION = "action_answer_question"
NOT_UNDERSTOOD_ACTION = "action_not_understood"
OUT_OF_SCOPE = "out_of_scope"  # answered only by an article that leaves no doubt

Line = tuple[str, str]


class Foreseen:
    """Tells steps of the dialogue; the settings say where articles, rules and words lie."""

    def __init__(self, project: Project, domain: Domain, settings: Settings) -> None:
        self._project = project
        self._domain = domain
        self._settings = settings

    def lines(self, steps: Sequence[Step], parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> Iterator[Line]:
        """Pairs of a heading (empty if it is the one before) and a text.

        Args:
            steps: what would follow.
            parsed: what was understood.
            slots: with the language.
        """
        intent = str(parsed["intent"]["name"])
        rules = self._rules(intent, steps)
        for number, rule in enumerate(rules):
            yield "" if number else "because of", self._where(rule)
        if not rules:
            yield "because of", "no rule: " + (f"the policy {steps[0].policy}" if steps else "nothing follows")
        for number, step in enumerate(steps):
            yield "" if number else "then", self._told(step.action, intent, parsed, slots)
        job = order_jobs(rules).get(intent)
        if job:
            yield "", f"action_{job}, when all is known"

    def _rules(self, intent: str, steps: Sequence[Step]) -> list[Story]:
        """Those that begin with the intent and go on with the first step; rules before stories."""
        first = steps[0].action if steps else ""
        found = [
            story
            for story in self._project.stories
            if intent in story.first_intents and not story.conditional and story.actions[:1] == (first,)
        ]
        return [story for story in found if story.is_rule] or found

    def _where(self, story: Story) -> str:
        kind = "rule" if story.is_rule else "story"
        return f'the {kind} "{story.name}" ({story.file.relative_to(self._project.root)}:{story.line})'

    def _told(self, action: str, intent: str, parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> str:
        if action in self._domain.responses:
            return f"{action}: {self._text(action, slots)}"
        if action in self._domain.form_names:
            asked = ", ".join(self._domain.required_slots_for_form(action))
            return f"{action} asks what is missing of {asked}"
        if action == BEGIN_JOB:
            return f"{action} begins the job {order_jobs(self._project.stories).get(intent, '?')}"
        if action == ANSWER_QUESTION:
            return f"{action}: {self._article(str(parsed['text']), intent, slots)}"
        if action == NOT_UNDERSTOOD_ACTION and intent == NOT_UNDERSTOOD:
            return f"{action} {self._asks_back(parsed, str(slots[LANGUAGE]))}"
        return action

    def _text(self, response: str, slots: Mapping[str, Any]) -> str:
        said = [str(each.get("text")) for each in closest(self._domain.responses.get(response) or (), "", slots)]
        return " / ".join(said) or "has no text for this case"

    def _article(self, text: str, intent: str, slots: Mapping[str, Any]) -> str:
        try:
            library = library_of(self._settings, load_policy(self._settings.policy_file))
        except PolicyError as error:
            return f"the articles cannot be read: {error.problems[0]}"
        beyond = intent == OUT_OF_SCOPE
        found = Articles(library).search(text, str(slots[LANGUAGE]), intent, strong=beyond)
        if found is None:
            response = "utter_out_of_scope" if beyond else "utter_no_article"
            return f"no article answers it; {response}: {self._text(response, slots)}"
        return f'"{found.title}" ({found.language}/{found.slug}.md): {found.passage}'

    def _asks_back(self, parsed: Mapping[str, Any], language: str) -> str:
        words = yaml.safe_load((self._settings.words_dir / f"{language}.yml").read_text("utf-8")) or {}
        offered: Mapping[str, str] = (words.get("buttons") or {}).get("request") or {}
        two = likely_requests(parsed.get("intent_ranking") or [], offered)
        if two:
            return f"is not sure and asks which of two is meant: {' or '.join(two)}"
        return "is not sure and asks for other words"
