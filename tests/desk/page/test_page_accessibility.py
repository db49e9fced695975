"""axe-core finds nothing in any main state of the agents' page; pictures of each for people to look at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.desk.page.conftest import Picture, SignedIn, Visit
from tests.desk.page.desk_page import DeskPage
from tests.web.test_accessibility import violations

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
SIZES = {"desktop": {}, "tablet": {"viewport": {"width": 1000, "height": 760}}, "phone": PHONE}


def _steps(desk: DeskPage, conversation_id: str) -> dict[str, Callable[[], object]]:
    page = desk.page
    return {
        "queue": lambda: expect(desk.row(conversation_id)).to_be_visible(),
        "filters": lambda: desk.press("f"),
        "opened": lambda: desk.open(conversation_id),
        "claimed": lambda: (page.locator(".blocked button").click(), desk.has("You")),
        "canned": lambda: (desk.input.fill("/"), expect(desk.popover.get_by_role("option").first).to_be_visible()),
        "note": lambda: (
            desk.press("Escape", "Escape", "n"),
            desk.type("Handle with care"),
            desk.press("Control+Enter"),
        ),
        "noted": lambda: expect(desk.notes).to_be_visible(),
        "palette": lambda: desk.press("Control+k"),
        "keys": lambda: desk.press("Escape", "Escape", "?"),
        "snooze": lambda: desk.press("Escape", "z"),
        "transfer": lambda: desk.press("Escape", "t"),
        "hand back": lambda: desk.press("Escape", "h"),
        "details": lambda: (desk.press("Escape"), page.goto(f"{desk.url}#/mine/{conversation_id}/info")),
        "search": lambda: (
            page.goto(f"{desk.url}#/search"),
            expect(page.locator("#search-q")).to_be_focused(),
            desk.type("person"),
            page.locator("mark").first.wait_for(),
        ),
        "overview": lambda: (page.goto(f"{desk.url}#/overview"), page.locator(".tile").first.wait_for()),
        "audit": lambda: (page.goto(f"{desk.url}#/audit"), page.locator("tbody:visible tr").first.wait_for()),
        "people": lambda: (page.goto(f"{desk.url}#/people"), page.locator("tbody:visible tr").first.wait_for()),
        "person": lambda: page.get_by_role("button", name="Add a person").click(),
        "menu": lambda: (desk.press("Escape"), page.locator(".own summary").click()),
    }


@pytest.mark.parametrize(
    ("size", "scheme"), [("desktop", "light"), ("desktop", "dark"), ("tablet", "light"), ("phone", "dark")]
)
def test_axe_finds_nothing_in_any_state(
    signed_in: SignedIn, visit: Visit, picture: Picture, size: str, scheme: str
) -> None:
    waiting = visit("hello", "upset person with form please")
    desk = signed_in("Dewi", "admin", color_scheme=scheme, reduced_motion="reduce", **SIZES[size])
    for number, (name, step) in enumerate(_steps(desk, waiting.id).items()):
        step()
        assert violations(desk.page) == [], name
        picture(desk.page, f"{size}-{scheme}-{number:02}-{name.replace(' ', '-')}")


def test_axe_finds_nothing_at_the_log_in(signed_in: SignedIn) -> None:
    desk = signed_in()
    desk.page.locator(".own summary").click()
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_role("button", name="Sign in")).to_be_visible()
    desk.press("Enter")
    expect(desk.page.get_by_role("alert")).to_be_visible()
    assert violations(desk.page) == []


@pytest.mark.parametrize("size", SIZES)
def test_nothing_to_press_is_smaller_than_24_pixels_or_wider_than_the_screen(
    signed_in: SignedIn, visit: Visit, size: str
) -> None:
    waiting, desk = visit("a person please"), signed_in("Dewi", "admin", **SIZES[size])
    desk.open(waiting.id)
    small = desk.page.locator("button:visible, select:visible, summary:visible, nav a:visible").evaluate_all(
        "nodes => nodes.filter(n => n.offsetHeight < 24 || n.offsetWidth < 24).map(n => n.outerHTML)"
    )
    assert small == []
    for place in (f"queue/{waiting.id}", "queue", "search", "overview", "people"):
        desk.page.goto(f"{desk.url}#/{place}")
        assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    assert desk.page.evaluate("document.scrollingElement.scrollTop") == 0
