"""A crowd is handed to people and back while processes are killed and sockets cut; afterwards everything is counted."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.faults.crowd_store import ADDRESS_ORDER, fill_with_copies, writes_of
from tests.faults.killer import kill_in_turn
from tests.faults.live_view import LiveView
from tests.faults.log_of_one import LogOfOne
from tests.faults.stubborn_agent import StubbornAgent
from tests.faults.stubborn_shopper import GIVE_UP_AFTER, TRY_AGAIN_AFTER, StubbornShopper, Unanswered
from tests.stack import Stack

KILLED = ("gateway", "Rasa", "action server")
NEW_ADDRESS = {
    "name": "Nurul Huda Ismail",
    "line1": "9 Jalan Cempaka",
    "city": "Klang",
    "region": "Selangor",
    "postcode": "41000",
    "country": "MY",
}
SEEN_WITHIN = 180.0  # seconds until what was said is on the other's screen, kills and cuts included


@dataclass
class HandoffOutcome:
    """What a round left behind. Every list names conversations and must be empty."""

    handoffs: int = 0
    messages: int = 0
    handed_back: int = 0
    changed_by_bot: int = 0  # the bot wrote the address that the agent had filled in
    cancelled_by_agent: int = 0
    ended_with_a_person: int = 0
    cuts: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)  # a message of either side is not in the log
    doubled: list[str] = field(default_factory=list)  # is there twice, or a number is missing
    unseen: list[str] = field(default_factory=list)  # a page of either side has a gap, or a message twice
    two_owners: list[str] = field(default_factory=list)  # a change that does not begin where the last one ended
    bot_beside_person: list[str] = field(default_factory=list)  # the bot spoke while a person had it
    written_twice: list[str] = field(default_factory=list)
    open_turns: list[str] = field(default_factory=list)
    fell_out: list[str] = field(default_factory=list)  # with people, and without a context record


@dataclass
class _Visit:
    shopper: StubbornShopper
    agents: list[StubbornAgent]
    views: list[LiveView]
    changed: bool = False
    cancelled: bool = False


async def handoff_round(
    stack: Stack,
    staff: list[tuple[str, str, str]],
    handoffs: int,
    at_once: int,
    seed: int,
    *,
    pause: tuple[float, float],
) -> HandoffOutcome:
    """Let ``handoffs`` guests be handed to people, who answer, fill in a field or cancel, and hand back.

    Args:
        staff: email, password and name of each agent.
        pause: seconds between one kill and the next, drawn between these two.
    """
    numbers = [f"{70000 + index}" for index in range(handoffs)]
    email = fill_with_copies(stack.store_database, stack.settings.state_dir / "crowd.json", numbers, ADDRESS_ORDER)
    dice, enough, room = random.Random(seed), asyncio.Event(), asyncio.Semaphore(at_once)
    clients = [httpx.AsyncClient(base_url=stack.url, timeout=20, trust_env=False) for _ in staff]
    agents = [StubbornAgent(client, *each) for client, each in zip(clients, staff, strict=True)]
    for agent in agents:
        await agent.log_in()
    killing = asyncio.create_task(kill_in_turn(stack, random.Random(seed + 1), enough, pause, KILLED))
    try:
        visits = await asyncio.gather(
            *(
                _visit(stack, room, agents, number=number, email=email, dice=random.Random(dice.random()))
                for number in numbers
            )
        )
    finally:
        enough.set()
        kills = await killing
        for client in clients:
            await client.aclose()
    outcome = HandoffOutcome(handoffs=handoffs, kills=kills)
    for visit in visits:
        _count(stack, visit, outcome)
    return outcome


async def _visit(
    stack: Stack,
    room: asyncio.Semaphore,
    agents: list[StubbornAgent],
    *,
    number: str,
    email: str,
    dice: random.Random,
) -> _Visit:
    own_address = {"X-Forwarded-For": f"198.51.100.{int(number) % 250}"}
    async with room, httpx.AsyncClient(base_url=stack.url, timeout=20, trust_env=False, headers=own_address) as http:
        shopper = StubbornShopper(http)
        await shopper.enter()
        visit = _Visit(shopper, agents, [_tab_of(stack, shopper, dice)])
        visit.views[0].open()
        try:
            await _talk(stack, visit, number, email, dice)
            await _all_seen(stack, visit)
        finally:
            for view in visit.views:
                await view.close()
        return visit


async def _talk(stack: Stack, visit: _Visit, number: str, email: str, dice: random.Random) -> None:
    shopper = visit.shopper
    await shopper.says(text=f"change the delivery address of order {number}, my email is {email}")
    await shopper.says(text="let me talk to a person please")
    await shopper.reads_all()
    two = dice.sample(visit.agents, 2)
    claimed = await asyncio.gather(*(agent.claims(shopper.conversation_id) for agent in two))
    if sum(claimed) != 1:
        raise AssertionError(f"{sum(claimed)} agents have {shopper.conversation_id}")
    agent = two[claimed.index(True)]
    view = _page_of(stack, agent, shopper.conversation_id, dice)
    visit.views.append(view)
    view.open()
    await asyncio.gather(
        agent.writes(shopper.conversation_id, f"Hi, {agent.name} here."),
        shopper.says(text="yes it is 9 jalan cempaka 41000 klang"),
    )
    if dice.random() < 0.3:
        visit.cancelled = await agent.cancels(shopper.conversation_id, f"ord_{number}") == "done"
        return
    await agent.fills(shopper.conversation_id, "new_address", NEW_ADDRESS)
    await asyncio.gather(agent.hands_back(shopper.conversation_id), shopper.sends_only(text="ok thanks"))
    await _turns_end(stack, shopper.conversation_id)  # the bot may have to start first
    await shopper.settles()
    if any(button["title"] == "Yes, change it" for message in shopper.seen for button in message["buttons"]):
        answers = await _says_yes(shopper)
        visit.changed = any(number in each["text"] and "now goes to" in each["text"] for each in answers)


async def _says_yes(shopper: StubbornShopper) -> list[dict[str, Any]]:
    """Press the latest yes; where the bot has just asked anew, the one of the newer question."""
    while True:
        try:
            return await shopper.presses("Yes, change it")
        except Unanswered as refused:
            if "choice_replaced" not in str(refused):
                raise
            shopper.sent.pop()
            await shopper.settles()


def _tab_of(stack: Stack, shopper: StubbornShopper, dice: random.Random) -> LiveView:
    address = f"{stack.url.replace('http', 'ws')}/chat/v1/conversations/{shopper.conversation_id}/stream"
    return LiveView(address, {}, lambda last: [{"token": shopper.token, "after": last}], dice)


def _page_of(stack: Stack, agent: StubbornAgent, conversation_id: str, dice: random.Random) -> LiveView:
    def hello(last: int) -> list[dict[str, Any]]:
        follow = {"type": "follow", "conversation_id": conversation_id, "after": last}
        return [{"type": "hello", "csrf": agent.csrf, "after": 0}, follow]

    headers = {"Cookie": agent.cookies, "Origin": stack.url}
    return LiveView(f"{stack.url.replace('http', 'ws')}/desk/v1/stream", headers, hello, dice)


async def _all_seen(stack: Stack, visit: _Visit) -> None:
    """Wait until every turn has ended and the last message is on every screen."""
    log = await _turns_end(stack, visit.shopper.conversation_id)
    if log.has_open_turns:
        return  # counted as such
    for view in visit.views:
        await view.shows(log.messages[-1]["seq"], SEEN_WITHIN)


async def _turns_end(stack: Stack, conversation_id: str) -> LogOfOne:
    """The log as soon as no turn is open, or after as long as anybody waits."""
    deadline = asyncio.get_running_loop().time() + GIVE_UP_AFTER
    while (log := LogOfOne(stack.log_database, conversation_id)).has_open_turns:
        if asyncio.get_running_loop().time() > deadline:
            break
        await asyncio.sleep(TRY_AGAIN_AFTER)
    return log


def _count(stack: Stack, visit: _Visit, outcome: HandoffOutcome) -> None:
    shopper, name = visit.shopper, visit.shopper.conversation_id
    log = LogOfOne(stack.log_database, name)
    outcome.messages += len(log.messages)
    outcome.cuts += sum(view.cuts for view in visit.views)
    kept = Counter(row["client_id"] for row in log.messages if row["client_id"])
    sent = [*shopper.sent, *(client_id for agent in visit.agents for client_id in agent.sent.get(name, []))]
    checks = {
        "lost": any(kept[client_id] == 0 for client_id in sent),
        "doubled": any(times > 1 for times in kept.values()) or not log.gapless,
        "unseen": any(not view.complete or len(view.numbers) != len(log.messages) for view in visit.views),
        "two_owners": not log.one_owner_at_a_time,
        "bot_beside_person": log.bot_spoke_beside_a_person,
        "written_twice": len(writes_of(stack.store_database, name)) > 1,
        "open_turns": log.has_open_turns,
        "fell_out": log.changes[-1]["to_kind"] != "bot" and log.handoffs == 0,
    }
    for what, wrong in checks.items():
        if wrong:
            getattr(outcome, what).append(name)
    outcome.handed_back += any(change["why"] == "handed_back" for change in log.changes)
    outcome.changed_by_bot += visit.changed
    outcome.cancelled_by_agent += visit.cancelled
    outcome.ended_with_a_person += log.changes[-1]["to_kind"] != "bot"
