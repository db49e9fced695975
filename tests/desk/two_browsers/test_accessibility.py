"""axe-core finds nothing on the agent's page with a real conversation in it; pictures for people to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.desk.page.desk_page import DeskPage
from tests.desk.page.panel_fixtures import panel
from tests.desk.two_browsers.conftest import AtTheDesk
from tests.desk.two_browsers.shop_page import ShopPage
from tests.web.conftest import Picture
from tests.web.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.stack]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", **PHONE},
}


def _states(desk: DeskPage, conversation_id: str) -> dict[str, Callable[[], object]]:
    page = desk.page

    def claimed() -> None:
        page.locator(".blocked button").click()
        desk.has("You")

    def details() -> None:
        page.goto(f"{desk.url}#/mine/{conversation_id}/info")
        expect(panel(desk, "order")).to_contain_text("Nothing has changed since")
        expect(panel(desk, "form").locator(".candidate").first).to_be_visible()

    def folded() -> None:
        for key in ("orders", "history"):
            panel(desk, key).locator("summary").first.click()
        expect(panel(desk, "orders")).to_contain_text("Order 1071")

    def preview() -> None:
        panel(desk, "jobs").get_by_role("button", name="Track an order").click()
        expect(panel(desk, "jobs").get_by_role("button", name="Tell the shopper")).to_be_visible()

    return {
        "queue": lambda: expect(desk.row(conversation_id)).to_be_visible(),
        "opened": lambda: desk.open(conversation_id),
        "claimed": claimed,
        "suggested": lambda: expect(page.locator(".suggested").first).to_be_visible(),
        "details": details,
        "folded": folded,
        "editing": lambda: page.get_by_role("button", name="Fill in: Reason").click(),
        "preview": preview,
        "hand-back": lambda: panel(desk, "form").get_by_role("button", name="Hand back").click(),
    }


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_the_agents_main_states(
    shopper: ShopPage, at_the_desk: AtTheDesk, picture: Picture, look: str
) -> None:
    shopper.ask("return 1 tee from 1071, meiling@example.com", "reason")
    shopper.wants_a_person()
    desk = at_the_desk("aini", reduced_motion="reduce", **LOOKS[look])
    for number, (name, step) in enumerate(_states(desk, shopper.id).items()):
        step()
        if name == "suggested":
            shopper.say("and the linen kurta of order 1060 too")
            expect(desk.log).to_contain_text("linen kurta")
        assert violations(desk.page) == [], name
        picture(desk.page, f"desk-axe-{look}-{number}-{name}")
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.complaints.clear()  # axe's own styles are refused
