"""One owner at a time, told to everybody at once, and nothing missing on any page after a cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.desk.page.desk_page import DeskPage
from tests.desk.two_browsers.conftest import AtTheDesk
from tests.desk.two_browsers.shop_page import ShopPage
from tests.until import until
from tests.web.conftest import Picture

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def claim_at_once(one: Page, other: Page) -> None:
    """Both have pressed the button before either is answered."""
    asked: list[Route] = []
    for page in (one, other):
        page.route("**/claim", lambda route: asked.append(route), times=1)  # noqa: PLW0108 - it sets an attribute on it
        with page.expect_request("**/claim"):
            page.locator(".blocked").get_by_role("button", name="Claim").click()
    until(lambda: other.title() != "" and len(asked) == 2)
    for each in asked:
        each.continue_()


def test_of_two_agents_who_claim_at_once_one_gets_it_and_nothing_is_missing_after_a_cut(
    shopper: ShopPage, at_the_desk: AtTheDesk, picture: Picture
) -> None:
    agents = {"Aini": at_the_desk("aini"), "Dewi": at_the_desk("dewi")}
    supervisor = at_the_desk("budi")
    shopper.say("hello")
    shopper.wants_a_person()
    for desk in (*agents.values(), supervisor):
        desk.open(shopper.id)
        desk.has("Nobody yet")
    claim_at_once(agents["Aini"].page, agents["Dewi"].page)
    expect(supervisor.page.locator(".status .by")).not_to_have_text("Nobody yet")
    winner = supervisor.page.locator(".status .by").inner_text()
    (loser,) = set(agents) - {winner}
    agents[winner].has("You")
    agents[loser].has(winner)
    expect(agents[loser].page.locator(".blocked")).to_contain_text(f"{winner} has this conversation.")
    expect(agents[loser].toast).to_contain_text(winner)
    shopper.has(winner)
    picture(agents[winner].page, "desk-5-claim-agent-who-has-it")
    picture(agents[loser].page, "desk-5-claim-agent-who-came-second")
    picture(shopper.page, "desk-5-claim-shopper")
    agents[loser].complaints.clear()  # the browser reports every 409

    agent = agents[winner]
    agent.page.context.set_offline(True)
    shopper.say("said while the agent was away")
    expect(supervisor.log).to_contain_text("said while the agent was away")
    shopper.page.context.set_offline(True)
    agent.input.fill("written by the agent without a network")
    agent.press("Enter")
    shopper.say("written by the shopper without a network")
    expect(agent.log).to_contain_text("it is sent when the connection is back")
    expect(shopper.last).to_contain_text("Not sent yet")
    picture(agent.page, "desk-5-offline-agent")
    picture(shopper.page, "desk-5-offline-shopper")
    supervisor.press("n")
    supervisor.type("Both of them are cut off")
    supervisor.press("Enter")
    agent.page.context.set_offline(False)
    expect(supervisor.log).to_contain_text("written by the agent without a network")
    shopper.page.context.set_offline(False)

    pages = {"agent": agent, "supervisor": supervisor, "loser": agents[loser]}
    for desk in pages.values():
        for words in ("while the agent was away", "by the agent without", "by the shopper without", "are cut off"):
            expect(desk.log).to_contain_text(words)
        expect(desk.log.locator(".pending")).to_have_count(0)
        expect(desk.page.locator(".strip, .offline")).to_have_count(0)
    shopper.hears("written by the agent without a network")
    expect(shopper.page.get_by_text("Not sent yet")).to_have_count(0)
    expected = [
        "hello",
        "can i talk to a person please",
        "said while the agent was away",
        "written by the shopper without a network",
    ]
    assert shopper.bubbles("shopper") == expected
    for desk in pages.values():
        assert said(desk, "shopper") == expected
        assert said(desk, "agent") == ["written by the agent without a network"]
        numbers = desk.log.locator("[data-seq]").evaluate_all("nodes => nodes.map(node => Number(node.dataset.seq))")
        assert numbers == list(range(1, numbers[-1] + 1)), "a message is missing"
        desk.complaints.clear()  # the browser reports what could not be reached
    shopper.complaints.clear()
    picture(agent.page, "desk-5-back-agent")
    picture(supervisor.page, "desk-5-back-supervisor")
    picture(shopper.page, "desk-5-back-shopper")


def said(desk: DeskPage, kind: str) -> list[str]:
    return desk.log.locator(f".message.{kind} .bubble").all_inner_texts()
