"""One turn from request to answer: recognised if it was answered before, else run, and saved with its answer."""

from __future__ import annotations

import json
import time
from itertools import islice
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.action_endpoint import ActionFailed
from bot.engine.compaction import compact
from bot.engine.handoff import (
    ACTION_FAILED,
    failed_attempt,
    failure_events,
    reason_set_by,
    record_of,
    state_of,
)
from bot.engine.history_need import history_need
from bot.engine.language import LANGUAGE
from bot.engine.locks import ConversationLocks
from bot.engine.tracker_store import Opened, TurnTrackerStore
from bot.engine.turn_output import TurnOutput
from bot.engine.turn_processor import TurnProcessor
from bot.engine.turn_request import ChoiceInput, PhotoInput, TurnRequest

EVENTS_KEPT = 60  # a conversation with more is shortened to what the policies can see


class Turns:
    """Runs turns against one loaded model."""

    def __init__(self, agent: Agent, store: TurnTrackerStore, events_kept: int = EVENTS_KEPT) -> None:
        self._processor = TurnProcessor.of(agent.processor)
        self._need = history_need(self._processor.graph_runner)
        self._events_kept = events_kept
        self._store = store
        self._locks = ConversationLocks()

    async def run(self, request: TurnRequest) -> str:
        """Answer a turn.

        Returns:
            the answer as JSON; for a turn id seen before the very same text, and nothing is run.

        Raises:
            ActionServerDown: nothing was kept.
            TurnedElsewhere: nothing was kept.
        """
        async with self._locks.lock(request.conversation_id):
            opened = await self._store.answer_or_open(request.conversation_id, request.turn_id)
            if isinstance(opened, str):
                return opened
            answer = json.dumps(await self._answer(request, opened), ensure_ascii=False)
            self._shorten(opened.tracker)
            await self._store.save_turn(opened, request.turn_id, answer)
            return answer

    async def _answer(self, request: TurnRequest, opened: Opened) -> dict[str, Any]:
        started = time.perf_counter()
        tracker, output = opened.tracker, TurnOutput()
        self._processor.adopt(tracker)
        events_before = len(tracker.events)
        message = self._message(request, output)
        message.parse_data = self._read(request, message, opened)
        attempt = None
        try:
            await self._processor.run_turn(message, tracker)
        except ActionFailed as failure:
            attempt = failed_attempt(failure.action, failure.error)
            tracker.update_with_events(failure_events(tracker, attempt), self._processor.domain)
            await self._processor.end_after_failure(tracker, output)
        reason = ACTION_FAILED if attempt else reason_set_by(islice(tracker.events, events_before, None))
        intent = message.parse_data["intent"]
        return {
            "turn_id": request.turn_id,
            "language": tracker.get_slot(LANGUAGE) if LANGUAGE in tracker.slots else None,
            "replies": output.replies,
            "intent": {"name": intent.get("name"), "confidence": intent.get("confidence")},
            "actions": [run.as_json() for run in output.actions],
            "handoff": {"reason": reason, "record": record_of(tracker, request.metadata, attempt)} if reason else None,
            "state": state_of(tracker),
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        }

    def _shorten(self, tracker: DialogueStateTracker) -> None:
        if self._need and len(tracker.events) > self._events_kept and not tracker.is_paused():
            tracker.events = tracker._create_events(compact(tracker, self._need))

    def _message(self, request: TurnRequest, output: TurnOutput) -> UserMessage:
        said = request.input
        if isinstance(said, PhotoInput):
            text = f"/send_photo{json.dumps({'photo': said.photo_id})}"
        else:
            text = said.payload if isinstance(said, ChoiceInput) else said.text
        return UserMessage(
            text,
            output,
            request.conversation_id,
            input_channel=output.name(),
            message_id=request.turn_id,
            metadata=request.metadata,
        )

    def _read(self, request: TurnRequest, message: UserMessage, opened: Opened) -> dict[str, Any]:
        if request.input.kind != "text":
            read = self._processor.read_payload(message.text)
            if read:
                return read
            # A button of an older model: what stood on it is what the shopper meant.
            message.text = getattr(request.input, "title", None) or message.text
        return self._processor.read_text(message, opened.tracker)
