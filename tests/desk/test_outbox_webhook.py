"""A handoff reaches another desk: signed, until it is taken, once more when it is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import pytest_asyncio

from bot.conversations.times import utc_now
from bot.desk.outward.context import context_of
from bot.desk.outward.outbox_claims import MAX_ATTEMPTS, Parcel, backoff, claim_due, mark_failed, mark_sent
from bot.desk.outward.webhook import webhook_settings
from bot.processes.ports import free_port
from tests.desk.outward_play import SECRET, OutwardPlay, outward, sending
from tests.desk.receiver import Delivery, Receiver

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "handoff-context.schema.json").read_text("utf-8"))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.stop()


@pytest_asyncio.fixture
async def play(tmp_path: Path) -> AsyncIterator[OutwardPlay]:
    async with OutwardPlay.opened(tmp_path, webhook=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def is_from_ramah() -> Callable[..., bool]:
    """The check as docs/handoff.md shows it to engineers."""
    [snippet] = re.findall(r"```python\n(.*?)```", (DOCS / "handoff.md").read_text("utf-8"), re.S)
    names: dict[str, Any] = {}
    exec(snippet, names)  # noqa: S102 - our own page
    check: Callable[..., bool] = names["is_from_ramah"]
    return check


def checked(delivery: Delivery) -> dict[str, Any]:
    """Its JSON, which is as the schema says."""
    event: dict[str, Any] = json.loads(delivery.body)
    conforms(event, {**SCHEMA["$defs"]["event"], "$defs": SCHEMA["$defs"]}, skip="context")
    conforms(event["context"], SCHEMA)
    return event


def conforms(document: dict[str, Any], schema: dict[str, Any], skip: str = "") -> None:
    properties = {name: rule for name, rule in schema["properties"].items() if name != skip}
    jsonschema.Draft202012Validator({**schema, "properties": properties}).validate(document)


async def test_a_handoff_is_posted_with_all_that_is_known(play: OutwardPlay, receiver: Receiver) -> None:
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=receiver.url)):
        [row] = await play.until("sent")
    [delivery] = receiver.got
    event = checked(delivery)
    assert (delivery.path, delivery.headers["ramah-event"]) == ("/hooks/ramah", "handoff.created")
    assert delivery.headers["ramah-delivery"] == event["delivery"] == row.id
    context = event["context"]
    assert context["conversation"]["owner"]["kind"] == "queue"
    assert context["conversation"]["order"] == {"number": "1060", "value": 129.0, "currency": "MYR"}
    assert context["handoff"]["reason"] == "wish_for_person"
    assert context["form"] == {"name": "address_form", "asks": "new_address"}
    assert context["tried"][0]["outcome"] == "failed"
    assert [message["seq"] for message in context["transcript"]] == [1, 2, 3, 4]
    assert context["owners"][0]["to"]["kind"] == "queue"


async def test_nothing_that_leaves_opens_anything(play: OutwardPlay) -> None:
    await play.asks_for_a_person()
    tokens = [message.card["submit"] for message in await play.messages() if message.card]
    text = json.dumps((await play.outbox())[0].body)
    assert tokens
    assert not [secret for secret in (*tokens, play.started.token, "client_ref") if secret in text]


async def test_a_conversation_that_the_bot_still_has_has_a_context_too(play: OutwardPlay) -> None:
    await play.says("where is my order?")
    state = {"slots": {"order_id": "o_1", "proved_orders": ["o_1"]}, "form": None}
    await play.answers(await play.begun(), state=state)
    context = await play.log.read(lambda connection: context_of(connection, play.id))
    conforms(context, SCHEMA)
    assert (context["handoff"], context["slots"]) == (None, {"order_id": "o_1"})
    assert context["shopper"]["proved_orders"] == ["o_1"]


async def test_the_receiver_can_tell_that_it_is_from_here(
    play: OutwardPlay, receiver: Receiver, is_from_ramah: Callable[..., bool]
) -> None:
    old = "the secret from before with thirty-two characters or more"
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=receiver.url, secret=f"{SECRET}, {old}")):
        await play.until("sent")
    [delivery] = receiver.got
    mark = delivery.headers["ramah-signature"]
    assert is_from_ramah(delivery.body, mark, SECRET)
    assert is_from_ramah(delivery.body, mark, old)
    assert not is_from_ramah(delivery.body, mark, "another secret")
    assert not is_from_ramah(delivery.body + b" ", mark, SECRET)
    assert not is_from_ramah(delivery.body, re.sub(r"t=\d+", "t=1", mark), SECRET)
    assert not is_from_ramah(delivery.body, "nonsense", SECRET)


async def test_a_receiver_that_fails_gets_the_same_delivery_again(play: OutwardPlay, receiver: Receiver) -> None:
    receiver.answers.extend([500, 404])
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=receiver.url)):
        row = await play.until_attempt(1)
        assert (row.state, row.last_error) == ("waiting", "http_500")
        assert row.not_before > utc_now() + timedelta(seconds=5)
        await play.all_is_due()
        assert (await play.until_attempt(2)).last_error == "http_404"
        await play.all_is_due()
        [row] = await play.until("sent")
    assert (row.attempts, row.last_error) == (3, None)
    assert {(each.headers["ramah-delivery"], each.body) for each in receiver.got} == {(row.id, receiver.got[0].body)}


async def test_a_receiver_that_asks_for_time_gets_it(play: OutwardPlay, receiver: Receiver) -> None:
    receiver.answers.append(429)
    receiver.retry_after = "300"
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=receiver.url)):
        row = await play.until_attempt(1)
    assert row.not_before > utc_now() + timedelta(seconds=290)


async def test_a_receiver_that_is_gone_is_asked_no_more(play: OutwardPlay, receiver: Receiver) -> None:
    receiver.answers.append(410)
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=receiver.url)):
        [row] = await play.until("failed")
    assert (row.attempts, row.last_error) == (1, "http_410")


async def test_a_redirect_is_not_followed(play: OutwardPlay, receiver: Receiver) -> None:
    receiver.answers.append(307)
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=receiver.url)):
        assert (await play.until_attempt(1)).last_error == "http_307"
    assert [delivery.path for delivery in receiver.got] == ["/hooks/ramah"]


async def test_a_receiver_that_hangs_is_left_and_tried_later(play: OutwardPlay, receiver: Receiver) -> None:
    receiver.answers.append(0)
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=receiver.url, patience=0.2)):
        assert (await play.until_attempt(1)).last_error == "timeout"


async def test_nobody_at_the_address_is_tried_later(play: OutwardPlay) -> None:
    await play.asks_for_a_person()
    async with sending(play, outward(webhook_url=f"http://127.0.0.1:{free_port()}/")):
        assert (await play.until_attempt(1)).last_error == "connection"


async def test_what_a_dead_sender_had_claimed_is_sent_by_the_next(play: OutwardPlay, receiver: Receiver) -> None:
    await play.asks_for_a_person()
    [lost] = await _claimed(play)
    assert await _claimed(play) == []
    await play.all_is_due()
    async with sending(play, outward(webhook_url=receiver.url)):
        [row] = await play.until("sent")
    await play.log.write(lambda connection: mark_failed(connection, lost, "late", utc_now()))
    assert [each.state for each in await play.outbox()] == ["sent"]
    assert [each.headers["ramah-delivery"] for each in receiver.got] == [row.id]


async def test_after_a_day_of_trying_it_is_given_up(play: OutwardPlay) -> None:
    await play.asks_for_a_person()
    waits = 0.0
    for attempt in range(1, MAX_ATTEMPTS + 1):
        await play.all_is_due()
        [parcel] = await _claimed(play)
        assert parcel.attempts == attempt
        await play.log.write(lambda connection, it=parcel: mark_failed(connection, it, "http_500", utc_now()))
        waits += backoff(attempt)
    assert [row.state for row in await play.outbox()] == ["failed"]
    assert 20 * 3600 < waits < 29 * 3600
    await play.all_is_due()
    assert await _claimed(play) == []


async def test_what_was_sent_stays_sent_whatever_an_old_attempt_says(play: OutwardPlay) -> None:
    await play.asks_for_a_person()
    [first] = await _claimed(play)
    await play.all_is_due()
    [second] = await _claimed(play)
    await play.log.write(lambda connection: mark_sent(connection, first, utc_now()))
    assert [row.state for row in await play.outbox()] == ["sending"]
    await play.log.write(lambda connection: mark_sent(connection, second, utc_now()))
    assert [row.state for row in await play.outbox()] == ["sent"]


async def test_a_shop_without_a_webhook_keeps_nothing_to_send(tmp_path: Path) -> None:
    async with OutwardPlay.opened(tmp_path) as play:
        await play.asks_for_a_person()
        assert await play.outbox() == []


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("ftp://shop.example/", SECRET),
        ("shop.example", SECRET),
        ("https://", SECRET),
        ("https://shop.example/", ""),
        ("https://shop.example/", "short"),
        ("https://shop.example/", f"{SECRET},short"),
        ("https://shop.example/", f"{SECRET},{SECRET},{SECRET}"),
    ],
)
def test_settings_that_could_not_work_are_refused_at_the_start(url: str, secret: str) -> None:
    with pytest.raises(ValueError, match=r"RAMAH_WEBHOOK_\w+ ") as refused:
        webhook_settings(url, secret)
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(webhook_settings("https://shop.example/", SECRET))


async def _claimed(play: OutwardPlay) -> list[Parcel]:
    return await play.log.write(lambda connection: claim_due(connection, utc_now(), "webhook", 8))
