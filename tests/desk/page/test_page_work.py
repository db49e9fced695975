"""An agent works the desk with the keyboard: queue, claim, answer, notes, canned replies, hand over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.desk.page.conftest import SignedIn, Visit
from tests.desk.page.desk_page import DeskPage
from tests.desk.processes import Desk
from tests.until import until

pytestmark = pytest.mark.browser


def test_agent_with_a_wrong_password_is_told_and_stays_outside(signed_in: SignedIn, own_desk: Desk) -> None:
    desk = DeskPage(signed_in().page.context.browser.new_context().new_page(), own_desk.url)
    desk.visit()
    desk.page.get_by_label("Email").fill(own_desk.add_agent("Eko").email)
    desk.page.get_by_label("Password").fill("not the right one")
    desk.press("Enter")
    expect(desk.page.get_by_role("alert")).to_contain_text("not right")
    expect(desk.page.get_by_label("Password")).to_be_focused()
    desk.page.context.close()


def test_agent_sees_who_waits_and_why_without_reloading(signed_in: SignedIn, visit: Visit) -> None:
    desk = signed_in()
    expect(desk.page.locator(".queue:visible")).to_contain_text("Nobody is waiting")
    waiting = visit("upset person please")
    expect(desk.row(waiting.id)).to_contain_text("Upset")
    expect(desk.row(waiting.id)).to_contain_text(re.compile("waits"))
    expect(desk.page).to_have_title(re.compile(r"^\(1\)"))


def test_agent_finds_claims_and_answers_with_keys_alone(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("Where is my parcel, a person please"), signed_in()
    expect(desk.row(waiting.id)).to_be_visible()
    desk.press("j", "Enter")
    expect(desk.log).to_contain_text("Where is my parcel")
    desk.has("Nobody yet")
    desk.press("c")
    desk.has("You")
    expect(desk.input).to_be_focused()
    desk.type("It is on its way.")
    desk.press("Enter")
    expect(desk.log.locator(".message.agent")).to_contain_text("It is on its way.")
    expect(desk.input).to_have_value("")
    until(lambda: waiting.heard() == ["It is on its way."])
    waiting.write("Thank you!")
    expect(desk.log).to_contain_text("Thank you!")


def test_agent_who_claims_second_reads_who_has_it(signed_in: SignedIn, visit: Visit) -> None:
    waiting = visit("a person please")
    first, second = signed_in("Aini"), signed_in("Eko")
    first.open(waiting.id)
    second.open(waiting.id)
    first.press("c")
    first.has("You")
    second.has("Aini")
    expect(second.page.locator(".blocked")).to_contain_text("Aini has this conversation.")
    expect(second.input).to_have_attribute("placeholder", re.compile("private note"))


def test_a_note_is_seen_by_the_agent_who_is_mentioned_and_never_by_the_shopper(
    signed_in: SignedIn, visit: Visit
) -> None:
    waiting = visit("a person please")
    other, desk = signed_in("Budi"), signed_in()
    desk.open(waiting.id)
    desk.press("n")
    desk.type("Please look at this @Bu")
    expect(desk.popover.get_by_role("option", name="Budi")).to_be_visible()
    desk.press("Enter", "Enter")
    expect(desk.notes).to_contain_text("Please look at this @Budi")
    expect(desk.notes).to_contain_text("Private note")
    expect(other.toast).to_contain_text("You were mentioned")
    other.press("g", "n")
    expect(other.row(waiting.id)).to_be_visible()
    assert all("Please look" not in message["text"] for message in waiting.messages())


def test_a_slash_finds_a_canned_reply_and_an_open_gap_is_not_sent(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("a person please"), signed_in()
    desk.claims(waiting.id)
    desk.type("/refund is sent")
    expect(desk.popover.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    desk.press("Enter")
    expect(desk.input).to_have_value(re.compile("‹"))
    desk.press("Enter")
    expect(desk.page.locator(".compose-status")).to_contain_text("is not filled in")
    assert waiting.heard() == []
    desk.input.fill("Your refund is sent.")
    desk.press("Enter")
    until(lambda: waiting.heard() == ["Your refund is sent."])


def test_the_suggestion_is_inserted_by_one_key_and_not_sent_by_itself(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("upset person please"), signed_in()
    desk.claims(waiting.id)
    suggested = desk.page.locator(".suggested-text")
    expect(suggested).to_be_visible()
    text = suggested.inner_text()
    desk.press("Tab")
    expect(desk.input).to_have_value(text)
    assert waiting.heard() == []


def test_agent_snoozes_labels_resolves_and_reopens_with_keys(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("a person please"), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "l")
    desk.dialog.get_by_label("Delivery").check()
    desk.press("Control+Enter")
    expect(desk.page.locator(".conversation-head .about")).to_contain_text("Delivery")
    expect(desk.dialog).to_have_count(0)
    desk.press("z", "Control+Enter")
    expect(desk.page.locator(".status")).to_contain_text("until")
    expect(desk.dialog).to_have_count(0)  # the news may be here before the answer that closes it
    desk.press("o")
    expect(desk.page.locator(".status")).not_to_contain_text("until")
    desk.press("e")
    expect(desk.page.locator(".status")).to_contain_text("resolved")


def test_agent_hands_back_to_the_bot(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("a person with form please"), signed_in()
    desk.claims(waiting.id)
    desk.press("Escape", "h")
    expect(desk.dialog).to_contain_text("not asked for it again")
    desk.press("Control+Enter")
    desk.has("The bot")
    until(lambda: waiting.owner == "bot")


def test_what_is_written_without_a_connection_is_sent_once_when_it_is_back(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("a person please"), signed_in()
    desk.claims(waiting.id)
    desk.page.context.set_offline(True)
    desk.type("Still here.")
    desk.press("Enter")
    expect(desk.log).to_contain_text("Still here.")
    desk.page.context.set_offline(False)
    until(lambda: waiting.heard() == ["Still here."])
    expect(desk.log.locator(".message.agent")).to_have_count(1)
    expect(desk.log.locator(".pending")).to_have_count(0)
    desk.complaints.clear()  # the browser reports what could not be reached


def test_a_draft_outlives_a_reload_and_another_conversation(signed_in: SignedIn, visit: Visit) -> None:
    one, other, desk = visit("a person please"), visit("another person please"), signed_in()
    desk.claims(one.id)
    desk.type("Half a sent")
    desk.claims(other.id)
    expect(desk.input).to_have_value("")
    desk.page.reload()
    desk.open(one.id, "mine")
    expect(desk.input).to_have_value("Half a sent")


def test_the_palette_does_what_is_typed(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("a person please"), signed_in()
    desk.open(waiting.id)
    desk.press("Control+k")
    desk.type("claim")
    expect(desk.dialog.get_by_role("option").first).to_contain_text("Claim")
    desk.press("Enter")
    desk.has("You")


def test_a_question_mark_shows_every_key(signed_in: SignedIn) -> None:
    desk = signed_in()
    desk.press("?")
    expect(desk.dialog).to_contain_text("Hand back")
    expect(desk.dialog).to_contain_text("Ctrl+K")
    desk.press("Escape")
    expect(desk.dialog).to_have_count(0)


def test_letter_keys_can_be_switched_off(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("a person please"), signed_in()
    desk.open(waiting.id)
    desk.press("?")
    desk.dialog.get_by_label("Single letters are keys").uncheck()
    desk.press("Escape", "c")
    desk.has("Nobody yet")


def test_what_shoppers_type_is_never_markup(signed_in: SignedIn, visit: Visit) -> None:
    script = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
    waiting, desk = visit(script, "a person please"), signed_in()
    desk.open(waiting.id)
    expect(desk.log.locator(".message.shopper").first).to_contain_text(script)
    assert desk.page.locator(".log img, .queue img").count() == 0


def test_search_finds_what_was_said(signed_in: SignedIn, visit: Visit) -> None:
    waiting, desk = visit("my turquoise umbrella is broken", "a person please"), signed_in()
    desk.press("/")
    desk.type("turquoise umb")
    expect(desk.page.locator(".search-column mark").first).to_have_text("turquoise")
    desk.press("ArrowDown", "Enter")
    expect(desk.log).to_contain_text("turquoise umbrella")
    assert waiting.id in desk.page.url


def test_what_is_typed_right_after_the_key_for_search_is_searched_for(signed_in: SignedIn) -> None:
    at = signed_in().page.evaluate(
        """() => {
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
            return document.activeElement.id;
        }"""
    )
    assert at == "search-q"


def test_results_that_come_anew_leave_the_agent_where_they_are(signed_in: SignedIn, visit: Visit) -> None:
    visit("my turquoise umbrella is broken", "a person please")
    desk = signed_in()
    desk.press("/")
    desk.type("turquoise")
    result = desk.page.locator(".search-column .row-link")
    expect(result).to_be_visible()
    desk.press("ArrowDown")
    expect(result).to_be_focused()
    result.evaluate("link => { link.before = true; }")
    desk.page.locator("form.search").dispatch_event("input")  # as of a letter typed before
    until(lambda: not result.evaluate("link => link.before"))
    expect(result).to_be_focused()


def test_agent_works_in_indonesian_if_they_choose_it(signed_in: SignedIn) -> None:
    desk = signed_in()
    desk.page.locator(".own summary").click()
    desk.page.locator("#tongue").select_option("id")
    expect(desk.page.get_by_role("navigation", name="Tampilan")).to_contain_text("Antrean")
    expect(desk.page.locator("html")).to_have_attribute("lang", "id")
