"""The rules that may apply now, found by what the shopper said and what the bot did last, not by trying them all.

Touches the inside of Rasa's rule policy, therefore only in the one release it was read from; Rasa's own check still
decides about each rule that is found.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import rasa
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.interface import GraphRunner
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from bot.engine.fast_graph import KNOWN_RELEASE

State = dict[str, Any]
Place = tuple[str | None, str | None]  # the last action, and the intent before it; None: any


def index_rules(runner: GraphRunner) -> None:
    """Let the graph's rule policies look up their rules."""
    if rasa.__version__ != KNOWN_RELEASE:
        return
    for node in runner._instantiated_nodes.values():
        if type(node._component) is RulePolicy:
            node._component._get_possible_keys = _Index(node._component).possible_keys
            node._component.format_tracker_states = _nothing  # for a debug log that this process does not write


class _Index:
    def __init__(self, policy: RulePolicy) -> None:
        self._policy = policy
        self._longest = 0
        # by the identity of the rules' dict, of which a policy has two: all rules, and those for unhappy paths
        self._by_place: dict[int, dict[Place, list[str]]] = {}

    def possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        """As ``RulePolicy._get_possible_keys``."""
        by_place = self._by_place.get(id(lookup)) or self._index(lookup)
        last = states[-1]
        action, intent = _place(last)
        possible = {
            key for place in {(action, intent), (action, None), (None, intent), (None, None)} for key in by_place[place]
        }
        for i, state in enumerate(reversed(states)):
            if not possible or i >= self._longest:
                break
            possible = {key for key in possible if self._policy._is_rule_applicable(key, i, state)}
        return possible

    def _index(self, lookup: dict[str, str]) -> dict[Place, list[str]]:
        by_place: dict[Place, list[str]] = defaultdict(list)
        for key in lookup:
            states = self._policy._rule_key_to_state(key)
            self._longest = max(self._longest, len(states))
            by_place[_place(states[-1])].append(key)
        self._by_place[id(lookup)] = by_place
        return by_place


def _place(state: State) -> Place:
    return state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)


def _nothing(states: list[State]) -> str:
    return ""
