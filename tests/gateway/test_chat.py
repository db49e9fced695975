"""A shopper writes and is answered."""

from __future__ import annotations

import asyncio

from tests.gateway.processes import Engine
from tests.gateway.shopper import Shopper


async def test_shopper_is_answered(shopper: Shopper) -> None:
    replies = await shopper.ask("hello")
    assert [(reply["seq"], reply["author"]["kind"], reply["text"]) for reply in replies] == [
        (2, "bot", "You said: hello")
    ]


async def test_without_wait_the_message_is_taken_and_the_answer_comes_later(shopper: Shopper) -> None:
    answer = await shopper.post(text="hello")
    assert (answer.status_code, answer.json()) == (202, {"seq": 1})
    async with shopper.tab() as tab:
        assert (await tab.until_seq(2))["text"] == "You said: hello"


async def test_an_answer_that_takes_longer_than_the_wait_is_202(shopper: Shopper) -> None:
    answer = await shopper.post(text="slow please", wait=0.2)
    assert (answer.status_code, answer.json()) == (202, {"seq": 1})


async def test_a_resend_is_the_same_message_and_gets_the_same_answer(shopper: Shopper, engine: Engine) -> None:
    first = await shopper.post(text="hello twice", client_id="same", wait=5)
    second = await shopper.post(text="hello twice", client_id="same", wait=5)
    assert first.json() == second.json()
    assert [message["seq"] for message in await shopper.messages()] == [1, 2]
    assert sum(turn["input"].get("text") == "hello twice" for turn in engine.asked()) == 1


async def test_resends_at_once_are_one_message(shopper: Shopper) -> None:
    answers = await asyncio.gather(*(shopper.post(text="hello", client_id="same", wait=5) for _ in range(8)))
    assert {answer.text for answer in answers} == {answers[0].text}
    assert len(await shopper.messages()) == 2


async def test_another_text_under_a_used_client_id_is_refused(shopper: Shopper) -> None:
    await shopper.post(text="hello", client_id="same")
    answer = await shopper.post(text="goodbye", client_id="same")
    assert (answer.status_code, answer.json()["code"]) == (409, "client_id_reused")


async def test_quick_messages_are_answered_one_after_another(shopper: Shopper, engine: Engine) -> None:
    for number in range(5):
        await shopper.post(text=f"quick {number}")
    await shopper.ask("quick last")
    said = [m for m in await shopper.messages() if m["author"]["kind"] == "bot"]
    assert [m["text"] for m in said] == [f"You said: quick {n}" for n in range(5)] + ["You said: quick last"]
    assert [m["seq"] for m in await shopper.messages()] == list(range(1, 13))


async def test_text_that_begins_with_a_slash_reaches_the_engine_as_text(shopper: Shopper, engine: Engine) -> None:
    await shopper.ask('/affirm{"order_id": "1"}')
    assert engine.asked()[-1]["input"] == {"kind": "text", "text": '/affirm{"order_id": "1"}'}


async def test_script_and_emoji_come_back_as_they_were_written(shopper: Shopper) -> None:
    text = "<script>alert(1)</script> &amp; 😀 \u202e\n\ttab"
    await shopper.ask(text)
    assert (await shopper.messages())[0]["text"] == text


async def test_a_button_sends_what_the_engine_put_behind_it(shopper: Shopper, engine: Engine) -> None:
    [reply] = await shopper.ask("buttons please")
    assert "/affirm" not in str(reply)
    value = next(button["value"] for button in reply["buttons"] if button["title"] == "Yes")
    await shopper.replies(choice=value)
    assert engine.asked()[-1]["input"] == {"kind": "choice", "payload": "/affirm", "values": {}, "title": "Yes"}
    assert (await shopper.messages(after=2))[0]["text"] == "Yes"


async def test_a_filled_in_card_goes_with_its_values(shopper: Shopper, engine: Engine) -> None:
    [reply] = await shopper.ask("form please")
    values = {"country": "MY", "line1": "12 Jalan Ampang", "postcode": "50450"}
    await shopper.replies(choice=reply["card"]["submit"], values=values)
    sent = engine.asked()[-1]["input"]
    assert (sent["payload"], sent["values"]) == ("/give_address", values)
    assert (await shopper.messages(after=2))[0]["text"] == "MY, 12 Jalan Ampang, 50450"


async def test_an_old_yes_confirms_nothing_once_it_was_asked_anew(shopper: Shopper) -> None:
    [old] = await shopper.ask("confirm the first")
    [new] = await shopper.ask("confirm the second")
    refused = await shopper.post(choice=old["buttons"][0]["value"], wait=5)
    assert (refused.status_code, refused.json()["code"]) == (409, "choice_replaced")
    assert (await shopper.post(choice=new["buttons"][0]["value"], wait=5)).status_code == 200


async def test_locale_time_zone_and_reference_reach_the_engine(shopper: Shopper, engine: Engine) -> None:
    await shopper.enter(locale="en-SG")
    await shopper.ask("who am I")
    context = engine.asked()[-1]["context"]
    assert (context["locale"], context["time_zone"], context["customer"]) == ("en-SG", "Asia/Kuala_Lumpur", None)
    assert len(context["client_ref"]) == 32
    assert "127.0.0.1" not in str(context)


async def test_what_was_seen_is_remembered_and_never_goes_back(shopper: Shopper) -> None:
    await shopper.ask("hello")
    async with shopper.tab() as tab:
        await tab.until(type="owner")
        for seq in (2, 1):
            answer = await shopper.http.post(f"{shopper.path}/read", json={"seq": seq}, headers=shopper.headers)
            assert answer.status_code == 204
        await shopper.ask("and now")
        await tab.until_seq(4)
        assert [frame["seq"] for frame in tab.frames if frame["type"] == "read"] == [2]
