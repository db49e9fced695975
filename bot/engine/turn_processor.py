"""Rasa's message processor for one turn: nothing is saved half-way, and an action that fails is an error."""

from __future__ import annotations

import time
from typing import Any

from rasa.core.actions.action import Action, ActionBotResponse, ActionExecutionRejection, ActionListen
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.constants import ACTION_DEFAULT_FALLBACK_NAME, ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.action_endpoint import ActionFailed, ActionServerDown
from bot.engine.fast_graph import needs_of
from bot.engine.language import LANGUAGE, language_of_turn
from bot.engine.turn_output import ActionRun, TurnOutput
from bot.settings import Settings

RESPONSE_TO_FAILURE = "utter_action_failed"
PAYLOAD_READER = "run_RegexMessageHandler"  # the last NLU node of every Rasa model: turns "/intent{…}" into an intent


class TurnProcessor(MessageProcessor):
    """Made from the processor that Rasa's agent has loaded, and sharing its model."""

    settings: Settings

    @classmethod
    def of(cls, loaded: MessageProcessor) -> TurnProcessor:
        processor: TurnProcessor = cls.__new__(cls)
        processor.__dict__.update(loaded.__dict__)
        processor.settings = Settings()
        return processor

    def adopt(self, tracker: DialogueStateTracker) -> None:
        """Let the tracker's new events carry this model's ids, as Rasa does for trackers it loads itself."""
        tracker.model_id = self.model_metadata.model_id
        tracker.assistant_id = tracker.assistant_id or self.model_metadata.assistant_id

    async def run_turn(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """Let the dialogue answer one message; the replies are then in ``message.output_channel``.

        The tracker is changed and not saved.

        Args:
            message: with its ``parse_data``, from ``read_text`` or ``read_payload``.
            tracker: the conversation so far.

        Raises:
            ActionFailed: an action raised or did not end in time; the tracker stands before that action.
            ActionServerDown: no action could be run.
        """
        await self._update_tracker_session(tracker, message.output_channel, None)
        self._settle_language(message, tracker)
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)

    def _settle_language(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        if LANGUAGE not in tracker.slots:
            return
        language = language_of_turn(
            tracker.current_slot_values(),
            message.parse_data,
            begun=any(isinstance(event, UserUttered) for event in tracker.events),
            locale=str((message.metadata or {}).get("locale") or ""),
            settings=self.settings,
        )
        if language != tracker.get_slot(LANGUAGE):
            tracker.update(SlotSet(LANGUAGE, language), self.domain)

    def read_text(self, message: UserMessage, tracker: DialogueStateTracker) -> dict[str, Any]:
        """What the NLU pipeline makes of typed text.

        The pipeline is run without its last node, which would take text that begins with ``/`` for an intent.
        """
        before = needs_of(self.graph_runner, PAYLOAD_READER)["messages"]
        inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}
        parsed = self.graph_runner.run(inputs=inputs, targets=[before])[before][0]
        return self._parse_data(parsed)

    def read_payload(self, payload: str) -> dict[str, Any] | None:
        """What a payload of ours says; ``None`` if it names no intent of this model."""
        read = YAMLStoryReader.unpack_regex_message(Message({TEXT: payload}), self.domain, "RegexMessageHandler")
        return self._parse_data(read) if read.get(INTENT) else None

    def _parse_data(self, message: Message) -> dict[str, Any]:
        data = {
            TEXT: "",
            INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0},
            ENTITIES: [],
            **message.as_dict(only_output_properties=True),
        }
        self._update_full_retrieval_intent(data)
        return data

    async def _run_prediction_loop(self, output_channel: TurnOutput, tracker: DialogueStateTracker) -> None:
        go_on = True
        while go_on and self._should_handle_message(tracker):
            try:
                action, prediction = self.predict_next_with_tracker_if_should(tracker)
            except ActionLimitReached as error:
                raise ActionFailed(str(tracker.latest_action_name), type(error).__name__) from error
            if prediction.is_end_to_end_prediction:
                await self.run_action_extract_slots(output_channel, tracker)
            go_on = await self._run_action(action, tracker, output_channel, self.nlg, prediction)

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: TurnOutput,
        nlg: Any,
        prediction: PolicyPrediction,
    ) -> bool:
        """As Rasa's own, except that it measures, and that it raises where Rasa logs and goes on without events."""
        started = time.perf_counter()
        run = ActionRun(action.name(), 0.0)
        try:
            seen = tracker
            if type(action) not in (ActionListen, ActionBotResponse):  # those neither look at events nor reject
                seen = tracker.copy()  # a rejected action must leave no trace of the policy's events
                seen.update_with_events(prediction.events, self.domain)
            events = await action.run(output_channel, nlg, seen, self.domain)
        except ActionExecutionRejection:
            tracker.update(
                ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence), self.domain
            )
            return self.should_predict_another_action(action.name())
        except (ActionServerDown, ActionFailed) as error:
            run.error = getattr(error, "error", None) or type(error).__name__
            raise
        except Exception as error:
            run.error = type(error).__name__
            raise ActionFailed(action.name(), type(error).__name__) from error
        finally:
            run.milliseconds = (time.perf_counter() - started) * 1000
            if action.name() not in (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME):
                output_channel.actions.append(run)
        self._log_action_on_tracker(tracker, action, events, prediction)
        if any(isinstance(event, UserUttered) for event in events or ()):
            await self.run_action_extract_slots(output_channel, tracker)
        await self.execute_side_effects(events or [], tracker, output_channel)
        return self.should_predict_another_action(action.name())

    async def end_after_failure(self, tracker: DialogueStateTracker, output: TurnOutput) -> None:
        """Say what the domain has to say about a failed action, if it has something, and listen."""
        if RESPONSE_TO_FAILURE in self.domain.responses:
            say = self._get_action(RESPONSE_TO_FAILURE)
            prediction = PolicyPrediction.for_action_name(self.domain, RESPONSE_TO_FAILURE)
            await self._run_action(say, tracker, output, self.nlg, prediction)
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME), self.domain)

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        prediction = super()._predict_next_with_tracker(tracker)
        if tracker.latest_action_name != RESPONSE_TO_FAILURE:
            return prediction
        # No rule says what follows a failure. Should a later message be taken back (as Rasa's fallback does), the
        # conversation stands here again; falling back once more would take the failed turn back as well.
        if prediction.max_confidence_index != self.domain.index_for_action(ACTION_DEFAULT_FALLBACK_NAME):
            return prediction
        return PolicyPrediction.for_action_name(self.domain, ACTION_LISTEN_NAME)
