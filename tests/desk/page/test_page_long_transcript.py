"""An agent reads a conversation that goes further back than one page of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.lookup import hold_conversation
from bot.conversations.records import SHOPPER
from bot.conversations.times import utc_now
from bot.desk.conversation.conversation_view import PAGE
from tests.desk.page.conftest import SignedIn, Visit
from tests.desk.processes import Desk

pytestmark = pytest.mark.browser


def test_agent_scrolls_up_to_what_was_said_long_before(signed_in: SignedIn, visit: Visit, own_desk: Desk) -> None:
    waiting, desk = visit("a person please, says the first line"), signed_in()

    def goes_on(connection: Connection) -> None:
        held = hold_conversation(connection, waiting.id)
        lines = [Draft(SHOPPER, f"line {number}.") for number in range(2 * PAGE)]
        append(connection, held, lines, utc_now())

    own_desk.write(goes_on)
    desk.open(waiting.id)
    messages, earlier = desk.log.locator(".message"), desk.page.get_by_role("button", name="Earlier messages")
    expect(messages.last).to_contain_text(f"line {2 * PAGE - 1}.")
    expect(messages).to_have_count(PAGE)
    was_first = messages.filter(has_text=re.compile(rf"line {PAGE}\."))
    desk.log.evaluate("log => { log.scrollTop = 0; }")
    expect(messages).to_have_count(2 * PAGE)
    expect(was_first).to_be_in_viewport()
    earlier.evaluate("button => button.click()")
    expect(messages.first).to_contain_text("says the first line")
    expect(earlier).to_be_hidden()
    assert was_first.count() == 1
