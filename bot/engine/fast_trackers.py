"""Copies of a tracker without playing back the whole conversation, as Rasa does before each action."""

from __future__ import annotations

import copy
import dataclasses

from rasa.shared.core.trackers import DialogueStateTracker


def copy_of(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The same as ``tracker.copy()``: its events are shared, its state is its own."""
    twin = DialogueStateTracker.__new__(DialogueStateTracker)
    twin.__dict__.update(tracker.__dict__)
    twin.events = tracker._create_events(tracker.events)
    twin.slots = {name: copy.copy(slot) for name, slot in tracker.slots.items()}
    twin.active_loop = dataclasses.replace(tracker.active_loop) if tracker.active_loop else None
    # as in Rasa's copies: these are set on the conversation's own tracker only
    twin.model_id = twin.assistant_id = twin.sender_source = None
    return twin
