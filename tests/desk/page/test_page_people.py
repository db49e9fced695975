"""What supervisors and admins do on the agents' page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.desk.page.conftest import SignedIn, Visit
from tests.desk.page.desk_page import DeskPage
from tests.desk.processes import PASSWORD, Desk

pytestmark = pytest.mark.browser


def test_supervisor_sees_who_is_on_and_what_waits(signed_in: SignedIn, visit: Visit) -> None:
    visit("upset person please")
    signed_in("Aini")
    supervisor = signed_in("Budi", "supervisor")
    supervisor.press("g", "o")
    page = supervisor.page.get_by_role("region", name="Overview")
    expect(page).to_contain_text("Waiting now")
    expect(page.get_by_role("row", name="Aini")).to_contain_text("Online")
    expect(page).to_contain_text("Upset")


def test_supervisor_whispers_and_takes_over(signed_in: SignedIn, visit: Visit) -> None:
    waiting, agent = visit("a person please"), signed_in("Aini")
    agent.claims(waiting.id)
    supervisor = signed_in("Budi", "supervisor")
    supervisor.open(waiting.id, "all")
    supervisor.press("w")
    supervisor.type("Offer them a voucher")
    supervisor.press("Enter")
    expect(agent.notes).to_contain_text("Offer them a voucher")
    expect(agent.notes).to_contain_text("Whisper")
    supervisor.press("Escape", "Shift+T")
    supervisor.has("You")
    agent.has("Budi")


def test_supervisor_resolves_many_at_once(signed_in: SignedIn, visit: Visit) -> None:
    several = [visit("a person please") for _ in range(3)]
    supervisor = signed_in("Budi", "supervisor")
    expect(supervisor.row(several[-1].id)).to_be_visible()
    supervisor.press("*")
    expect(supervisor.page.locator(".bulk")).to_contain_text("3 selected")
    supervisor.page.locator(".bulk").get_by_role("button", name="Resolve").click()
    expect(supervisor.toast).to_contain_text("Done: 3")
    expect(supervisor.page.locator(".rows li")).to_have_count(0)


def test_supervisor_reads_the_audit_log(signed_in: SignedIn, visit: Visit) -> None:
    waiting, supervisor = visit("a person please"), signed_in("Budi", "supervisor")
    supervisor.claims(waiting.id)
    supervisor.press("Escape", "g", "u")
    table = supervisor.page.get_by_role("region", name="Audit log")
    expect(table).to_contain_text("looked at personal data")
    expect(table).to_contain_text("claimed")


def test_agent_finds_no_way_to_the_supervisors_pages(signed_in: SignedIn) -> None:
    desk = signed_in()
    assert desk.page.get_by_role("navigation", name="Pages").get_by_role("link").all_inner_texts() == [
        "Conversations",
        "Search",
    ]
    desk.page.goto(f"{desk.url}#/overview")
    expect(desk.page.get_by_role("navigation", name="Views").get_by_role("link", name="Queue")).to_have_attribute(
        "aria-current", "page"
    )


def test_admin_adds_an_agent_who_can_sign_in(signed_in: SignedIn, own_desk: Desk) -> None:
    admin = signed_in("Dewi", "admin")
    admin.press("g", "p")
    admin.page.get_by_role("button", name="Add a person").click()
    admin.dialog.get_by_label("Name").fill("Farah")
    admin.dialog.get_by_label("Email").fill("farah@example.com")
    admin.dialog.get_by_label("First password").fill(PASSWORD)
    admin.dialog.get_by_role("button", name="Save").click()
    expect(admin.page.get_by_role("row", name="Farah")).to_contain_text("farah@example.com")
    context = admin.page.context.browser.new_context()
    farah = DeskPage(context.new_page(), own_desk.url)
    farah.visit()
    farah.page.get_by_label("Email").fill("farah@example.com")
    farah.page.get_by_label("Password").fill(PASSWORD)
    farah.press("Enter")
    expect(farah.page.locator(".topbar")).to_be_visible()
    context.close()


def test_agent_who_signs_out_is_out(signed_in: SignedIn) -> None:
    desk = signed_in()
    desk.page.locator(".own summary").click()
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_role("button", name="Sign in")).to_be_visible()
    desk.page.reload()
    expect(desk.page.get_by_role("button", name="Sign in")).to_be_visible()
