"""The end of a job that writes: only what was shown and confirmed, once."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from actions.confirm import confirmed_preview
from actions.job_action import JobAction
from actions.jobs import JOBS
from actions.notes import Notes
from actions.order_in_hand import keep_snapshot
from actions.refusal import refuse
from actions.shop import the_shop
from actions.trouble import note_tried, tried_with
from actions.turn import Turn
from actions.voice import Voice
from bot.orders.done import Done
from bot.orders.verdict import ChangedMeanwhile
from bot.store.errors import StoreError
from bot.store.models import Order


class WriteAction(JobAction):
    confirmed_slot: ClassVar[str]

    @abstractmethod
    async def perform(self, data: dict[str, Any], key: str) -> Done:
        """Write what ``data`` (a preview) says."""

    @abstractmethod
    def tell(self, done: Done, data: dict[str, Any], notes: Notes, voice: Voice) -> None:
        """Say what was done and what happens next."""

    async def do(self, order: Order, notes: Notes, voice: Voice, turn: Turn) -> None:
        data, tried = confirmed_preview(notes, self.job_name), tried_with(self.job_name, notes)
        if not notes[self.confirmed_slot] or data is None:
            return
        the_shop().looks.forget(order.id, turn)
        try:
            done = await self.perform(data, turn.key(self.job_name))
        except ChangedMeanwhile as changed:
            keep_snapshot(changed.order, notes)
            if changed.verdict.allowed:
                voice.say(f"utter_{self.job_name}_changed_meanwhile", number=order.number)
                note_tried(notes, self.job_name, "refused", "changed_meanwhile", tried)
            else:
                refuse(self.job_name, changed.verdict, changed.order, notes, voice)
            return
        except StoreError:
            notes.forget(self.confirmed_slot)  # a person who looks sees: asked, not done
            raise
        keep_snapshot(done.order, notes)
        note_tried(notes, self.job_name, "done", "", tried)
        self.tell(done, data, notes, voice)
        notes.forget(*JOBS[self.job_name].slots)
