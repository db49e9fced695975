"""How far back the policies of a loaded model look, so that no more of a conversation need be kept."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

from rasa.core.policies.policy import Policy
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.runner.interface import GraphRunner

logger = logging.getLogger(__name__)

SPARE_STATES = 6  # for turns that are taken back


@dataclass(frozen=True)
class HistoryNeed:
    """In states, of which a dialogue has one before each action.

    ``rule_states`` are the latest of all states; ``story_states`` the latest of those that no rule has hidden.
    """

    rule_states: int
    story_states: int


def history_need(runner: GraphRunner) -> HistoryNeed | None:
    """What the model needs; ``None`` if one of its policies looks at whole conversations."""
    rule_states = story_states = 1
    for node in runner._instantiated_nodes.values():
        policy = node._component
        if isinstance(policy, RulePolicy):
            rule_states = max(rule_states, _longest_rule(policy))
        elif isinstance(policy, Policy):
            max_history = _max_history(policy)
            if max_history is None:
                logger.warning("%s has no max_history: long conversations will get slower.", type(policy).__name__)
                return None
            story_states = max(story_states, max_history)
    return HistoryNeed(rule_states + SPARE_STATES, story_states + SPARE_STATES)


def _longest_rule(policy: RulePolicy) -> int:
    rules = [key for kind in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH) for key in policy.lookup.get(kind, {})]
    return max((len(json.loads(key)) for key in rules), default=0)


def _max_history(policy: Any) -> int | None:
    featurizer = policy.featurizer
    return getattr(featurizer, "max_history", None) or policy.config.get("max_history")
