"""The order then and now on the page, and an agent who does order jobs from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.store.models import Order, OrderState
from tests.demo_store.process import RunningStore
from tests.desk.order_fixtures import Take
from tests.desk.page.conftest import NewContext, Picture, SignedIn, Visit
from tests.desk.page.desk_page import DeskPage
from tests.desk.page.panel_fixtures import at_the_store, moves, order, own_desk, own_engine, paid, panel, stock, take
from tests.desk.page.visitor import Visitor
from tests.desk.processes import Desk, DeskEngine
from tests.web.test_accessibility import violations

__all__ = ["order", "own_desk", "own_engine", "stock", "take"]

pytestmark = pytest.mark.browser

SAYS = "a person with form please"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}


def _state(store: RunningStore, order: Order) -> OrderState:
    return at_the_store(store, lambda api: api.get_order(order.id)).state


def test_what_has_changed_since_the_handoff_is_marked_in_words(
    signed_in: SignedIn, visit: Visit, store: RunningStore, order: Order, picture: Picture
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    moves(store, order, "77 Jalan Baru")
    desk.open(waiting.id)
    here = panel(desk, "order")
    expect(here).to_contain_text("One thing has changed")
    changed = here.locator(".moment.changed")
    expect(changed).to_have_count(1)
    expect(changed).to_contain_text("changed")
    expect(changed.locator(".two > div").last).to_contain_text("77 Jalan Baru")
    expect(changed.locator(".two > div").first).not_to_contain_text("77 Jalan Baru")
    picture(desk.page, "order-then-and-now")


def test_a_store_that_is_down_is_told_and_the_order_of_then_is_there(
    new_context: NewContext, tmp_path: Path, own_engine: DeskEngine, store: RunningStore
) -> None:
    desk = Desk(tmp_path / "down", own_engine.url, store, store_url="http://127.0.0.1:9")
    desk.start()
    visitor = Visitor(desk.url)
    try:
        visitor.say(SAYS)
        page = DeskPage(new_context().new_page(), desk.url)
        page.sign_in(desk.add_agent("Aini"))
        page.open(visitor.id)
        expect(panel(page, "order")).to_contain_text("The store does not answer", timeout=60_000)
        expect(panel(page, "order")).to_contain_text("as it was then")
        expect(panel(page, "jobs").get_by_role("button", name="Look again")).to_be_visible(timeout=60_000)
    finally:
        visitor.leave()
        desk.kill()


def test_agent_cancels_the_order_with_preview_and_yes_by_keyboard(
    signed_in: SignedIn, visit: Visit, store: RunningStore, order: Order, picture: Picture
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    jobs = panel(desk, "jobs")
    expect(jobs.locator("li", has_text="Return items")).to_contain_text("It has not been delivered yet.")
    desk.press("Escape", "d", "3")
    expect(jobs.get_by_label("No longer needed")).to_be_focused()
    desk.press("Control+Enter")
    expect(jobs.get_by_role("alert")).to_have_text("Please choose a reason.")
    desk.press("Space", "Enter")
    expect(jobs.get_by_role("heading", name=f"Cancel order #{order.number}")).to_be_focused()
    expect(jobs).to_contain_text("Next steps")
    assert _state(store, order) is OrderState.paid
    picture(desk.page, "cancel-preview")
    desk.press("Escape")
    expect(jobs.get_by_label("No longer needed")).to_be_checked()
    desk.press("Enter")
    expect(jobs.get_by_role("heading", name=f"Cancel order #{order.number}")).to_be_focused()
    desk.press("Control+Enter")
    expect(jobs).to_contain_text("Done.")
    picture(desk.page, "cancel-done")
    assert _state(store, order) is OrderState.cancelled
    expect(desk.log.locator(".message.agent")).to_contain_text(f"#{order.number}")
    expect(panel(desk, "tried")).to_contain_text("Cancel an order done")
    expect(panel(desk, "tried")).to_contain_text("Aini")
    expect(panel(desk, "order").locator(".moment.changed").first).to_be_visible()
    jobs.get_by_role("button", name="All jobs").click()
    expect(jobs.locator("li", has_text="Cancel an order")).to_contain_text("The order is cancelled.")


def test_an_order_that_changed_while_the_agent_read_is_shown_anew(
    signed_in: SignedIn, visit: Visit, store: RunningStore, order: Order, picture: Picture
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "d", "2")
    jobs = panel(desk, "jobs")
    jobs.get_by_label("Street and number").fill("1 Jalan Kami")
    desk.press("Enter")
    expect(jobs.locator(".new_address")).to_contain_text("1 Jalan Kami")
    expect(jobs.locator(".old_address")).to_contain_text(order.shipping_address.line1)
    moves(store, order, "2 Jalan Mereka")
    desk.press("Control+Enter")
    expect(jobs).to_contain_text("The order has changed meanwhile.")
    expect(jobs.locator(".box")).to_contain_text("2 Jalan Mereka")
    picture(desk.page, "changed-meanwhile")
    desk.complaints.clear()  # the browser reports every 409
    jobs.get_by_role("button", name="Begin again").click()
    expect(jobs.get_by_label("Street and number")).to_have_value("2 Jalan Mereka")


def test_a_wrong_postcode_of_a_new_address_is_told_at_its_field(
    signed_in: SignedIn, visit: Visit, order: Order
) -> None:
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "d", "2")
    postcode = panel(desk, "jobs").get_by_label("Postcode")
    postcode.fill("4")
    postcode.press("Enter")
    expect(postcode).to_have_attribute("aria-invalid", "true")
    expect(postcode).to_be_focused()
    desk.complaints.clear()  # the browser reports every 422


def test_agent_finds_another_order_and_takes_something_back(
    signed_in: SignedIn, visit: Visit, take: Take, picture: Picture
) -> None:
    other = take(lambda one: one.number == "1071" or (one.state is OrderState.delivered and len(one.lines) > 1))
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "d", "n")
    jobs = panel(desk, "jobs")
    expect(jobs.get_by_label("Order number")).to_be_focused()
    desk.type(other.number)
    desk.press("Enter")
    expect(jobs.get_by_role("alert")).to_contain_text("No such order")
    desk.complaints.clear()  # the browser reports every 404
    jobs.get_by_label(re.compile("Email, phone or postcode")).fill(other.customer.email or "")
    desk.press("Enter")
    expect(jobs).to_contain_text(f"Order {other.number}")
    expect(jobs).to_contain_text("not known to be this shopper's")
    picture(desk.page, "another-order")
    jobs.get_by_role("button", name="Back to the shopper's order").click()
    expect(jobs).not_to_contain_text("not known to be")


def test_past_conversations_about_the_same_order_open_from_the_history(signed_in: SignedIn, visit: Visit) -> None:
    before, waiting, desk = visit(SAYS), visit(SAYS), signed_in()
    desk.open(waiting.id)
    desk.press("d", "h")
    link = panel(desk, "history").locator(f'a[href$="{before.id}"]')
    expect(link).to_contain_text("Wants a person")
    link.press("Enter")
    expect(desk.page).to_have_url(re.compile(before.id))


def test_the_suggested_job_opens_in_the_details(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("action_failed person with form please"), signed_in()
    desk.claims(waiting.id)
    suggested = desk.page.locator(".suggested", has_text="Change the address")
    expect(suggested).to_be_visible()
    suggested.get_by_role("button", name="Do it").click()
    expect(panel(desk, "jobs").get_by_label("Street and number")).to_be_visible()


@pytest.mark.parametrize(("size", "scheme"), [({}, "light"), ({}, "dark"), (PHONE, "light")])
def test_axe_finds_nothing_in_the_open_details(  # noqa: PLR0917 - fixtures
    signed_in: SignedIn,
    visit: Visit,
    store: RunningStore,
    order: Order,
    picture: Picture,
    size: dict[str, object],
    scheme: str,
) -> None:
    assert paid(order)
    waiting = visit(SAYS)
    desk = signed_in(color_scheme=scheme, reduced_motion="reduce", **size)
    name = f"details-{'phone' if size else 'desktop'}-{scheme}"
    desk.claims(waiting.id)
    waiting.write("3 Jalan Mawar, 41000 Klang, Selangor")
    moves(store, order, "88 Jalan Baru")
    desk.page.goto(f"{desk.url}#/mine/{waiting.id}/info")
    for key in ("orders", "history"):
        panel(desk, key).locator("summary").first.click()
    panel(desk, "order").get_by_role("button", name="Look again").click()
    expect(panel(desk, "order").locator(".moment.changed")).to_be_visible()
    expect(panel(desk, "orders")).to_contain_text(f"Order {order.number}")
    panel(desk, "orders").get_by_label(f"Details of order {order.number}").click()
    assert violations(desk.page) == []
    picture(desk.page, f"{name}-1")
    field = panel(desk, "form").get_by_role("button", name="Fill in: New address")
    field.click()
    expect(panel(desk, "form").get_by_label("Postcode")).to_be_visible()
    panel(desk, "jobs").get_by_role("button", name="Cancel an order").click()
    assert violations(desk.page) == []
    picture(desk.page, f"{name}-2")
    panel(desk, "jobs").get_by_label("Ordered twice").check()
    panel(desk, "jobs").get_by_role("button", name="Preview").click()
    expect(panel(desk, "jobs")).to_contain_text("Next steps")
    assert violations(desk.page) == []
    picture(desk.page, f"{name}-3")
    small = desk.page.locator(".panels button:visible, .panels summary:visible").evaluate_all(
        "nodes => nodes.filter(n => n.offsetHeight < 24 || n.offsetWidth < 24).map(n => n.outerHTML)"
    )
    assert small == []
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
