"""How a return, and a wrong, damaged or missing item, is taken down: the same questions under two names of slots."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from actions.choices import contains, heard_choice
from actions.confirm import hear_confirmation, yes_or_no
from actions.hearing import Hearing
from actions.item_mention import EVERYTHING, items_mentioned, names_items, numbers_in, quantity_alone
from actions.job_form import JobForm
from actions.jobs import PROBLEM_INTENTS, job_of
from actions.notes import Notes
from actions.refusal import offer_person, refuse, why_not
from actions.return_settle import picked_items, pieces_of, settle
from actions.return_slots import PROBLEM, ReturnSlots
from actions.shop import the_shop
from actions.variants import hear_variant
from actions.voice import Voice
from bot.orders.return_rules import check_items, wish_choices
from bot.orders.returnable import ReturnableItem
from bot.orders.verdict import Helper, Verdict, refused
from bot.store.models import Ability, Order, Wish

PHOTOS_KEPT = 6
ABOUT_GOODS = frozenset(
    {"stock", "product_price", "product_details", "recommend"}
)  # name a thing, and don't mean it back
COUNTING_WORDS = 4  # "make it all three"; a longer message answers what is asked


class ReturnLikeForm(JobForm):
    slots: ClassVar[ReturnSlots]

    @abstractmethod
    def verdict(self, order: Order, abilities: frozenset[Ability]) -> Verdict: ...

    @abstractmethod
    def items(self, order: Order, reason: str) -> list[ReturnableItem]: ...

    @abstractmethod
    def reasons(self) -> list[str]: ...

    def questions(self, slots: Mapping[str, Any]) -> list[str]:
        return self.slots.in_order

    async def check(self, order: Order, heard: Hearing, notes: Notes, voice: Voice) -> None:
        verdict = self.verdict(order, await the_shop().orders.capabilities())
        if not verdict.allowed:
            refuse(self.job_name, verdict, order, notes, voice)

    async def hear(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        answer = hear_confirmation(heard, asks, self.slots.confirmed, notes)
        if answer is not None:
            if answer:
                notes[self.slots.confirmed] = True
            else:
                self.decline(heard, notes, voice)
            return True
        own = job_of(heard.intent) == self.job or heard.intent in PROBLEM_INTENTS
        early = asks is None or own or heard.may_answer
        items_said = self._hear_items(order, heard, asks, notes, voice)
        early = early or items_said  # "the dress, changed my mind": what stands beside an answer counts too
        taken = [
            items_said,
            self._hear_reason(heard, asks, early, notes, voice),
            self._hear_condition(order, heard, asks, notes, voice),
            self._hear_photo(heard, asks, notes, voice),
            self._hear_wish(heard, asks, early, notes, voice),
        ]
        settle(order, self.slots, self.items(order, ""), notes)
        taken.append(await hear_variant(order, heard, asks, self.slots, notes))  # of the item that is known by now
        settle(order, self.slots, self.items(order, ""), notes)
        if not notes["job_over"]:
            self._check_items(order, notes, voice)
        if items_said:
            self._say_pieces(order, heard, notes, voice)
        return any(taken)

    def take_facts(self, order: Order, facts: Mapping[str, Any], notes: Notes, voice: Voice) -> None:
        """What the order and the rules make of them is settled afterwards, as for anything that was said."""
        slots = self.slots
        if found := pieces_of(facts.get(slots.items), self.items(order, "")):
            notes[slots.items] = found
        if facts.get(slots.reason) in self.reasons():
            notes[slots.reason] = facts[slots.reason]
        if facts.get(slots.wish) in ALL_WISHES:
            notes[slots.wish] = facts[slots.wish]
        if slots.conditions and facts.get(slots.conditions):
            self._take_conditions(order, facts[slots.conditions], notes, voice)
        if slots.variants and facts.get(slots.variants):
            notes["variants_given"] = {**(notes["variants_given"] or {}), **facts[slots.variants]}
        if facts.get(slots.photos):
            seen = dict.fromkeys([*(notes["photos_seen"] or []), *facts[slots.photos]])
            notes["photos_seen"] = list(seen)[-PHOTOS_KEPT:]

    def _open(self, asks: str | None, heard: Hearing, *slots: str) -> bool:
        """Whether the message's words may answer this now: it is asked, all is shown, or the shopper corrects."""
        return asks in (None, self.slots.confirmed, *slots) or heard.intent == "correct"

    def _hear_items(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        items = [item for item in self.items(order, "") if item.quantity > 0]
        chosen = notes[self.slots.items] or []
        found = picked_items(heard, self.slots, items)
        if not found and self._counts_pieces(heard, asks, items, voice):
            found = quantity_alone(heard, chosen, items)
        about_goods = heard.intent in ABOUT_GOODS and heard.words > COUNTING_WORDS
        if not found and heard.text and not about_goods and self._open(asks, heard, self.slots.items):
            found = items_mentioned(heard, items)
        if not found or found == chosen:
            return False
        notes[self.slots.items] = found
        return True

    def _counts_pieces(self, heard: Hearing, asks: str | None, items: list[ReturnableItem], voice: Voice) -> bool:
        """Whether a number, or "all three", may say how many pieces of the item in hand."""
        changes = heard.intent == "change_items"  # "make it 2": of what goes back, not of the order
        if not (heard.may_answer or changes) or names_items(heard, items):
            return False
        if self._open(asks, heard, self.slots.items, self.slots.reason):
            return not any(contains(heard.text, word) for word in voice.words.group("heard").get("whole_order") or [])
        if asks not in (self.slots.conditions, self.slots.photos, self.slots.wish) or heard.words > COUNTING_WORDS:
            return False
        if asks == self.slots.conditions and heard.value("quantity") in EVERYTHING:  # "both unused" answers, though
            return heard.text.lower().strip(" .!") in (voice.words.group("heard").get("all_pieces") or [])
        return heard.intent not in ("affirm", "deny") and yes_or_no(heard, voice) is None

    def _say_pieces(self, order: Order, heard: Hearing, notes: Notes, voice: Voice) -> None:
        """Who named an item without a number hears how many were bought and how many are taken."""
        items = self.items(order, str(notes[self.slots.reason] or ""))
        if notes["job_over"] or heard.value("quantity") is not None or not names_items(heard, items):
            return
        if any(contains(heard.text, word) for word in voice.words.group("heard").get("one_piece") or []):
            return
        taken = {each["id"]: each["quantity"] for each in notes[self.slots.items] or []}
        for item in items:
            quantity = taken.get(item.line_id, item.quantity)
            if quantity < item.quantity and str(quantity) not in numbers_in(heard.text):
                voice.say("utter_one_of_several", title=item.title, quantity=quantity, bought=item.quantity)

    def _hear_reason(self, heard: Hearing, asks: str | None, early: bool, notes: Notes, voice: Voice) -> bool:
        slot = self.slots.reason
        open_now = self._open(asks, heard, slot, self.slots.items) or heard.intent in PROBLEM_INTENTS
        reason = heard_choice(heard, slot, asks, self.reasons(), voice.words, early=early and open_now)
        if reason is None and slot == PROBLEM.reason and notes[slot] is None:
            reason = PROBLEM_INTENTS.get(heard.intent)
        if reason is None or reason == notes[slot]:
            return False
        notes[slot] = reason
        return True

    def _hear_condition(self, order: Order, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        answer = yes_or_no(heard, voice)
        if not self.slots.conditions or asks != self.slots.conditions or answer is None:
            return False
        given = dict(notes["conditions_given"] or {})
        code = next((code for code in notes["conditions_open"] or [] if code not in given), None)
        if code is None or (heard.tapped and heard.value("condition") not in (None, code)):
            return False
        self._take_conditions(order, {code: answer}, notes, voice)
        return True

    def _take_conditions(self, order: Order, answers: Mapping[str, bool], notes: Notes, voice: Voice) -> None:
        conditions = the_shop().policy.returns.conditions
        known = {code: answer for code, answer in answers.items() if code in conditions}
        notes["conditions_given"] = {**(notes["conditions_given"] or {}), **known}
        never = [code for code, yes in known.items() if not yes and conditions[code].when_no is Helper.nobody]
        if never:
            refuse(self.job_name, refused("condition_not_met", Helper.nobody, condition=never[0]), order, notes, voice)

    def _hear_photo(self, heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
        photo = heard.value("photo")
        if photo is not None:
            notes["photos_seen"] = [*(notes["photos_seen"] or []), photo][-PHOTOS_KEPT:]
            return True
        if asks == self.slots.photos and heard.intent in ("no_photo", "dont_know", "deny"):
            voice.say("utter_photo_needed")
            offer_person(notes, voice)
            notes["asked"] = "explain"
            return True
        return False

    def _hear_wish(self, heard: Hearing, asks: str | None, early: bool, notes: Notes, voice: Voice) -> bool:
        slot = self.slots.wish
        open_now = self._open(asks, heard, slot, self.slots.items, self.slots.reason)
        reason = notes[self.slots.reason]
        choices = [wish.value for wish in wish_choices(reason, the_shop().policy)] if reason else list(ALL_WISHES)
        wish = heard_choice(heard, slot, asks, choices, voice.words, early=early and open_now)
        if wish is None or wish == notes[slot]:
            return False
        notes[slot] = wish
        return True

    def _check_items(self, order: Order, notes: Notes, voice: Voice) -> None:
        if not notes[self.slots.items]:
            return
        shop = the_shop()
        reason = str(notes[self.slots.reason] or "")
        verdict = check_items(order, self.slots.chosen(notes), reason, shop.policy, shop.now())
        if verdict.allowed:
            return
        notes.forget(self.slots.items)
        if verdict.reason == "over_quantity":
            voice.say("utter_too_many_pieces", **verdict.details)
        elif any(item.quantity for item in self.items(order, reason)):
            voice.say("utter_item_refused", why=why_not(self.job_name, verdict, order, voice))
        else:
            refuse(self.job_name, verdict, order, notes, voice)


ALL_WISHES = tuple(wish.value for wish in Wish)
