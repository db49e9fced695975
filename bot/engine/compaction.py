"""Shorten a conversation's events without changing what any policy will decide.

Kept are the events behind the states that the policies can see (``history_need``). Of everything older only its effect
is kept: the slots it set and the form it left active. Turns that rules have hidden from stories are dropped from
between the kept ones, as Rasa itself skips them there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.history_need import HistoryNeed

# Events whose whole effect is in the slots, the active form and the states; others are carried over as they are.
PLAIN = (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    FollowupAction,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)


@dataclass
class Span:
    """One turn, or all turns of one form: what follows a listening without a form, up to the next such listening."""

    events: list[Event] = field(default_factory=list)
    story_states: int = 0  # actions that rules have not hidden from stories


def compact(tracker: DialogueStateTracker, need: HistoryNeed) -> list[Event]:
    """The events that this conversation can be continued from.

    Args:
        tracker: at the end of a turn; it is not changed.
        need: what must stay visible.

    Returns:
        events that, applied to an empty tracker, give the same slots, form and visible states.
    """
    applied = tracker.applied_events()
    head_ends = next((i + 1 for i, event in enumerate(applied) if _is_listening(event)), None)
    recent_from = _recent(applied, need.rule_states)
    if head_ends is None or recent_from <= head_ends:
        return _without_old_words(applied)
    in_story = _in_story(tracker.init_copy(), applied)
    spans = list(_spans(tracker.init_copy(), applied[:recent_from], head_ends, in_story))
    wanted = need.story_states - sum(in_story[recent_from:])
    kept: list[bool] = []
    for span in reversed(spans):
        kept.insert(0, span.story_states > 0 and wanted > 0)
        wanted -= span.story_states
    older = _join(tracker, applied[:head_ends], spans, kept)
    return _without_old_words([*applied[:head_ends], *older, *applied[recent_from:]])


def _recent(events: Sequence[Event], states: int) -> int:
    """Where the shortest tail of whole turns begins that has so many states."""
    seen = 0
    for i in range(len(events) - 1, -1, -1):
        if isinstance(events[i], ActionExecuted):
            seen += 1
            if seen > states and _is_listening(events[i]):
                return i + 1
    return 0


def _is_listening(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _in_story(scratch: DialogueStateTracker, events: Sequence[Event]) -> list[bool]:
    """Which events are actions that story policies see, told as ``Domain.states_for_tracker_history`` tells it."""
    hidden = False
    seen = []
    for event in events:
        is_action = isinstance(event, ActionExecuted)
        # What is forced (by an event or an active form) is hidden if the turn it stands in is.
        if is_action and not scratch.followup_action and scratch.latest_action_name != scratch.active_loop_name:
            hidden = event.hide_rule_turn
        seen.append(is_action and not hidden)
        scratch.update(event)
    return seen


def _spans(
    scratch: DialogueStateTracker, events: Sequence[Event], start: int, in_story: Sequence[bool]
) -> Iterator[Span]:
    span = Span()
    for i, event in enumerate(events):
        scratch.update(event)
        if i < start:
            continue
        span.events.append(event)
        span.story_states += in_story[i]
        if _is_listening(event) and not scratch.active_loop_name:
            yield span
            span = Span()
    if span.events:
        yield span


def _join(
    tracker: DialogueStateTracker, head: Sequence[Event], spans: Sequence[Span], kept: Sequence[bool]
) -> Iterator[Event]:
    """The kept spans, and between them the effects of those that were dropped."""
    really, told = tracker.init_copy(), tracker.init_copy()
    for event in head:
        really.update(event)
        told.update(event)
    for span, keep in zip(spans, kept, strict=True):
        carried = span.events if keep else [event for event in span.events if not isinstance(event, PLAIN)]
        for event in (*(_slots(told, really) if keep else ()), *carried):
            told.update(event)
            yield event
        for event in span.events:
            really.update(event)
    if really.active_loop_name != told.active_loop_name:
        yield from _activation(spans[-1].events, really.active_loop_name)
        yield from _slots(told, really)
        yield spans[-1].events[-1]  # listening to what the form asked
    else:
        yield from _slots(told, really)


def _slots(told: DialogueStateTracker, really: DialogueStateTracker) -> Iterator[Event]:
    """What brings the slots of a tracker that was told less to those of the other."""
    before, now = told.current_slot_values(), really.current_slot_values()
    at = told.events[-1].timestamp
    yield from (SlotSet(name, now[name], timestamp=at) for name in now if now[name] != before[name])


def _activation(events: Sequence[Event], form: str) -> Iterator[Event]:
    """How the form came to be active: the message, the form's first run, its activation."""
    active = max(i for i, event in enumerate(events) if isinstance(event, ActiveLoop) and event.name == form)
    runs = [i for i in range(active) if isinstance(events[i], ActionExecuted) and events[i].action_name == form]
    messages = [i for i in range(active) if isinstance(events[i], UserUttered)]
    yield from (events[i] for i in sorted({*messages[-1:], *runs[-1:], active}))


def _without_old_words(events: Sequence[Event]) -> list[Event]:
    """Without the bot's words of earlier turns: no policy sees them, and the log has them."""
    listenings = [i for i, event in enumerate(events) if _is_listening(event)]
    last_turn = listenings[-2] if len(listenings) > 1 else 0
    return [event for i, event in enumerate(events) if i >= last_turn or not isinstance(event, BotUttered)]
