"""The state of a conversation without playing it back: Rasa does that before each action and for each policy.

Touches the insides of Rasa's trackers and domain, therefore only in the one release it was read from. What is answered
is what Rasa itself would answer; ``tests/engine/test_same_answers.py`` holds both side by side.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import rasa
from rasa.shared.core import constants
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.fast_graph import KNOWN_RELEASE

# The kinds that matter to a history. Asking Python for them costs a microsecond each, for every event, every time.
KINDS = (ActionExecuted, ActiveLoop, ActionReverted, UserUtteranceReverted, Restarted, SessionStarted)
APPLIED, STATES = "_applied_so_far", "_states_so_far"

_kind_of_class: dict[type, Any] = {}


def remember_histories() -> None:
    """From now on, trackers of this process remember what was worked out about their events."""
    if rasa.__version__ == KNOWN_RELEASE:
        DialogueStateTracker.applied_events = applied_events
        DialogueStateTracker.copy = copy_of
        Domain.states_for_tracker_history = states_for_tracker_history


def copy_of(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """``DialogueStateTracker.copy`` without playing back: the events are shared, the state is the copy's own."""
    twin = DialogueStateTracker.__new__(DialogueStateTracker)
    twin.__dict__.update(tracker.__dict__)
    for memory in (APPLIED, STATES):
        twin.__dict__.pop(memory, None)
    twin.events = tracker._create_events(tracker.events)
    twin.slots = {name: _copy_of_slot(slot) for name, slot in tracker.slots.items()}
    twin.active_loop = dataclasses.replace(tracker.active_loop) if tracker.active_loop else None
    # as in Rasa's copies: these are set on the conversation's own tracker only
    twin.model_id = twin.assistant_id = twin.sender_source = None
    return twin


def _copy_of_slot(slot: Slot) -> Slot:
    twin = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def applied_events(self: DialogueStateTracker) -> list[Event]:
    """``DialogueStateTracker.applied_events``, worked out once for the same events."""
    events = self.events
    known = self.__dict__.get(APPLIED)
    if known and known[0] is events and known[1] == len(events) and known[2] is (events[-1] if events else None):
        return list(known[3])
    applied = _apply(self)
    self.__dict__[APPLIED] = (events, len(events), events[-1] if events else None, applied)
    return list(applied)


def _apply(tracker: DialogueStateTracker) -> list[Event]:
    kinds = [_kind(event) for event in tracker.events]
    forms = {event.name for event, kind in zip(tracker.events, kinds, strict=True) if kind is ActiveLoop and event.name}
    applied: list[Event] = []
    for event, kind in zip(tracker.events, kinds, strict=True):
        if kind is None or kind is ActiveLoop:
            applied.append(event)
        elif kind is ActionExecuted:
            form = event.action_name
            if form in forms and not tracker._first_loop_execution_or_unhappy_path(form, applied):
                tracker._undo_till_previous_loop_execution(form, applied)
            else:
                applied.append(event)
        elif kind is ActionReverted:
            tracker._undo_till_previous(ActionExecuted, applied)
        elif kind is UserUtteranceReverted:
            tracker._undo_till_previous(UserUttered, applied)
            tracker._undo_till_previous(ActionExecuted, applied)
        else:
            applied = []
    return applied


def _kind(event: Event) -> Any:
    of_class = type(event)
    if of_class not in _kind_of_class:
        _kind_of_class[of_class] = next((kind for kind in KINDS if issubclass(of_class, kind)), None)
    return _kind_of_class[of_class]


@dataclasses.dataclass
class Moment:
    """How the conversation stood before an action."""

    state: dict[str, Any]
    previous_action: Any
    decides_hiding: bool  # what is forced is hidden if the turn it stands in is
    hidden: bool


@dataclasses.dataclass
class Moments:
    """All of them, and a tracker that stands after the last event seen."""

    domain: Domain
    events: list[Event]
    after: DialogueStateTracker
    moments: list[Moment]

    def now(self, hidden: bool) -> Moment:
        after = self.after
        return Moment(
            self.domain.get_active_state(after),
            self.domain._get_prev_action_sub_state(after),
            not after.followup_action and after.latest_action_name != after.active_loop_name,
            hidden,
        )


def _moments(domain: Domain, tracker: DialogueStateTracker) -> list[Moment]:
    events = tracker.applied_events()
    known: Moments | None = tracker.__dict__.get(STATES)
    if (
        known is None
        or known.domain is not domain
        or len(known.events) > len(events)
        or any(old is not new for old, new in zip(known.events, events, strict=False))
    ):
        known = Moments(domain, [], tracker.init_copy(), [])
        tracker.__dict__[STATES] = known
    for event in events[len(known.events) :]:
        if _kind(event) is ActionExecuted:
            known.moments.append(known.now(event.hide_rule_turn))
        event.apply_to(known.after)
    known.events = events
    return [*known.moments, known.now(False)]


def states_for_tracker_history(
    self: Domain,
    tracker: DialogueStateTracker,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """``Domain.states_for_tracker_history``; only what happened since the last question is worked out."""
    if omit_unset_slots:
        raise NotImplementedError("Only training asks for this, and it does not run in this process.")
    states: list[dict[str, Any]] = []
    last_story_action = None
    hidden = False
    for moment in _moments(self, tracker):
        if ignore_rule_only_turns:
            if not hidden:
                last_story_action = moment.previous_action
            if moment.decides_hiding:
                hidden = moment.hidden
            if hidden:
                continue
        state = {kind: dict(part) for kind, part in moment.state.items()}  # callers change it
        if ignore_rule_only_turns:
            self._remove_rule_only_features(state, rule_only_data)
            if states:
                self._substitute_rule_only_user_input(state, states[-1])
            if last_story_action:
                state[constants.PREVIOUS_ACTION] = last_story_action
        states.append(self._clean_state(state))
    return states
