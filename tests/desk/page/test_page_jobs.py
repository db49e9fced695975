"""Order jobs from the page beside cancelling and moving: exchange, replace, lost, and what only a person may do."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from bot.conversations.times import utc_now
from bot.orders.exchange import exchange_choices
from bot.orders.returnable import returnable_items
from bot.store.models import Order, OrderState, ShipmentState
from tests.demo_store.process import RunningStore
from tests.desk.order_bench import POLICY
from tests.desk.order_fixtures import Take
from tests.desk.page.conftest import Picture, SignedIn, Visit
from tests.desk.page.desk_page import DeskPage
from tests.desk.page.panel_fixtures import at_the_store, order, own_desk, own_engine, panel, stock, take

__all__ = ["order", "own_desk", "own_engine", "stock", "take"]

pytestmark = pytest.mark.browser

SAYS = "a person with form please"


def finds(desk: DeskPage, order: Order) -> Locator:
    """The jobs of an order that the conversation does not know."""
    desk.press("Escape", "d", "n")
    jobs = panel(desk, "jobs")
    expect(jobs.get_by_label("Order number")).to_be_focused()
    desk.type(order.number)
    jobs.get_by_label("Email, phone or postcode").fill(order.customer.email or order.shipping_address.postcode)
    desk.press("Enter")
    expect(jobs).to_contain_text(f"Order {order.number}")
    return jobs


def confirms(desk: DeskPage, heading: str) -> None:
    jobs = panel(desk, "jobs")
    jobs.get_by_role("button", name="Preview").click()
    expect(jobs.get_by_role("heading", name=heading)).to_be_focused()
    expect(jobs).to_contain_text("Next steps")
    jobs.get_by_role("button", name="Confirm").click()
    expect(jobs).to_contain_text("Done.")


def line_to_send_back(order: Order, reason: str) -> str | None:
    if order.customer.email is None or order.state is not OrderState.delivered:
        return None
    items = returnable_items(order, POLICY, utc_now(), reason)
    return next((item.line_id for item in items if item.quantity), None)


def test_agent_exchanges_a_piece_for_another_variant(
    signed_in: SignedIn, visit: Visit, store: RunningStore, take: Take, picture: Picture
) -> None:
    def fits(each: Order) -> bool:
        line_id = line_to_send_back(each, "does_not_fit")
        if line_id is None:
            return False
        line = next(line for line in each.lines if line.id == line_id)
        product = at_the_store(store, lambda api: api.product(line.product_id))
        same_price = [one for one in exchange_choices(product, line) if one.price == line.unit_price]
        return line.quantity == 1 and bool(same_price)

    other = take(fits)
    line_id = line_to_send_back(other, "does_not_fit")
    title = next(line.title for line in other.lines if line.id == line_id)
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    jobs = finds(desk, other)
    jobs.get_by_role("button", name="Return items").click()
    jobs.locator(".item", has_text=title).get_by_role("checkbox").check()
    jobs.get_by_label("Reason").select_option("Does not fit")
    jobs.get_by_label("Exchange", exact=True).check()
    wanted = jobs.get_by_label(f"In exchange for {title}")
    expect(wanted).to_be_visible()
    picture(desk.page, "exchange-form")
    jobs.get_by_role("button", name="Preview").click()
    expect(jobs.get_by_role("alert")).not_to_be_empty()
    desk.complaints.clear()  # the browser reports every 409
    wanted.select_option(index=1)
    for yes in jobs.get_by_label("Yes", exact=True).all():
        yes.check()
    confirms(desk, f"Exchange something of order #{other.number}")
    [case] = at_the_store(store, lambda api: api.get_order(other.id)).cases
    assert case.reason == "does_not_fit"
    assert [item.line_id for item in case.items] == [line_id]
    expect(desk.log.locator(".message.agent")).to_contain_text(case.number)


def test_agent_replaces_what_came_broken_with_the_shoppers_photo(
    signed_in: SignedIn, visit: Visit, store: RunningStore, take: Take, picture: Picture
) -> None:
    other = take(lambda each: line_to_send_back(each, "damaged") is not None)
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    jobs = finds(desk, other)
    jobs.get_by_role("button", name="Replace items").click()
    jobs.get_by_label("Reason").select_option("Arrived damaged")
    expect(jobs).to_contain_text("ask the shopper for one")
    waiting.send_photo(a_photo())
    expect(desk.log.locator(".message.shopper img")).to_be_visible()
    jobs.get_by_role("button", name="Back", exact=True).click()
    jobs.get_by_role("button", name="Replace items").click()
    line_id = line_to_send_back(other, "damaged")
    title = next(line.title for line in other.lines if line.id == line_id)
    jobs.locator(".item", has_text=title).get_by_role("checkbox").first.check()
    jobs.get_by_label("Reason").select_option("Arrived damaged")
    expect(jobs.locator(".photo-check img")).to_be_visible()
    jobs.locator(".photo-check").get_by_role("checkbox").check()
    picture(desk.page, "replace-form")
    confirms(desk, f"Replace something of order #{other.number}")
    [case] = at_the_store(store, lambda api: api.get_order(other.id)).cases
    assert case.reason == "damaged"


def test_agent_reports_a_lost_parcel(signed_in: SignedIn, visit: Visit, store: RunningStore, take: Take) -> None:
    def lost(each: Order) -> bool:
        return each.customer.email is not None and [one.state for one in each.shipments] == [ShipmentState.lost]

    other = take(lost)
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    jobs = finds(desk, other)
    jobs.get_by_role("button", name="Report a lost parcel").click()
    jobs.get_by_role("button", name="Preview").click()
    expect(jobs.get_by_role("alert")).to_contain_text("choose")
    jobs.get_by_label("A new one").check()
    confirms(desk, f"Report the parcel of order #{other.number} as lost")
    [case] = at_the_store(store, lambda api: api.get_order(other.id)).cases
    expect(desk.log.locator(".message.agent")).to_contain_text(case.number)


def test_agent_reads_why_the_bot_might_not_and_stops_a_packed_order(
    signed_in: SignedIn, visit: Visit, store: RunningStore, take: Take, picture: Picture
) -> None:
    other = take(lambda each: each.state is OrderState.packed and each.customer.email is not None)
    waiting, desk = visit(SAYS), signed_in()
    desk.claims(waiting.id)
    jobs = finds(desk, other)
    expect(jobs.locator("li", has_text="Cancel an order")).to_contain_text("It is packed and about to leave.")
    jobs.get_by_role("button", name="Cancel an order").click()
    jobs.get_by_label("Ordered twice").check()
    jobs.get_by_role("button", name="Preview").click()
    expect(jobs).to_contain_text("The bot may not do this, you may: It is packed and about to leave.")
    picture(desk.page, "left-to-a-person")
    jobs.get_by_role("button", name="Confirm").click()
    expect(jobs).to_contain_text("Done.")
    assert at_the_store(store, lambda api: api.get_order(other.id)).state is OrderState.cancelled


def a_photo() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(kept, "JPEG")
    return kept.getvalue()
