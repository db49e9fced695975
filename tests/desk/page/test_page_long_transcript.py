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


def _says(connection: Connection, conversation_id: str, lines: int) -> None:
    said = [Draft(SHOPPER, f"line {number}.") for number in range(lines)]
    append(connection, hold_conversation(connection, conversation_id), said, utc_now())


def test_agent_scrolls_up_to_what_was_said_long_before(signed_in: SignedIn, visit: Visit, own_desk: Desk) -> None:
    waiting, desk = visit("a person please, says the first line"), signed_in()

    own_desk.write(lambda connection: _says(connection, waiting.id, 2 * PAGE))
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


def test_agent_who_has_just_scrolled_up_is_not_taken_back_by_what_comes(
    signed_in: SignedIn, visit: Visit, own_desk: Desk
) -> None:
    """The browser tells the page of scrolling only with its next picture; a message may be there before."""
    waiting, desk = visit("a person please, says the first line"), signed_in()
    own_desk.write(lambda connection: _says(connection, waiting.id, PAGE // 2))
    desk.open(waiting.id)
    expect(desk.log.locator(".message").last).to_contain_text(f"line {PAGE // 2 - 1}.")
    at = desk.log.evaluate(
        """async log => {
            const { emit } = await import('/desk/state.js');
            await new Promise(requestAnimationFrame);
            log.scrollTop = 0;
            emit('messages', {});
            return log.scrollTop;
        }"""
    )
    assert at == 0
