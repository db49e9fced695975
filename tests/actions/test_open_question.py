"""Yes and no act only where the bot has just asked something."""

from __future__ import annotations

from typing import Any

import pytest

from actions.complaint import Abuse, Complaint
from actions.handoff import TalkToPerson
from actions.open_question import AnswerOpenQuestion
from tests.actions.run import Result, run, said

pytestmark = pytest.mark.usefixtures("shop_without_store")


async def answer(intent: str, slots: dict[str, Any]) -> Result:
    return await run(AnswerOpenQuestion(), intent=intent, slots=slots)


def goes_on_with(result: Result) -> list[str]:
    return [event["parse_data"]["intent"]["name"] for event in result.events if event["event"] == "user"]


@pytest.mark.parametrize("intent", ["affirm", "deny"])
async def test_yes_and_no_to_nothing_ask_what_is_meant(intent: str) -> None:
    result = await answer(intent, {})
    assert (result.said, goes_on_with(result)) == (["utter_nothing_asked"], [])


@pytest.mark.parametrize("question", ["person", "complaint"])
async def test_yes_to_a_person_gets_one_and_no_does_not(question: str) -> None:
    assert goes_on_with(await answer("affirm", {"open_question": question})) == ["talk_to_person"]
    declined = await answer("deny", {"open_question": question})
    assert (declined.said, goes_on_with(declined)) == (["utter_anything_else"], [])


async def test_no_drops_the_request_that_waited() -> None:
    slots = {"open_question": "waiting_request", "waiting_request": [{"intent": "cancel_order"}]}
    assert goes_on_with(await answer("affirm", slots)) == ["cancel_order"]
    declined = await answer("deny", slots)
    assert (declined.slots["waiting_request"], goes_on_with(declined)) == (None, [])


async def test_an_article_that_helped_ends_there() -> None:
    result = await answer("affirm", {"open_question": "helped"})
    assert (result.said, result.slots["open_question"]) == (["utter_glad_it_helped"], None)


async def test_an_article_that_did_not_help_leads_to_a_person() -> None:
    result = await answer("deny", {"open_question": "helped"})
    assert (result.said, result.slots["open_question"]) == (["utter_not_helped", "utter_offer_person"], "person")


async def test_a_question_of_three_turns_before_is_no_longer_open() -> None:
    asked = {"event": "slot", "name": "open_question", "value": "person"}
    for since, open_still in ((["t_8", "t_9"], False), (["t_9"], True)):
        result = await run(
            AnswerOpenQuestion(),
            intent="affirm",
            turn_id="t_10",
            before=[said("-", "t_7"), asked, *(said("hello", turn) for turn in since)],
            slots={"open_question": "person"},
            set_in_turn_before=False,
        )
        assert bool(goes_on_with(result)) is open_still


async def test_a_complaint_is_noted_and_a_person_offered_and_the_second_time_given() -> None:
    text = "the courier shouted at me"
    first = await run(Complaint(), intent="complaint", text=text)
    assert (first.said, first.slots["open_question"], first.next_action) == (["utter_complaint"], "complaint", None)
    [noted] = first.slots["tried"]
    assert (noted["job"], noted["outcome"], noted["data"]) == ("complaint", "noted", {"text": text})
    second = await run(Complaint(), intent="complaint", text="and he was late", slots=first.slots)
    assert (second.next_action, second.slots["handoff_reason"]) == ("action_hand_over", "complaint")
    assert len(second.slots["tried"]) == 2


async def test_who_complains_and_takes_the_person_comes_with_the_complaint() -> None:
    result = await run(TalkToPerson(), intent="talk_to_person", slots={"complaint": True})
    assert (result.slots["handoff_reason"], result.said[0]) == ("complaint", "utter_handoff_complaint")


async def test_rude_words_are_answered_once_then_a_person_takes_over() -> None:
    first = await run(Abuse(), intent="abuse", text="you idiot")
    assert (first.said, first.next_action) == (["utter_abuse"], None)
    second = await run(Abuse(), intent="abuse", text="idiot bot", slots=first.slots)
    assert (second.next_action, second.slots["handoff_reason"]) == ("action_hand_over", "abuse")
