"""Not sure: which of two, then other words, then a person; nothing is ever begun on a guess."""

from __future__ import annotations

from typing import Any

import pytest

from actions.loose_answer import LooseAnswer
from actions.not_understood import NotUnderstood, beyond_the_shop
from actions.notes import Notes
from actions.open_question import AnswerOpenQuestion
from actions.repair import StaleChoice
from actions.voice import voice_of
from tests.actions.run import Result, run, said

TWO = [("nlu_fallback", 0.4), ("track_order", 0.3), ("refund_status", 0.25), ("greet", 0.2)]

pytestmark = pytest.mark.usefixtures("shop_without_store")


async def misunderstand(text: str, turn_id: str, previous: Result | None = None, **about: Any) -> Result:
    before = [said("-", f"before {turn_id}")] if previous is None else [said("-", previous_turn(turn_id))]
    slots = {**(previous.slots if previous else {}), **about.pop("slots", {})}
    return await run(
        NotUnderstood(), intent="nlu_fallback", text=text, turn_id=turn_id, before=before, slots=slots, **about
    )


def previous_turn(turn_id: str) -> str:
    return f"t_{int(turn_id[2:]) - 1}"


async def test_two_likely_requests_are_offered() -> None:
    result = await misunderstand("money order where", "t_1", ranking=TWO)
    assert result.said == ["utter_did_you_mean"]
    assert [each["payload"] for each in result.messages[0]["buttons"]] == ["/track_order", "/refund_status", "/deny"]
    assert result.slots["open_question"] == "guess"
    assert result.next_action is None


@pytest.mark.parametrize(
    "ranking",
    [
        [],
        [("nlu_fallback", 0.4), ("track_order", 0.35), ("cancel_order", 0.05)],
        [("nlu_fallback", 0.4), ("track_order", 0.35), ("out_of_scope", 0.3), ("greet", 0.2), ("cancel_order", 0.2)],
        [("nlu_fallback", 0.4), ("inform", 0.3), ("affirm", 0.25)],
    ],
)
async def test_without_two_likely_requests_other_words_are_asked_for(ranking: list[tuple[str, float]]) -> None:
    result = await misunderstand("qwerty", "t_1", ranking=ranking)
    assert result.said == ["utter_please_rephrase"]
    assert "open_question" not in result.slots


async def test_the_second_time_offers_what_the_bot_can_do_and_the_third_a_person() -> None:
    first = await misunderstand("qwerty", "t_1", ranking=TWO)
    second = await misunderstand("asdf", "t_2", first, ranking=TWO)
    assert second.said == ["utter_please_rephrase_again"]
    assert "/talk_to_person" in [each["payload"] for each in second.messages[0]["buttons"]]
    third = await misunderstand("zxcv", "t_3", second, ranking=TWO)
    assert third.said == []
    assert third.next_action == "action_hand_over"
    assert third.slots["handoff_reason"] == "not_understood"
    assert third.slots["tried"][-1]["data"] == {"said": "qwerty\nasdf\nzxcv"}


async def test_anything_understood_in_between_begins_anew() -> None:
    first = await misunderstand("qwerty", "t_1")
    again = await misunderstand("asdf", "t_3", first)  # t_2 was understood
    assert again.said == ["utter_please_rephrase"]


async def test_in_mid_form_no_guess_is_offered_and_the_second_time_a_way_out() -> None:
    first = await misunderstand("qwerty", "t_1", form="track_form", ranking=TWO)
    assert first.said == ["utter_please_rephrase"]
    second = await misunderstand("asdf", "t_2", first, form="track_form", ranking=TWO)
    assert [each["payload"] for each in second.messages[0]["buttons"]] == ["/stop", "/talk_to_person"]


async def test_a_number_that_a_form_cannot_use_counts_as_well() -> None:
    before = await misunderstand("qwerty", "t_1", form="track_form")
    result = await run(
        LooseAnswer(),
        text="77",
        turn_id="t_2",
        before=[said("qwerty", "t_1")],
        slots=before.slots,
        form="track_form",
    )
    assert result.said == ["utter_please_rephrase_again"]


class OutOfScope(NotUnderstood):
    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        return list(beyond_the_shop(tracker, Notes(tracker.slots), voice_of(dispatcher, tracker)))


async def test_what_the_shop_is_not_for_is_said_so_and_counts() -> None:
    first = await run(OutOfScope(), intent="out_of_scope", text="weather?", turn_id="t_1")
    assert first.said == ["utter_out_of_scope"]
    second = await misunderstand("qwerty", "t_2", first)
    assert second.said == ["utter_please_rephrase_again"]
    before = [said("-", "t_2")]
    third = await run(
        OutOfScope(), intent="out_of_scope", text="rain?", turn_id="t_3", before=before, slots=second.slots
    )
    assert (third.next_action, third.slots["tried"][-1]["data"]) == (
        "action_hand_over",
        {"said": "weather?\nqwerty\nrain?"},
    )


async def test_something_else_does_not_begin_the_ladder_anew() -> None:
    asked = await misunderstand("money order where", "t_1", ranking=TWO)
    neither = await run(
        AnswerOpenQuestion(), intent="deny", turn_id="t_2", before=[said("-", "t_1")], slots=asked.slots
    )
    assert neither.said == ["utter_please_rephrase"]
    again = await misunderstand("asdf", "t_3", neither, ranking=TWO)
    assert again.said == ["utter_please_rephrase_again"]


async def test_yes_to_which_of_two_asks_which() -> None:
    slots = {"open_question": "guess", "guessed_intents": ["track_order", "refund_status"]}
    result = await run(AnswerOpenQuestion(), intent="affirm", slots=slots)
    assert result.said == ["utter_did_you_mean"]
    assert result.slots["open_question"] == "guess"


async def test_the_second_one_is_the_second_guess() -> None:
    slots = {"open_question": "guess", "guessed_intents": ["track_order", "refund_status"]}
    result = await run(StaleChoice(), intent="choose", text="the second one", slots=slots)
    assert [event["parse_data"]["intent"]["name"] for event in result.events if event["event"] == "user"] == [
        "refund_status"
    ]


async def test_a_choice_where_nothing_was_guessed_is_no_longer_open() -> None:
    result = await run(StaleChoice(), intent="choose", text="the second one")
    assert result.said == ["utter_choice_no_longer_open"]
