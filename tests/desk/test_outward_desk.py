"""The same with everything real: a gateway that is killed, an admin who looks and sends again, an agent's button."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator

import jwt
import pytest
import pytest_asyncio
from sqlalchemy import update

from bot.conversations.times import utc_now
from bot.desk.people.presence import seen
from bot.desk.tables import outbox
from tests.demo_store.process import RunningStore
from tests.desk.conftest import CUSTOMER_SECRET, Enter, SignIn
from tests.desk.desk_client import DeskClient
from tests.desk.mail_server import MailServer
from tests.desk.outward_play import SECRET, SENDER
from tests.desk.processes import Desk, order_of
from tests.desk.receiver import Receiver
from tests.desk.test_outbox_webhook import checked
from tests.gateway.shopper import Shopper
from tests.until import until


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.stop()


@pytest.fixture
def own_desk(start_desk: Callable[..., Desk], receiver: Receiver, mails: MailServer) -> Desk:
    """One that has a webhook and a mail server."""
    return start_desk(
        None,
        webhook_url=receiver.url,
        webhook_secret=SECRET,
        smtp_url=mails.url,
        mail_from=SENDER,
        customer_keys=f'{{"shop-1": "{CUSTOMER_SECRET}"}}',
    )


@pytest_asyncio.fixture
async def own_admin(own_desk: Desk, sign_in: SignIn) -> AsyncIterator[DeskClient]:
    yield await sign_in(own_desk.add_agent("Dewi", "admin"), own_desk)


def _is_there(desk: Desk, agent: DeskClient) -> None:
    """As if a page of theirs were open: who is gone keeps no conversation."""
    desk.write(lambda connection: seen(connection, [agent.id], utc_now()))


async def _leaves_an_address(enter: Enter, desk: Desk) -> Shopper:
    """Of a guest, in the chat's own form: typed@example.com."""
    shopper = await enter("a person please", at=desk)
    form = (await shopper.messages())[-1]["card"]
    await shopper.post(choice=form["submit"], values={"email": "typed@example.com"})
    return shopper


def _due(desk: Desk) -> None:
    desk.write(lambda connection: connection.execute(update(outbox).values(not_before=utc_now())))


async def test_a_gateway_that_is_killed_while_it_sends_sends_again_under_the_same_id(
    own_desk: Desk, enter: Enter, receiver: Receiver
) -> None:
    receiver.answers.append(0)
    await enter("a person please", at=own_desk)
    until(lambda: len(receiver.got) == 1)
    own_desk.kill()
    _due(own_desk)
    own_desk.start()
    until(lambda: len(receiver.got) == 2)
    first, second = receiver.got
    assert checked(first) == checked(second)
    assert first.headers["ramah-delivery"] == second.headers["ramah-delivery"]


async def test_an_admin_sees_what_was_sent_and_sends_it_again(
    own_admin: DeskClient, own_desk: Desk, enter: Enter, receiver: Receiver
) -> None:
    receiver.answers.append(410)
    shopper = await enter("a person please", at=own_desk)
    until(lambda: own_desk.write(lambda c: c.execute(outbox.select()).first().state) == "failed")
    [row] = (await own_admin.get("/outbox", state="failed"))["outbox"]
    assert (row["event"], row["last_error"], row["attempts"]) == ("handoff.created", "http_410", 1)
    assert row["conversation_id"] == shopper.id
    assert "body" not in row
    assert (await own_admin.post(f"/outbox/{row['id']}/replay"))["state"] == "waiting"
    until(lambda: len(receiver.got) == 2)
    assert {delivery.headers["ramah-delivery"] for delivery in receiver.got} == {row["id"]}
    assert (await own_admin.refused("POST", "/outbox/d_none/replay"))[:2] == (404, "not_found")
    assert (await own_admin.refused("GET", "/outbox?state=lost"))[1] == "invalid"


async def test_only_who_manages_the_desk_sees_the_outbox(
    supervisor: DeskClient, agent: DeskClient, trainer: DeskClient
) -> None:
    for client in (supervisor, agent, trainer):
        assert (await client.refused("GET", "/outbox"))[:2] == (403, "forbidden")
        assert (await client.refused("POST", "/outbox/d_1/replay"))[:2] == (403, "forbidden")


async def test_the_context_is_for_those_who_may_see_personal_data(
    agent: DeskClient, trainer: DeskClient, waiting_with_form: Shopper
) -> None:
    path = f"/conversations/{waiting_with_form.id}/context"
    context = await agent.get(path)
    assert context["form"] == {"name": "address_form", "asks": "new_address"}
    assert context["order"]["order"]["number"] == "1060"
    assert (await trainer.refused("GET", path))[:2] == (403, "forbidden")
    assert (await agent.refused("GET", "/conversations/c_none/context"))[:2] == (404, "not_found")


async def test_an_agents_button_sends_the_transcript_to_the_address_the_shop_has_signed(
    own_desk: Desk, enter: Enter, sign_in: SignIn, mails: MailServer
) -> None:
    agent = await sign_in(own_desk.add_agent("Aini"), own_desk)
    claims = {"sub": "cus_17", "aud": "ramah", "exp": time.time() + 60, "name": "Siti", "email": "siti@example.com"}
    token = jwt.encode(claims, CUSTOMER_SECRET, "HS256", {"kid": "shop-1"})
    shopper = await enter("a person please", at=own_desk, customer_token=token)
    path = f"/conversations/{shopper.id}/transcript"
    assert await agent.post(path) == {"email": "s•••@example.com"}
    until(lambda: mails.recipients == ["siti@example.com"])
    assert "a person please" in mails.mails[0].get_content()
    assert (await agent.refused("POST", path, {"email": "me@example.com"}))[1] == "invalid"
    await agent.post(path)
    await agent.post(path)
    assert (await agent.refused("POST", path))[:2] == (429, "rate_limited")


async def test_a_guest_who_proved_an_order_gets_the_transcript_at_the_orders_address(
    own_desk: Desk, enter: Enter, sign_in: SignIn, mails: MailServer
) -> None:
    agent = await sign_in(own_desk.add_agent("Aini"), own_desk)
    shopper = await enter("a person with form please", at=own_desk)
    await agent.post(f"/conversations/{shopper.id}/transcript")
    until(lambda: mails.recipients == ["nurul@example.com"])


async def test_a_guest_who_only_left_an_address_gets_no_transcript(
    own_desk: Desk, enter: Enter, sign_in: SignIn
) -> None:
    agent = await sign_in(own_desk.add_agent("Aini"), own_desk)
    shopper = await _leaves_an_address(enter, own_desk)
    refused = await agent.refused("POST", f"/conversations/{shopper.id}/transcript")
    assert refused[:2] == (409, "not_verified")


async def test_a_desk_without_a_mail_server_says_so(agent: DeskClient, waiting: Shopper) -> None:
    assert (await agent.refused("POST", f"/conversations/{waiting.id}/transcript"))[:2] == (409, "mail_off")


async def test_an_answer_that_nobody_reads_is_mailed_where_the_shopper_left_an_address(
    own_desk: Desk, enter: Enter, sign_in: SignIn, mails: MailServer
) -> None:
    agent = await sign_in(own_desk.add_agent("Aini"), own_desk)
    shopper = await _leaves_an_address(enter, own_desk)
    _is_there(own_desk, agent)
    await agent.post(f"/conversations/{shopper.id}/claim")
    await agent.post(f"/conversations/{shopper.id}/messages", {"client_id": "a1", "text": "It is in Klang."})
    _due(own_desk)
    until(lambda: mails.recipients == ["typed@example.com"])
    assert "It is in Klang." in mails.mails[0].get_content()


async def test_an_order_job_that_nobody_reads_is_mailed_too(
    own_desk: Desk, enter: Enter, sign_in: SignIn, mails: MailServer, store: RunningStore
) -> None:
    agent = await sign_in(own_desk.add_agent("Aini"), own_desk)
    shopper = await _leaves_an_address(enter, own_desk)
    _is_there(own_desk, agent)
    place = f"/conversations/{shopper.id}"
    await agent.post(f"{place}/claim")
    order = order_of(store)
    previewed = await agent.post(f"{place}/jobs/track/preview", {"order_id": order.id})
    await agent.post(f"{place}/jobs/confirm", {"preview_id": previewed["preview_id"]})
    _due(own_desk)
    until(lambda: mails.recipients == ["typed@example.com"])
    assert order.number in mails.mails[0].get_content()


async def test_the_shopper_rates_a_resolved_conversation_once(desk: Desk, agent: DeskClient, waiting: Shopper) -> None:
    _is_there(desk, agent)
    await agent.post(f"/conversations/{waiting.id}/claim")
    await agent.post(f"/conversations/{waiting.id}/messages", {"client_id": "a1", "text": "Done."})
    await agent.post(f"/conversations/{waiting.id}/resolve")
    question = (await waiting.messages())[-1]
    assert (question["card"]["type"], question["author"]["kind"]) == ("rating", "system")
    assert question["labels"]["rating.send"]
    token = question["card"]["submit"]
    bad = await waiting.post(choice=token, values={"score": 9})
    assert (bad.status_code, bad.json()["code"]) == (422, "invalid")
    [thanks] = await waiting.replies(choice=token, values={"score": 5, "comment": "<b>nice</b>"})
    assert thanks["text"] == "Thank you for telling us."
    again = await waiting.post(choice=token, values={"score": 1})
    assert (again.status_code, again.json()["code"]) == (409, "already_rated")
    found = await agent.get(f"/conversations/{waiting.id}")
    assert (found["conversation"]["status"], found["satisfaction"]["score"]) == ("resolved", 5)
