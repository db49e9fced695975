"""The trained model in this process, asked what it makes of a message: no server, no actions, nothing kept.

Rasa must have been prepared (``bot.engine.before_rasa``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.fast_graph import faster
from bot.engine.language import language_of_turn
from bot.engine.turn_processor import TurnProcessor
from bot.settings import Settings

MOST_STEPS = 10  # of one turn


@dataclass(frozen=True)
class Step:
    """What the dialogue would do next: an action, a response or a form; and the policy that says so."""

    action: str
    policy: str


class Understanding:
    """``parse`` reads a message, ``steps`` says what would follow; both as in a conversation that just begins.

    Args:
        model: the file.
        settings: with the folder of the languages spoken, and the shop's own locale.
    """

    def __init__(self, model: Path, settings: Settings) -> None:
        processor = Agent.load(str(model)).processor
        processor.graph_runner = faster(processor.graph_runner)
        self._processor = TurnProcessor.of(processor)
        self._settings = settings
        self._nobody = self._fresh_tracker({})

    @property
    def domain(self) -> Domain:
        return self._processor.domain

    def parse(self, text: str) -> dict[str, Any]:
        """What the NLU pipeline makes of the text: intent, intent_ranking, entities, language, normalised."""
        return self._processor.read_text(UserMessage(text), self._nobody)

    def language(self, parsed: Mapping[str, Any], page: str = "", slots: Mapping[str, Any] | None = None) -> str:
        """The language in which the bot would answer.

        Args:
            parsed: what ``parse`` returned.
            page: BCP 47 tag of the shopper's page; the shop's own if there is none.
            slots: what is known before.
        """
        return language_of_turn(slots or {}, parsed, begun=bool(slots), locale=page, settings=self._settings)

    def steps(self, parsed: Mapping[str, Any], slots: Mapping[str, Any]) -> list[Step]:
        """What would follow, as long as every action does as its rule expects and a form has a question to ask."""
        tracker = self._fresh_tracker(slots)
        intent, entities = dict(parsed["intent"]), list(parsed["entities"])
        tracker.update(UserUttered(parsed["text"], intent, entities, parse_data=dict(parsed)), self.domain)
        steps: list[Step] = []
        while len(steps) < MOST_STEPS:
            action, prediction = self._processor.predict_next_with_tracker_if_should(tracker)
            if action.name() == ACTION_LISTEN_NAME:
                break
            steps.append(Step(action.name(), str(prediction.policy_name or "")))
            tracker.update_with_events([*prediction.events, ActionExecuted(action.name())], self.domain)
            if action.name() in self.domain.form_names:
                tracker.update(ActiveLoop(action.name()), self.domain)
        return steps

    def _fresh_tracker(self, slots: Mapping[str, Any]) -> DialogueStateTracker:
        tracker = DialogueStateTracker("nobody", self.domain.slots)
        before = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)]
        tracker.update_with_events([*before, *(SlotSet(name, value) for name, value in slots.items())], self.domain)
        return tracker
