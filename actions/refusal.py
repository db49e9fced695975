"""What the shop's rules do not allow: said with the reason, and with a person where one can help."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from actions.notes import Notes
from actions.shop import the_shop
from actions.trouble import note_tried
from actions.voice import Voice
from bot.orders.next_step import NextStep
from bot.orders.track import track
from bot.orders.verdict import Helper, Verdict
from bot.store.errors import NotSupported
from bot.store.models import Order
from bot.wording.next_steps import next_steps_text

STILL_COMING = frozenset({"not_delivered", "already_shipped", "partly_shipped"})  # then say when it will be there


def refuse(
    job: str, verdict: Verdict, order: Order, notes: Notes, voice: Voice, *, steps: Iterable[NextStep] = ()
) -> None:
    """Say why not, what happens anyway (``steps``), and who can help; the job is over.

    Raises ``NotSupported`` for what the platform cannot do at all: that is a person's at once, like the store's own no.
    """
    if verdict.reason == "not_supported":
        raise NotSupported
    if verdict.reason in STILL_COMING and not steps:
        shop = the_shop()
        steps = track(order, shop.policy, shop.now()).next_steps
    voice.say(
        f"utter_{job}_refused",
        why=why_not(job, verdict, order, voice),
        number=order.number,
        next=next_steps_text(steps, voice),
    )
    note_tried(notes, job, "refused", verdict.reason, {"order": order.number})
    notes["job_over"] = True
    if verdict.helper is not Helper.nobody:
        offer_person(notes, voice)


def why_not(job: str, verdict: Verdict, order: Order, voice: Voice) -> str:
    """The reason as a sentence: ``refusal.<job>.<reason>`` in the words file."""
    known = verdict.reason in voice.words.group(f"refusal.{job}")
    until = verdict.details.get("until")
    return voice.words.text(
        f"refusal.{job}.{verdict.reason}" if known else "refusal.other",
        number=order.number,
        until=voice.formats.day(date.fromisoformat(until)) if until else "",
        title=verdict.details.get("title") or "",
        case=verdict.details.get("case") or "",
    )


def offer_person(notes: Notes, voice: Voice) -> None:
    notes["open_question"] = "person"
    voice.say("utter_offer_person", buttons=[voice.button("person", "talk_to_person"), voice.button("no", "deny")])
