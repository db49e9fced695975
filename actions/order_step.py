"""The first step of every order job: which order, and is it theirs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from actions.choices import contains, ordinal
from actions.hearing import Hearing
from actions.jobs import job_of
from actions.notes import Notes
from actions.order_in_hand import take, take_chosen
from actions.order_mention import order_mentioned
from actions.past_order import LOOKED_THROUGH, orders_spoken_of, say_which
from actions.refusal import offer_person
from actions.shop import the_shop
from actions.turn import Turn
from actions.voice import Voice
from bot.orders.order_number import number_core
from bot.orders.proof import Asker, ProofOutcome, ProofResult, prove_customer, prove_guest
from bot.orders.proof_text import read_proof
from bot.store.models import Order

ADDRESS_QUESTIONS = ("new_address", "address_part", "address_confirmed")
PROOFS = ("email", "phone", "postcode")  # in the order of how much they say
WHICH_ORDER = (None, "order_id", "order_number")
ORDERS_OFFERED = 6
SURE = 0.5  # below, "other" may be an answer to something else


def order_questions(slots: Mapping[str, Any], signed_in: bool) -> list[str]:
    """What is still to be asked before an order is in hand."""
    if slots.get("order_id"):
        return []
    return ["order_id"] if signed_in and not slots.get("ask_number") else ["order_number", "proof"]


async def hear_order(heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
    """Take what the message says about the order; whether it said anything.

    Raises ``bot.store.errors.StoreError`` when the store can't answer.
    """
    chosen = heard.value("order_id") or _counted(heard, asks, notes, voice)
    if chosen is not None:
        return await take_chosen(chosen, notes, heard.turn)
    number = _number_in(heard, asks, notes, voice)
    proof = _proof_in(heard, asks, notes, number)
    other = heard.intent == "other_order" and heard.confidence >= SURE and bool(notes["order_id"])
    if number or other:
        notes["passed_over"] = notes["order_id"]
        notes.forget("order_id", "order_snapshot", "narrowed_orders")
    if number:
        notes["order_number"] = number
    elif other:
        notes.forget("order_number")
    if proof:
        notes["proof"] = proof
    if (
        number is None
        and asks in WHICH_ORDER
        and not _is_address(heard)
        and await _hear_which(heard, asks, notes, voice)
    ):
        return True
    await look_for_order(heard, notes, voice, carried=not proof)
    return bool(number or proof or other)


def _is_address(heard: Hearing) -> bool:
    """Whether the message holds an address, whose street may be named like a thing: "12 Jalan Kopi"."""
    return any(heard.value(part) is not None for part in ("postcode", "city", "province"))


async def _hear_which(heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> bool:
    """ "The shoes I bought last month": the one order that fits is taken, of several it is asked which."""
    meant = await orders_spoken_of(heard, notes, days_alone=asks is not None)
    if notes["order_id"] in [each.order.id for each in meant]:
        return False
    if len(meant) == 1:
        take(meant[0].order, notes)
        if asks is None:
            say_which(meant[0], voice)
        return True
    if heard.turn.customer is None:
        return False
    if meant:
        before, narrowed = notes["narrowed_orders"], [each.order.id for each in meant]
        notes.forget("order_id", "order_number", "order_snapshot")
        notes["narrowed_orders"] = narrowed
        return bool(narrowed != before)
    named = (
        order_mentioned(heard, await choices_of(heard.turn.customer.id, notes), voice) if asks == "order_id" else None
    )
    if named is not None:
        take(named, notes)
    return named is not None


async def look_for_order(heard: Hearing, notes: Notes, voice: Voice, *, carried: bool = False) -> None:
    """Find the order with what is known by now, if that is enough.

    Args:
        carried: whether the proof is one that was given earlier, for another order perhaps.
    """
    if notes["order_id"]:
        return
    if heard.turn.customer is not None:
        await _look_among_own(heard, notes, voice)
    elif notes["order_number"]:
        await _take_proved(notes, heard.turn)
    if not notes["order_id"] and notes["order_number"] and notes["proof"]:
        result = await _prove(heard, notes["order_number"], notes["proof"])
        if carried and notes["proved_orders"] and result.outcome is ProofOutcome.not_found:
            notes.forget("proof")  # nobody said it belongs to this order: it is asked for, not called wrong
            return
        _settle(result, notes, voice)


async def _take_proved(notes: Notes, turn: Turn) -> None:
    """An order that was proved in this conversation needs no second proof."""
    for order_id in notes["proved_orders"] or []:
        order = await the_shop().looks.order(order_id, turn)
        if number_core(order.number) == number_core(str(notes["order_number"])):
            return take(order, notes)
    return None


async def _look_among_own(heard: Hearing, notes: Notes, voice: Voice) -> None:
    customer, shop = heard.turn.customer, the_shop()
    if customer is None or notes["ask_number"]:
        return
    if notes["order_number"]:
        result = await prove_customer(
            shop.orders, shop.policy, customer_id=customer.id, number=str(notes["order_number"])
        )
        if result.order is not None:
            take(result.order, notes)
        else:  # bought without signing in, perhaps: then the proof is theirs to give, their own email first
            notes["ask_number"] = True
            notes["proof"] = notes["proof"] or customer.email or None
        return
    orders = await choices_of(customer.id, notes)
    if len(orders) == 1:
        take(orders[0], notes)
    elif not orders:
        notes["ask_number"] = True
        voice.say("utter_no_orders")


async def choices_of(customer_id: str, notes: Notes) -> list[Order]:
    """A signed-in customer's latest orders, without the one they said it is not; those they spoke of, if they did."""
    narrowed = notes["narrowed_orders"] or []
    orders = await the_shop().orders.orders_of(customer_id, LOOKED_THROUGH if narrowed else ORDERS_OFFERED)
    wanted = [order for order in orders if order.id != notes["passed_over"] and (not narrowed or order.id in narrowed)]
    return wanted[:ORDERS_OFFERED]


async def _prove(heard: Hearing, number: str, proof: str) -> ProofResult:
    shop = the_shop()
    asker = Asker(conversation_id=heard.turn.conversation_id, client_ref=heard.turn.client_ref)
    return await prove_guest(
        shop.orders, shop.attempts, shop.policy, asker=asker, number=number, proof=proof, now=shop.now()
    )


def _settle(result: ProofResult, notes: Notes, voice: Voice) -> None:
    if result.outcome is ProofOutcome.proved and result.order is not None:
        notes.forget("unproved")
        return take(result.order, notes)
    # Both are kept: who sends only the part that was wrong is not asked for the other again.
    notes["unproved"] = {"number": notes["order_number"], "proof": notes["proof"]}
    notes.forget("order_number", "proof")
    if result.outcome is ProofOutcome.rate_limited:
        voice.say("utter_too_many_attempts", minutes=max(1, math.ceil(result.retry_after / 60)))
        notes["job_over"] = True  # asking on would be a dead end
        return offer_person(notes, voice)
    return voice.say("utter_order_not_found")


def _counted(heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> str | None:
    """The order that "the second one" means, of those just offered."""
    offered = notes["offered"] or []
    place = ordinal(heard, voice.words) if asks == "order_id" else None
    return str(offered[place]) if place is not None and -len(offered) <= place < len(offered) else None


def _number_in(heard: Hearing, asks: str | None, notes: Notes, voice: Voice) -> str | None:
    """A number that is not the one in hand already."""
    said = heard.value("order_number")
    if said is not None and _answers_something_else(heard, said, asks, notes, voice):
        said = None
    elif said is None and asks == "order_number" and heard.may_answer and not _proof_entity(heard):
        said = heard.text if number_core(heard.text) else None
    if said is None:
        unproved = notes["unproved"] or {}
        wants_retry = not notes["order_number"] and _proof_in(heard, asks, notes, None)
        return unproved.get("number") if wants_retry else None
    known = notes["order_number"] or ""
    return None if known and number_core(said) == number_core(known) else said


def _answers_something_else(heard: Hearing, number: str, asks: str | None, notes: Notes, voice: Voice) -> bool:
    """Whether a bare number is no order's: a postcode of four digits, or a part of the address that is asked for."""
    words = voice.words.group("heard").get("order_word") or []
    if heard.intent == "other_order" or any(contains(heard.text, word) for word in words) or "#" in heard.text:
        return False
    if asks in ADDRESS_QUESTIONS:
        return True
    bare = number.isdigit() and heard.intent != "correct" and job_of(heard.intent) is None
    return asks == "proof" and bool(notes["order_number"]) and bare and _proof_entity(heard) is None


def _proof_in(heard: Hearing, asks: str | None, notes: Notes, number: str | None) -> str | None:
    if notes["order_id"] and heard.value("order_number") is None and heard.intent != "other_order":
        return None  # proved already: an email or a postcode is part of something else
    found = _proof_entity(heard)
    readable = asks == "proof" and number is None and heard.may_answer and read_proof(heard.text, the_shop().policy)
    if found is None and readable:
        found = heard.text
    if found is None and number is not None and not notes["proof"]:
        found = (notes["unproved"] or {}).get("proof")
    return found


def _proof_entity(heard: Hearing) -> str | None:
    return next((value for kind in PROOFS if (value := heard.value(kind)) is not None), None)
