"""The order at the desk: then and now, what was tried, and the same jobs as the bot's."""

from __future__ import annotations

import secrets
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from bot.store.models import Address
from tests.desk.page.desk_page import DeskPage
from tests.desk.page.panel_fixtures import panel
from tests.desk.two_browsers.conftest import AtTheStore, Enter
from tests.desk.two_browsers.shop_page import ShopPage
from tests.end_to_end.shopper import await_the_store
from tests.end_to_end.store_reader import FreshStore
from tests.stack import Stack
from tests.until import until
from tests.web.conftest import Picture

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_what_has_changed_in_the_order_since_the_handoff_is_marked(
    shopper: ShopPage, agent: DeskPage, at_the_store: AtTheStore[Any], picture: Picture
) -> None:
    shopper.ask("cancel 1060 nurul@example.com", "reason")
    shopper.wants_a_person()
    agent.claims(shopper.id)
    here = panel(agent, "order")
    expect(here).to_contain_text("Nothing has changed since")
    expect(here.locator(".moment.changed")).to_have_count(0)
    picture(agent.page, "desk-3-order-agent-then")

    order = at_the_store(lambda api: api.get_order("ord_1060"))
    moved = Address(**{**order.shipping_address.dict(), "line1": "77 Jalan Baru", "postcode": "43000"})
    at_the_store(lambda api: api.change_address(order.id, moved, key="somebody-else"))
    here.get_by_role("button", name="Look again").click()
    changed = here.locator(".moment.changed")
    expect(changed).to_have_count(1)
    expect(changed).to_contain_text("changed")
    then, now = changed.locator(".two > div").first, changed.locator(".two > div").last
    expect(then).to_contain_text(order.shipping_address.postcode)
    expect(then).not_to_contain_text("77 Jalan Baru")
    expect(now).to_contain_text("77 Jalan Baru")
    changed.scroll_into_view_if_needed()
    picture(agent.page, "desk-3-order-agent")
    picture(shopper.page, "desk-3-order-shopper")


def test_order_that_moves_while_the_agent_looks_is_marked_without_a_hand(
    shopper: ShopPage, agent: DeskPage, stack: Stack
) -> None:
    shopper.ask("where is 1047 aisyah@example.com", "on its way")
    shopper.wants_a_person()
    agent.claims(shopper.id)
    here = panel(agent, "order")
    expect(here).to_contain_text("Nothing has changed since")
    headers = {"Authorization": f"Bearer {stack.settings.store_key}", "Idempotency-Key": secrets.token_hex(8)}
    url = f"{stack.settings.store_url}/v1/orders/1047/parcels"
    assert httpx.post(url, json={"state": "out_for_delivery"}, headers=headers, trust_env=False).status_code == 200
    expect(here.locator(".moment.changed").first).to_contain_text("changed", timeout=60_000)


def test_agent_sees_what_was_tried_with_masked_data_and_how_it_failed(
    enter: Enter, agent: DeskPage, stack: Stack, shop: FreshStore, picture: Picture
) -> None:
    refused = enter()
    refused.ask("cancel 1120 paolo@example.com", "Shall I get one?")
    refused.press("Talk to a person")
    expect(refused.owner).to_have_text("Waiting for a person")
    agent.claims(refused.id)
    tried = panel(agent, "tried").locator(".tried")
    expect(tried).to_have_count(1)
    expect(tried).to_contain_text("Cancel an order refused by the shop's rules")
    expect(tried).to_contain_text("packed")
    expect(tried.locator("time")).to_be_visible()
    tried.scroll_into_view_if_needed()
    picture(agent.page, "desk-4-tried-agent-refused")
    picture(refused.page, "desk-4-tried-shopper-refused")

    failed = enter()
    failed.ask("change address of 1060 nurul@example.com", "new address")
    failed.ask("14 jalan damai 3, 43650 bandar baru bangi, selangor", "Shall I change it?")
    with stack.dead("demo store"):
        failed.press("Yes, change it")
        expect(failed.owner).to_have_text("Waiting for a person", timeout=60_000)
        agent.claims(failed.id)
        expect(tried).to_contain_text("Change the address failed")
        expect(tried).to_contain_text("The store did not answer.")
        expect(tried).to_contain_text("43650")
        expect(tried).not_to_contain_text("jalan damai")
        expect(panel(agent, "order")).to_contain_text("The store does not answer", timeout=60_000)
        expect(panel(agent, "order")).to_contain_text("as it was then")
        expect(agent.page.locator(".suggested").first).to_contain_text("The store's system did not answer.")
        picture(agent.page, "desk-4-tried-agent-store-down")
        tried.scroll_into_view_if_needed()
        picture(agent.page, "desk-4-tried-agent")
        picture(failed.page, "desk-4-tried-shopper")
        agent.complaints.clear()  # the browser reports every 503
    with httpx.Client(base_url=stack.url, timeout=60, trust_env=False) as http:
        await_the_store(stack, http)
    until(lambda: desk_reaches_the_store(agent))  # after failures it tries again only by and by
    agent.complaints.clear()
    assert shop.orders()["1060"]["shipping_address"] == shop.orders_at_start["1060"]["shipping_address"]


def desk_reaches_the_store(agent: DeskPage) -> bool:
    here = panel(agent, "order")
    with agent.page.expect_response("**/order"):
        here.get_by_role("button", name="Look again").click()
    expect(here.locator(".panel-body")).to_have_attribute("aria-busy", "false")
    return "Nothing has changed" in here.inner_text()


def test_agent_does_an_order_job_that_the_shopper_reads_of(
    shopper: ShopPage, agent: DeskPage, shop: FreshStore, picture: Picture
) -> None:
    shopper.ask("cancel 1060 nurul@example.com", "reason")
    shopper.wants_a_person()
    agent.claims(shopper.id)
    jobs = panel(agent, "jobs")
    jobs.get_by_role("button", name="Cancel an order").click()
    jobs.get_by_label("Ordered by mistake").check()
    picture(agent.page, "desk-7-job-agent-form")
    jobs.get_by_role("button", name="Preview").click()
    expect(jobs.get_by_role("heading", name="Cancel order #1060")).to_be_focused()
    expect(jobs).to_contain_text("Next steps")
    picture(agent.page, "desk-7-job-agent-preview")
    assert shop.orders()["1060"]["state"] == "paid"
    jobs.get_by_role("button", name="Confirm").click()
    expect(jobs).to_contain_text("Done.")
    assert shop.orders()["1060"]["state"] == "cancelled"
    shopper.hears("1060")
    told = shopper.page.locator("ramah-chat .message.agent").last
    expect(told).to_contain_text("cancelled")
    expect(told).to_be_in_viewport()  # nobody has scrolled, so what a person says comes into sight
    expect(agent.log.locator(".message.agent").last).to_contain_text("cancelled")
    expect(panel(agent, "tried")).to_contain_text("Cancel an order done")
    expect(panel(agent, "order").locator(".moment.changed").first).to_be_visible()
    picture(agent.page, "desk-7-job-agent")
    picture(shopper.page, "desk-7-job-shopper")
