"""How the form of an order job listens: first which order, then the job's own questions, then yes or no."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.hearing import HAND_BACK, WANTS_OUT, Hearing, events_of_turn, hearing_of, turns_since_slot
from actions.jobs import JOBS, Job, job_of
from actions.notes import Notes
from actions.order_in_hand import keep_snapshot, order_in_hand
from actions.order_step import hear_order, order_questions
from actions.trouble import after_failure, leave_question
from actions.turn import turn_of
from actions.voice import Voice, voice_of
from bot.store.errors import StoreError
from bot.store.models import Order

# What shows that the question was not understood, or was taken for one of yes and no.
SAID_KEPT = 4  # messages before the order was known, whose answers are taken once it is
NOT_AN_ANSWER = frozenset({"explain", "affirm", "deny", "dont_know"})


class JobForm(FormValidationAction):
    """Fills its slots itself: one message may answer several questions, correct an earlier answer, or neither."""

    job_name: ClassVar[str]
    no_is_final: ClassVar[bool] = False  # a typed no most likely means the whole job, not a part of what was shown

    @property
    def job(self) -> Job:
        return JOBS[self.job_name]

    def name(self) -> str:
        return f"validate_{self.job.form}"

    @abstractmethod
    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        """The job's own slots that have to be filled, in the order they are asked."""

    async def check(self, order: Order, heard: Hearing, notes: Notes, voice: Voice) -> None:
        """Called once an order is in hand, before anything else is asked; ``end`` ends what may not be done."""

    async def hear(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        """Take the message's answers to the job's own questions; whether there were any."""
        return False

    def take_facts(self, order: Order, facts: Mapping[str, Any], notes: Notes, voice: Voice) -> None:
        """Take what a person filled in, in the slots' own formats; a yes or no is the shopper's alone."""
        for slot, value in facts.items():
            if slot in self.job.slots and not slot.endswith("_confirmed"):
                notes[slot] = value

    async def listen(self, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        """Take all that the message says about the job. Raises ``StoreError`` when the store can't answer."""
        before = notes["order_id"]
        taken = await hear_order(heard, asks, notes, voice)
        order = await order_in_hand(notes, heard.turn)
        if order is None:
            if before and notes["order_id"]:
                notes.forget("order_id", "order_number", "order_snapshot")
            if heard.intent != HAND_BACK or heard.facts:
                notes["said"] = [*(notes["said"] or []), heard.to_keep()][-SAID_KEPT:]
            return taken
        if before and notes["order_id"] != before:
            notes.forget(*self.job.slots)
        if notes["job_checked"] != order.id:
            keep_snapshot(order, notes)
            notes["job_checked"] = order.id
            await self.check(order, heard, notes, voice)
        if notes["job_over"]:
            return True
        for said in notes["said"] or []:
            await self._take(order, Hearing.kept(said, heard.turn), None, notes, voice)
        notes.forget("said")
        if notes["job_over"]:
            return True
        return await self._take(order, heard, asks, notes, voice) or taken

    async def _take(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        if heard.facts:
            self.take_facts(order, heard.facts, notes, voice)
        if notes["job_over"]:
            return True
        return await self.hear(order, heard, asks, notes, voice)

    def decline(self, heard: Hearing, notes: Notes, voice: Voice) -> None:
        """A no to the last question: by button the job ends; a typed one may want something changed."""
        if heard.tapped:
            voice.say(f"utter_stopped_{self.job_name}")
            self.end(notes)
        else:
            notes["asked"] = "failed"

    def end(self, notes: Notes) -> None:
        """Nothing more is asked; the job's action then finds nothing to do."""
        notes["job_over"] = True

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        notes, voice = Notes(tracker.slots), voice_of(dispatcher, tracker)
        this_turn = events_of_turn(tracker)
        if self._coming_back(this_turn):
            return self._come_back(tracker, this_turn, voice)
        if any(event.get("event") == "action" and event.get("name") == "action_begin_job" for event in this_turn):
            return []  # it has listened already; only the next question is wanted
        heard, asks = hearing_of(tracker), tracker.get_slot(REQUESTED_SLOT)
        offered = bool(notes["open_question"]) and turns_since_slot(tracker, "open_question") <= 1
        answers_offer = offered and self._answers_an_offer(heard, asks)
        if heard.intent in WANTS_OUT or answers_offer or self._is_for_another_job(heard, notes):
            return []
        if self._is_only_cancel(heard, voice):
            return [leave_question(str(self.job.form)), FollowupAction("action_stop_job")]
        notes["asked"] = "first"
        try:
            taken = await self.listen(heard, asks, notes, voice)
        except StoreError as error:
            return [leave_question(str(self.job.form)), *after_failure(error, self.job.name, notes)]
        return self._asked(heard, taken, notes)

    def _asked(self, heard: Hearing, taken: bool, notes: Notes) -> list[EventType]:
        """How the next question is asked; no events let a rule answer the message."""
        if taken:
            if notes["unproved"] and not notes["order_id"]:
                notes["asked"] = "failed"
        elif heard.intent in NOT_AN_ANSWER:
            notes["asked"] = "explain"
        elif job_of(heard.intent) != self.job:
            return []
        return notes.events()

    def _is_for_another_job(self, heard: Hearing, notes: Notes) -> bool:
        """Another job's button, or its request with an order of its own: its rule begins it, this form comes back."""
        other = job_of(heard.intent) not in (None, self.job)
        number = heard.value("order_number")
        another_order = number is not None and bool(notes["order_id"]) and number != notes["order_number"]
        return other and (heard.tapped or another_order)

    def _is_only_cancel(self, heard: Hearing, voice: Voice) -> bool:
        """ "cancel" alone, in the middle of another job, means that job and not an order."""
        said = heard.text.lower().strip(" .!")
        alone = said in (voice.words.group("heard").get("cancel_alone") or []) and not heard.tapped
        return heard.intent == "cancel_order" and self.job.name != "cancel_order" and alone

    def _answers_an_offer(self, heard: Hearing, asks: str | None) -> bool:
        """Yes or no to something the bot offered beside the form's question."""
        asks_yes_no = asks is not None and (asks.endswith("_confirmed") or asks == "return_conditions")
        return heard.intent in ("affirm", "deny") and not asks_yes_no

    def declined(self, slots: Mapping[str, Any]) -> bool:
        """Whether the last thing said to the open job was a typed no to its preview, and meant all of it."""
        asks = str(slots.get(REQUESTED_SLOT) or "")
        return self.no_is_final and slots.get("asked") == "failed" and asks.endswith("_confirmed")

    def _come_back(self, tracker: Tracker, this_turn: list[dict[str, Any]], voice: Voice) -> list[EventType]:
        if any(event.get("event") == "action" and event.get("name") == "action_go_on" for event in this_turn):
            return [SlotSet("asked", tracker.get_slot("asked"))]  # it has listened already, and said that it goes on
        if self.declined(tracker.slots) and not hearing_of(tracker).may_answer:
            return [SlotSet("job_over", True)]  # nobody is led back to what they said no to
        if not any(event.get("name") == "action_switch_language" for event in this_turn):  # else nothing was left
            voice.say("utter_back_to_job", job=voice.words.text(f"job.{self.job.name}"))
        return [SlotSet("asked", "again")]

    def _coming_back(self, this_turn: list[dict[str, Any]]) -> bool:
        return any(
            (event.get("event") == "action_execution_rejected" and event.get("name") == self.job.form)
            or (event.get("event") == "slot" and event.get("name") == "asked" and event.get("value") == "again")
            for event in this_turn
        )

    async def next_requested_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> EventType | None:
        return SlotSet(REQUESTED_SLOT, self.next_question(tracker.slots, turn_of(tracker).customer is not None))

    def next_question(self, slots: Mapping[str, Any], signed_in: bool) -> str | None:
        if slots.get("job_over"):
            return None
        wanted = [*order_questions(slots, signed_in), *self.questions(slots)]
        missing = next((slot for slot in wanted if slots.get(slot) is None), None)
        return missing if missing or slots.get("order_id") else "proof"  # both given, the store did not answer
