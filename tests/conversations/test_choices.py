"""Buttons and forms: what is behind them stays here."""

from __future__ import annotations

import pytest

from bot.conversations.choice_text import text_of_choice
from bot.conversations.choices import Choice
from bot.conversations.database import ConversationLog
from bot.conversations.errors import ChoiceReplaced, UnknownChoice
from bot.conversations.records import Reply
from tests.conversations.play import Play

YES_NO = [{"title": "Yes", "payload": "/affirm"}, {"title": "No", "payload": "/deny"}]


async def _told(play: Play, reply: Reply) -> list[dict[str, str]]:
    await play.says()
    finished = await play.answers(await play.begun(), reply)
    return finished.messages[0].buttons


async def test_a_button_is_turned_back_into_what_the_engine_meant(play: Play) -> None:
    yes, no = await _told(play, Reply("Sure?", buttons=YES_NO))
    assert "/affirm" not in yes["value"]
    await play.chooses(no["value"])
    assert (await play.begun()).input == {"kind": "choice", "payload": "/deny", "values": {}, "title": "No"}


async def test_a_button_works_in_its_own_conversation_only(play: Play, log: ConversationLog) -> None:
    yes, _ = await _told(play, Reply("Sure?", buttons=YES_NO))
    other = await Play.begin(log)
    with pytest.raises(UnknownChoice):
        await other.chooses(yes["value"])


async def test_an_old_confirmation_is_void_but_other_old_buttons_are_not(play: Play) -> None:
    orders = [{"title": "1047", "payload": '/choose{"order_id": "o1"}'}]
    pick = (await _told(play, Reply("Which?", buttons=orders)))[0]
    old = (await _told(play, Reply("A?", buttons=YES_NO, card={"type": "confirm"})))[0]
    new = (await _told(play, Reply("B?", buttons=YES_NO, card={"type": "confirm"})))[0]
    with pytest.raises(ChoiceReplaced):
        await play.chooses(old["value"])
    await play.chooses(pick["value"])
    await play.chooses(new["value"])


async def test_a_yes_that_was_sent_in_time_is_still_the_same_message_when_resent_later(play: Play) -> None:
    old = (await _told(play, Reply("A?", buttons=YES_NO, card={"type": "confirm"})))[0]
    first = await play.chooses(old["value"], "c1")
    await play.answers(await play.begun())
    await _told(play, Reply("B?", buttons=YES_NO, card={"type": "confirm"}))
    assert (await play.chooses(old["value"], "c1")).seq == first.seq


async def test_a_cards_submit_is_a_token_too(play: Play) -> None:
    await play.says()
    card = {"type": "address_form", "country": "MY", "submit": "/give_address"}
    finished = await play.answers(await play.begun(), Reply("", card=card))
    shown = finished.messages[0].card
    assert shown is not None
    assert {**shown, "submit": "/give_address"} == card
    assert len(shown["submit"]) == 32


@pytest.mark.parametrize(
    ("title", "values", "text"),
    [
        ("Yes", {}, "Yes"),
        ("", {"country": "MY", "line2": "", "line1": "12 Jalan Ampang"}, "MY, 12 Jalan Ampang"),
        ("", {"items": [{"id": "l1", "quantity": 2}, {"id": "l9"}]}, "2 × Batik shirt, 1 × l9"),
        ("", {"items": ["nonsense", None], "odd": {"a": 1}}, ""),
        ("", {"long": "x" * 5000}, "x" * 2000),
    ],
)
def test_a_choice_is_shown_in_words(title: str, values: dict[str, object], text: str) -> None:
    card = {"type": "item_picker", "items": [{"id": "l1", "title": "Batik shirt"}]}
    assert text_of_choice(Choice(1, title, "/p", "engine"), values, card) == text
