"""A person takes over in the middle of the bot's form, helps, and the bot goes on at that very step."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk.page.desk_page import DeskPage
from tests.desk.page.panel_fixtures import field, panel
from tests.desk.two_browsers.shop_page import ShopPage
from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.store_reader import FreshStore
from tests.stack import Stack
from tests.web.conftest import Picture

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_agent_fills_in_the_open_question_and_the_bot_asks_the_next_one(
    shopper: ShopPage, agent: DeskPage, shop: FreshStore, picture: Picture
) -> None:
    shopper.ask("return 1 tee from 1071, meiling@example.com", "reason")
    picture(shopper.page, "desk-1-form-shopper-before")
    shopper.wants_a_person()
    asked = len(shopper.bubbles("bot"))
    agent.claims(shopper.id)
    shopper.has("Aini")
    expect(panel(agent, "form")).to_contain_text("Return items")
    expect(field(agent, "order_id")).to_contain_text("#1071")
    expect(field(agent, "order_id")).to_contain_text("by the bot")
    expect(field(agent, "return_items")).to_contain_text("Tee")
    expect(field(agent, "return_reason")).to_contain_text("asked now")
    picture(agent.page, "desk-1-form-agent")

    agent.page.get_by_role("button", name="Fill in: Reason").click()
    field(agent, "return_reason").get_by_role("combobox").select_option(label="Does not fit")
    field(agent, "return_reason").get_by_role("button", name="Save").click()
    expect(field(agent, "return_reason")).to_contain_text("Does not fit")
    expect(field(agent, "return_reason")).to_contain_text("by Aini")
    expect(panel(agent, "form").locator(".asked")).to_contain_text("Is everything unused?")
    picture(agent.page, "desk-1-form-agent-filled")
    panel(agent, "form").get_by_role("button", name="Hand back").click()
    expect(agent.dialog).to_contain_text("Does not fit")
    picture(agent.page, "desk-1-form-agent-hand-back")
    agent.dialog.get_by_role("button", name="Hand back").click()
    agent.has("The bot")

    shopper.has_the_bot()
    shopper.sees("Is everything unused?")
    picture(shopper.page, "desk-1-form-shopper")
    shopper.press("Yes")
    shopper.sees("What would you like instead?")
    shopper.press("My money back")
    shopper.sees("This is what will happen.")
    later = " ".join(shopper.bubbles("bot")[asked:])
    for known in ("order number", "Which items", "What's the reason", "email"):
        assert known not in later
    shopper.press("Yes, send the request")
    expect(shopper.page.locator("ramah-chat .card", has_text="Case ").last).to_be_visible()
    expect(agent.log).to_contain_text("Case ")
    picture(agent.page, "desk-1-form-agent-after")
    case = shop.orders()["1071"]["cases"][-1]
    assert (case["items"][0]["line_id"], case["reason"]) == ("2", "does_not_fit")


def test_what_the_shopper_tells_a_person_changes_nothing_until_the_agent_ticks_it(
    shopper: ShopPage, agent: DeskPage, stack: Stack, shop: FreshStore, picture: Picture
) -> None:
    shopper.ask("change address of 1060 nurul@example.com", "new address")
    shopper.wants_a_person()
    agent.claims(shopper.id)
    agent.type("Hello, I am here.")
    agent.press("Enter")
    shopper.hears("Hello, I am here.")
    log = LogReader(stack.log_database, shopper.id)
    before, bots = log.last_turn(), len(shopper.bubbles("bot"))

    shopper.say("yes")
    shopper.say("cancel order 1047 instead, aisyah@example.com")
    shopper.say("no sorry, please send it to 3 Jalan Mawar, 41000 Klang, Selangor")
    said = panel(agent, "form").locator(".candidate", has_text="3 Jalan Mawar, 41000 Klang")
    expect(said).to_contain_text("New address: 3 Jalan Mawar, 41000 Klang, Selangor")
    expect(agent.log.locator(".message.shopper").last).to_contain_text("3 Jalan Mawar")
    picture(agent.page, "desk-2-facts-agent")
    picture(shopper.page, "desk-2-facts-shopper-waits")
    assert log.is_answered()
    assert log.last_turn() == before
    assert before.slots.get("new_address") is None
    assert len(shopper.bubbles("bot")) == bots

    said.get_by_role("button", name="Use for New address").click()
    expect(field(agent, "new_address")).to_contain_text("by Aini")
    expect(field(agent, "order_id")).to_contain_text("#1060")
    assert log.last_turn() == before
    agent.press("h")
    expect(agent.dialog).to_contain_text("3 Jalan Mawar")
    expect(agent.dialog).to_contain_text("but not used: #1047")
    picture(agent.page, "desk-2-facts-agent-hand-back")
    agent.press("Control+Enter")
    agent.has("The bot")

    shopper.has_the_bot()
    shopper.sees("Shall I change it?")
    expect(shopper.last).to_contain_text("3 Jalan Mawar")
    picture(shopper.page, "desk-2-facts-shopper")
    slots = log.last_turn().slots
    assert (slots["new_address"]["line1"], slots["order_id"]) == ("3 Jalan Mawar", "ord_1060")
    shopper.press("Yes, change it")
    shopper.sees("now goes to the new address")
    orders = shop.orders()
    assert orders["1060"]["shipping_address"]["line1"] == "3 Jalan Mawar"
    assert orders["1047"] == shop.orders_at_start["1047"]


def test_a_suggestion_is_inserted_by_its_key_and_sent_by_the_agent_only(
    shopper: ShopPage, agent: DeskPage, picture: Picture
) -> None:
    shopper.ask("cancel 1120 paolo@example.com", "Shall I get one?")
    shopper.press("Talk to a person")
    expect(shopper.owner).to_have_text("Waiting for a person")
    agent.claims(shopper.id)
    reply, action = agent.page.locator(".suggested").first, agent.page.locator(".suggested").last
    expect(reply).to_contain_text("Suggested reply")
    expect(action).to_contain_text("Cancel an order")
    expect(action).to_contain_text("a person may still stop it")
    picture(agent.page, "desk-6-suggestion-agent")
    text = reply.locator(".suggested-text").inner_text()

    agent.press("Alt+S")
    expect(agent.input).to_have_value(text)
    expect(agent.input).to_be_focused()
    agent.press("End")
    agent.type(" One moment.")
    expect(agent.input).to_have_value(f"{text} One moment.")
    picture(agent.page, "desk-6-suggestion-agent-inserted")
    expect(shopper.page.locator("ramah-chat .typing")).to_have_text("Aini is typing")
    assert shopper.bubbles("agent") == []
    agent.press("Enter")
    shopper.hears("One moment.")
    assert shopper.bubbles("agent") == [f"{text} One moment."]
    picture(shopper.page, "desk-6-suggestion-shopper")
    action.get_by_role("button", name="Do it").click()
    jobs = panel(agent, "jobs")
    expect(jobs.get_by_label("Ordered by mistake")).to_be_visible()
    picture(agent.page, "desk-6-suggestion-agent-next")
