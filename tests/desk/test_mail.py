"""What shoppers get by mail: the transcript, at an address that is surely theirs; an answer, where they left one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import insert

from bot.conversations.receipts import mark_read
from bot.conversations.records import Customer, Reply
from bot.conversations.times import utc_now
from bot.desk.outward.mail import compose, mail_settings
from bot.desk.outward.mail_words import MailWords
from bot.desk.outward.transcript import A_DAY, TooMany, send_transcript
from bot.desk.tables import notes
from tests.desk.mail_server import MailServer
from tests.desk.outward_play import DATA, SENDER, OutwardPlay, outward, sending

SITI = Customer("cus_17", "Siti", "siti@example.com")


@pytest_asyncio.fixture
async def play(tmp_path: Path) -> AsyncIterator[OutwardPlay]:
    """Siti, whom the shop knows."""
    async with OutwardPlay.opened(tmp_path, SITI) as opened:
        yield opened


@pytest_asyncio.fixture
async def guest(tmp_path: Path) -> AsyncIterator[OutwardPlay]:
    async with OutwardPlay.opened(tmp_path) as opened:
        yield opened


def text_of(mail: EmailMessage) -> str:
    text: str = mail.get_content()
    return text.replace("\r\n", "\n")


async def _transcript(play: OutwardPlay, email: str = SITI.email) -> str:
    words = MailWords(DATA / "desk")
    return await play.log.write(
        lambda connection: send_transcript(connection, play.id, email, shop="Kedai Ramah", words=words, now=utc_now())
    )


async def test_the_transcript_goes_to_the_shopper_without_the_desks_notes(play: OutwardPlay, mails: MailServer) -> None:
    await play.asks_for_a_person("where is my parcel?\nFrom: the boss")
    await play.is_claimed()
    await play.agent_says("It is on its way, pelan-pelan ya… 🙂", "c1")
    await play.log.write(lambda connection: connection.execute(insert(notes).values(**_note(play.id))))
    mail_id = await _transcript(play)
    async with sending(play, outward(smtp_url=mails.url)):
        await play.until("waiting", "sent")  # the answer still waits for its two minutes
    [mail] = mails.mails
    text = text_of(mail)
    assert mails.recipients == ["siti@example.com"]
    assert (mail["From"], mail["To"]) == (SENDER, "siti@example.com")
    assert mail["Subject"] == "Your chat with Kedai Ramah"
    assert mail["Message-ID"] == f"<{mail_id}@shop.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "    where is my parcel?\n    From: the boss" in text
    assert "Aisyah, " in text
    assert "pelan-pelan ya… 🙂" in text
    assert "rude" not in text
    assert play.started.token not in text


def _note(conversation_id: str) -> dict[str, Any]:
    note = {"conversation_id": conversation_id, "after_seq": 1, "kind": "note", "text": "rude shopper"}
    return {**note, "at": utc_now()}


async def test_cards_are_in_the_transcript_as_words(play: OutwardPlay, mails: MailServer) -> None:
    rows = [{"label": "Refund", "value": "RM 129.00"}]
    card = {"type": "case", "number": "R-20417", "state_label": "Requested", "rows": rows, "submit": "/x"}
    await play.says("return it")
    await play.answers(await play.begun(), Reply("Done.", "utter_done", card=card))
    await _transcript(play)
    async with sending(play, outward(smtp_url=mails.url)):
        await play.until("sent")
    assert "    Done.\n    #R-20417, Requested\n    Refund: RM 129.00\n" in text_of(mails.mails[0])


@pytest.mark.parametrize(
    ("language", "subject"), [("id", "Chat Anda dengan Kedai Ramah"), ("ms", "Chat anda dengan Kedai Ramah")]
)
async def test_the_mail_speaks_the_shoppers_language(
    play: OutwardPlay, mails: MailServer, language: str, subject: str
) -> None:
    await play.says("halo")
    await play.answers(await play.begun(), Reply("Halo."), language=language)
    await _transcript(play)
    async with sending(play, outward(smtp_url=mails.url)):
        await play.until("sent")
    assert (mails.mails[0]["Subject"], mails.mails[0]["Content-Language"]) == (subject, language)


async def test_a_conversation_has_three_transcripts_a_day(play: OutwardPlay) -> None:
    await play.says()
    for _ in range(A_DAY):
        await _transcript(play)
    with pytest.raises(TooMany) as refused:
        await _transcript(play)
    assert 23 * 3600 < refused.value.after <= 24 * 3600
    assert len(await play.outbox()) == A_DAY


async def test_a_mail_server_that_is_down_is_tried_again(play: OutwardPlay, mails: MailServer) -> None:
    mails.stop()
    await play.says()
    await _transcript(play)
    async with sending(play, outward(smtp_url=mails.url)):
        row = await play.until_attempt(1)
        assert (row.state, row.last_error) == ("waiting", "connection")
        mails.start()
        await play.all_is_due()
        await play.until("sent")
    assert len(mails.mails) == 1


async def test_a_mail_server_that_wants_time_is_asked_again_and_one_that_refuses_is_not(
    play: OutwardPlay, mails: MailServer
) -> None:
    mails.answers += ["451 greylisted, come back", "550 no such user"]
    await play.says()
    await _transcript(play)
    async with sending(play, outward(smtp_url=mails.url)):
        row = await play.until_attempt(1)
        assert (row.state, row.last_error) == ("waiting", "smtp_451")
        await play.all_is_due()
        [row] = await play.until("failed")
    assert row.last_error == "smtp_550"


async def test_nothing_that_was_said_can_add_a_header(play: OutwardPlay, mails: MailServer) -> None:
    await play.says("hello\r\nBcc: victim@example.com\r\n\r\n.\r\nMAIL FROM:<x@example.com>")
    await _transcript(play)
    async with sending(play, outward(smtp_url=mails.url)):
        await play.until("sent")
    assert mails.recipients == ["siti@example.com"]
    assert [mail["Bcc"] for mail in mails.mails] == [None]
    assert "MAIL FROM:<x@example.com>" in text_of(mails.mails[0])


@pytest.mark.parametrize(
    ("recipient", "subject"),
    [("siti@example.com", "hi\r\nBcc: x@example.com"), ("siti@example.com\nBcc: x@example.com", "hi")],
)
def test_a_line_break_in_a_header_is_refused(recipient: str, subject: str) -> None:
    settings = mail_settings("smtp://127.0.0.1", SENDER)
    assert settings is not None
    with pytest.raises(ValueError, match=r"header|addr|linefeed|domain"):
        compose(settings.sender, recipient, subject=subject, text="", language="en", mail_id="d_1", at=utc_now())


async def _leaves_an_email(guest: OutwardPlay, email: str = "guest@example.com") -> None:
    await guest.asks_for_a_person()
    card = (await guest.messages())[-1].card
    assert card is not None
    await guest.chooses(card["submit"], email=email)
    await guest.is_claimed()


async def test_who_left_an_address_and_went_gets_the_answer_there_once(guest: OutwardPlay, mails: MailServer) -> None:
    await _leaves_an_email(guest)
    await guest.agent_says("Your parcel is in Klang.", "c1")
    await guest.agent_says("It comes tomorrow.", "c2")
    [row] = await guest.outbox()
    assert (row.state, row.recipient) == ("waiting", "guest@example.com")
    assert timedelta(minutes=1) < row.not_before - utc_now() <= timedelta(minutes=2)
    await guest.all_is_due()
    async with sending(guest, outward(smtp_url=mails.url)):
        await guest.until("sent")
        await guest.agent_says("Anything else?", "c3")
        await guest.all_is_due()
        await guest.until("sent", "sent")
    first, second = map(text_of, mails.mails)
    assert mails.recipients == ["guest@example.com"] * 2
    assert mails.mails[0]["Subject"] == "Kedai Ramah has answered you"
    assert "Aisyah has answered you" in first
    assert "    Your parcel is in Klang.\n\n    It comes tomorrow.\n" in first
    assert "    Anything else?\n" in second
    assert "Klang" not in second


async def test_who_has_read_the_answer_gets_no_mail(guest: OutwardPlay, mails: MailServer) -> None:
    await _leaves_an_email(guest)
    [said] = await guest.agent_says("Your parcel is in Klang.", "c1")
    await guest.log.write(lambda connection: mark_read(connection, guest.id, said.seq, utc_now()))
    await guest.all_is_due()
    async with sending(guest, outward(smtp_url=mails.url)):
        await guest.until()
    assert mails.mails == []


async def test_who_writes_on_is_still_there_and_gets_no_mail(guest: OutwardPlay, mails: MailServer) -> None:
    await _leaves_an_email(guest)
    await guest.agent_says("Your parcel is in Klang.", "c1")
    await guest.says("thanks!")
    await guest.all_is_due()
    async with sending(guest, outward(smtp_url=mails.url)):
        await guest.until()
    assert mails.mails == []


async def test_an_agent_who_writes_on_delays_the_mail_for_ten_minutes_at_most(guest: OutwardPlay) -> None:
    await _leaves_an_email(guest)
    for minute in range(0, 16, 1):
        await guest.agent_says(f"{minute}", f"c{minute}")
        guest.later(timedelta(minutes=1))
    [row] = await guest.outbox()
    assert row.not_before - row.created_at == timedelta(minutes=10)


async def test_who_left_no_address_gets_no_mail(guest: OutwardPlay) -> None:
    await guest.asks_for_a_person()
    await guest.is_claimed()
    await guest.agent_says("Hello?", "c1")
    assert await guest.outbox() == []


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "start_tls"),
    [
        ("smtp://mail.example", "mail.example", 25, False, None),
        ("smtp://me:p%40ss@mail.example:587?starttls", "mail.example", 587, False, True),
        ("smtps://me:p%40ss@mail.example", "mail.example", 465, True, False),
        ("smtp://me:p%40ss@localhost:2525", "localhost", 2525, False, None),
    ],
)
def test_where_mail_goes_is_one_address(url: str, host: str, port: int, tls: bool, start_tls: bool | None) -> None:
    settings = mail_settings(url, SENDER)
    assert settings is not None
    assert (settings.host, settings.port, settings.tls, settings.start_tls) == (host, port, tls, start_tls)
    assert settings.password in {None, "p@ss"}
    assert "p@ss" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://mail.example", SENDER),
        ("smtp://", SENDER),
        ("smtp://mail.example:99999", SENDER),
        ("smtp://mail.example?tls", SENDER),
        ("smtp://me:hidden@mail.example", SENDER),
        ("smtp://mail.example", ""),
        ("smtp://mail.example", "Kedai Ramah"),
    ],
)
def test_mail_settings_that_could_not_work_are_refused_at_the_start(url: str, sender: str) -> None:
    with pytest.raises(ValueError, match=r"RAMAH_(SMTP_URL|MAIL_FROM) ") as refused:
        mail_settings(url, sender)
    assert "hidden" not in str(refused.value)


def test_a_language_whose_words_do_not_fit_is_refused_at_the_start(tmp_path: Path) -> None:
    english = (DATA / "desk/mail.en.yml").read_text("utf-8")
    (tmp_path / "mail.en.yml").write_text(english)
    (tmp_path / "mail.ta.yml").write_text(english.replace("{shop}", "{shop.__class__}"))
    with pytest.raises(ValueError, match=r"mail\.ta\.yml"):
        MailWords(tmp_path)
