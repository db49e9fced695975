"""An agent sees the bot's form on the page, fills it in, and hands the conversation back at that very step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import APIResponse, Route, expect

from bot.store.models import Order
from tests.desk.page.conftest import Picture, SignedIn, Visit
from tests.desk.page.panel_fixtures import field, handed_back, order, own_desk, own_engine, panel, stock, take
from tests.desk.processes import DeskEngine
from tests.until import until

__all__ = ["order", "own_desk", "own_engine", "stock", "take"]

pytestmark = pytest.mark.browser

SAYS = "a person with form please"


def test_agent_fills_in_the_open_question_and_hands_back_with_keys_alone(
    signed_in: SignedIn, visit: Visit, own_engine: DeskEngine, picture: Picture
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    expect(field(desk, "new_address")).to_contain_text("asked now")
    desk.press("Escape", "d", "e")
    expect(field(desk, "new_address").get_by_label("Street and number")).to_be_focused()
    desk.type("12 Jalan Kebun")
    desk.press("Tab", "Tab", "Tab")
    desk.type("41000")
    desk.press("Tab")
    desk.type("Klang")
    desk.press("Enter")
    expect(field(desk, "new_address")).to_contain_text("12 Jalan Kebun, 41000 Klang")
    expect(field(desk, "new_address")).to_contain_text("by Aini")
    expect(field(desk, "address_confirmed")).to_contain_text("asked now")
    picture(desk.page, "form-filled")
    desk.press("h")
    expect(desk.dialog).to_contain_text("12 Jalan Kebun")
    expect(desk.dialog).to_contain_text("asks for a yes")
    picture(desk.page, "hand-back")
    desk.press("Control+Enter")
    desk.has("The bot")
    until(lambda: waiting.owner == "bot")
    until(lambda: handed_back(own_engine, waiting.id) != [])
    assert handed_back(own_engine, waiting.id)[0]["slots"]["new_address"]["line1"] == "12 Jalan Kebun"


def test_a_wrong_postcode_is_told_at_its_field_and_nothing_typed_is_lost(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    field(desk, "new_address").get_by_role("button", name="Fill in: New address").click()
    street, postcode = (field(desk, "new_address").get_by_label(name) for name in ("Street and number", "Postcode"))
    street.fill("12 Jalan Kebun")
    field(desk, "new_address").get_by_label("Town or city").fill("Klang")
    postcode.fill("4")
    postcode.press("Enter")
    expect(postcode).to_have_attribute("aria-invalid", "true")
    expect(postcode).to_have_accessible_description(re.compile("doesn't look right"))
    expect(postcode).to_be_focused()
    expect(street).to_have_attribute("aria-invalid", "false")
    expect(street).to_have_value("12 Jalan Kebun")
    desk.complaints.clear()  # the browser reports every 422
    postcode.fill("41000")
    postcode.press("Enter")
    expect(field(desk, "new_address")).to_contain_text("by Aini")


def test_what_one_types_stays_while_the_conversation_goes_on(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "d", "e")
    expect(field(desk, "new_address").get_by_label("Street and number")).to_be_focused()
    desk.type("12 Jalan")
    waiting.write("Are you there? It goes to 3 Jalan Mawar, 41000 Klang, Selangor")
    expect(panel(desk, "form")).to_contain_text("Said meanwhile")
    desk.type(" Kebun")
    expect(field(desk, "new_address").get_by_label("Street and number")).to_have_value("12 Jalan Kebun")
    desk.press("Escape")
    expect(field(desk, "new_address").get_by_role("button", name="Fill in: New address")).to_be_focused()


def test_agent_ticks_what_the_shopper_said_and_takes_it_back(
    signed_in: SignedIn, visit: Visit, picture: Picture
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    waiting.write("3 Jalan Mawar, 41000 Klang, Selangor")
    said = panel(desk, "form").locator(".candidate")
    expect(said).to_contain_text("“3 Jalan Mawar, 41000 Klang, Selangor”")
    picture(desk.page, "form-candidate")
    desk.press("Escape", "h")
    expect(desk.dialog).to_contain_text("Said meanwhile, but not used: 3 Jalan Mawar")
    desk.press("Escape", "d", "u")
    expect(said.get_by_role("button", name=re.compile("Use for New address"))).to_be_focused()
    desk.press("Enter")
    expect(field(desk, "new_address")).to_contain_text("3 Jalan Mawar, 41000 Klang")
    expect(field(desk, "new_address")).to_contain_text("by Aini")
    expect(said).to_have_count(0)
    field(desk, "new_address").get_by_role("button", name="Take back").click()
    expect(field(desk, "new_address")).to_contain_text("asked now")
    expect(said).to_be_visible()
    said.get_by_role("button", name="Show the message").click()
    expect(desk.log.locator(".message", has_text="3 Jalan Mawar").last).to_be_focused()


def test_a_look_that_comes_back_late_takes_nothing_back(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    waiting.write("3 Jalan Mawar, 41000 Klang, Selangor")
    use = panel(desk, "form").locator(".candidate").get_by_role("button", name=re.compile("Use for New address"))
    expect(use).to_be_visible()
    late: list[tuple[Route, APIResponse]] = []
    details = re.compile(rf"/desk/v1/conversations/{waiting.id}$")
    desk.page.route(details, lambda route: late.append((route, route.fetch())), times=1)
    desk.press("Escape", "n")
    desk.type("Moved house, it seems.")
    with desk.page.expect_request(details):
        desk.press("Enter")
    use.click()
    expect(field(desk, "new_address")).to_contain_text("by Aini")
    [(route, answer)] = late
    with desk.page.expect_response(details):
        route.fulfill(response=answer)
    desk.page.evaluate("fetch('/desk/v1/session').then((later) => later.json())")  # what came before it is drawn
    assert "by Aini" in field(desk, "new_address").inner_text()
    assert use.count() == 0


def test_agent_lets_the_bot_begin_another_job_and_sees_where_it_goes_on(
    signed_in: SignedIn, visit: Visit, own_engine: DeskEngine
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "h")
    expect(desk.dialog.locator(".then")).to_have_text("The bot asks next: New address.")
    desk.dialog.get_by_label("Begin: Cancel an order").check()
    expect(desk.dialog.locator(".then")).to_have_text("The bot asks next: Reason.")
    desk.press("Control+Enter")
    until(lambda: [each["job"] for each in handed_back(own_engine, waiting.id)] == ["cancel_order"])


def test_an_order_that_is_not_there_is_refused_in_one_sentence(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    field(desk, "order_id").get_by_role("button", name="Change: Order").click()
    number = field(desk, "order_id").get_by_role("textbox", name="Order", exact=True)
    number.fill("9999999")
    number.press("Enter")
    expect(number).to_have_accessible_description(re.compile("cannot be taken"))
    desk.complaints.clear()  # the browser reports every 422


def test_who_does_not_have_the_conversation_reads_the_form_and_changes_nothing(
    signed_in: SignedIn, visit: Visit, order: Order
) -> None:
    waiting, desk, other = visit(SAYS), signed_in("Aini"), signed_in("Eko")
    desk.claims(waiting.id)
    other.open(waiting.id, "all")
    expect(field(other, "order_id")).to_contain_text(f"#{order.number}")
    expect(panel(other, "form")).to_contain_text("Only who has this conversation")
    expect(panel(other, "form").get_by_role("button")).to_have_count(0)
    desk.press("Escape", "d", "e")
    expect(field(desk, "new_address").get_by_label("Street and number")).to_be_focused()
    desk.type("12 Jalan Kebun")
    desk.press("Tab", "Tab", "Tab")
    desk.type("41000")
    desk.press("Tab")
    desk.type("Klang")
    desk.press("Enter")
    expect(field(other, "new_address")).to_contain_text("by Aini")
