"""What is written down for an agent's turn against what happened at the desk and at the shopper's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.end_to_end.agent import DeskAgent
from tests.end_to_end.agent_turn import AgentTurn
from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.part_of import missing_from


def first_desk_difference(turn: AgentTurn, agent: DeskAgent, came: list[dict[str, Any]], log: LogReader) -> str | None:
    """The first thing that is not as written, as a sentence; ``came``: the messages that the shopper got by it."""
    return next(_differences(turn, agent, came, log), None)


def _differences(turn: AgentTurn, agent: DeskAgent, came: list[dict[str, Any]], log: LogReader) -> Iterator[str]:
    refused = agent.refusal if turn.races_with is None else None
    if refused != turn.refused:
        yield f"the desk refused with {refused}, not {turn.refused}: {agent.answer.text if agent.answer else ''}"
    if turn.told and agent.told != turn.told:
        yield f"the desk named {agent.told}, not {turn.told}"
    if turn.owner and log.owner_name() != turn.owner:
        yield f"the conversation belongs to {log.owner_name()}, not {turn.owner}"
    if turn.status and log.status() != turn.status:
        yield f"the conversation is {log.status()}, not {turn.status}"
    if turn.done and (state := agent.answer.json().get("state") if agent.answer else None) != turn.done:
        yield f"the order job is {state}, not {turn.done}"
    here = f"/conversations/{log.conversation_id}"
    if turn.view and (difference := missing_from(agent.get(here), turn.view, "view")):
        yield difference
    if turn.differs is not None:
        paths = [each["path"] for each in agent.get(f"{here}/order")["differences"]]
        if missing := [path for path in turn.differs if path not in paths]:
            yield f"{missing} is not marked as changed, only {paths}"
        if not turn.differs and paths:
            yield f"{paths} are marked as changed"
    yield from _at_the_shoppers(turn, came, log)


def _at_the_shoppers(turn: AgentTurn, came: list[dict[str, Any]], log: LogReader) -> Iterator[str]:
    if turn.bot is not None and (spoken := log.responses([each["seq"] for each in came])) != turn.bot:
        yield f"the shopper got {spoken}, not {turn.bot}"
    said = "\n".join(each["text"] for each in came)
    yield from (f"the shopper did not get {text!r}" for text in turn.says if text.casefold() not in said.casefold())
    yield from (f"the shopper got {text!r}" for text in turn.never_says if text.casefold() in said.casefold())
    titles = [button["title"] for each in came for button in each["buttons"]]
    if turn.buttons is not None and titles != turn.buttons:
        yield f"the buttons are {titles}, not {turn.buttons}"
    cards = [each["card"]["type"] for each in came if each.get("card")]
    if turn.card and turn.card not in cards:
        yield f"the cards are {cards}, none is {turn.card}"
    if not (turn.form or turn.no_form or turn.slots):
        return
    last = log.last_turn()
    form = {"name": (last.form or {}).get("name"), "asks": (last.form or {}).get("asks")}
    if turn.form and (form["name"], form["asks"]) != (turn.form.name, turn.form.asks):
        yield f"the form is {form}, not {turn.form.dict()}"
    if turn.no_form and last.form:
        yield f"the form {form} is open"
    for name, value in turn.slots.items():
        if difference := missing_from(last.slots.get(name), value, f"slot {name}"):
            yield difference
