"""What is written down for a turn against what happened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tests.end_to_end.conversation_file import Turn
from tests.end_to_end.line_ids import cases_as_written
from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.part_of import missing_from

Replies = Sequence[dict[str, Any]]


def first_difference(turn: Turn, history: Sequence[Replies], refusal: str | None, log: LogReader) -> str | None:
    """The first thing that is not as written, as a sentence; None when all is.

    Args:
        history: the replies to each turn so far, the last ones to ``turn``.
        refusal: the code with which the gateway refused the turn's message.
    """
    if refusal != turn.refused:
        return f"the gateway refused with {refusal}, not {turn.refused}"
    if refusal:
        return None
    return next(_differences(turn, history, log), None)


def _differences(turn: Turn, history: Sequence[Replies], log: LogReader) -> Iterator[str]:
    yield from _in_words(turn, history, log)
    yield from _in_cards(turn, history[-1])
    if turn.owner and log.owner_name() != turn.owner:
        yield f"the conversation belongs to {log.owner_name()}, not {turn.owner}"
    yield from _in_state(turn, log)


def _in_words(turn: Turn, history: Sequence[Replies], log: LogReader) -> Iterator[str]:
    replies = history[-1]
    spoken = log.responses([reply["seq"] for reply in replies])
    if turn.bot is not None and spoken != turn.bot:
        yield f"the bot said {spoken}, not {turn.bot}"
    said = "\n".join(reply["text"] for reply in replies)
    heard = f"{said}\n{cases_as_written(said)}".casefold()
    yield from (f"nobody said {text!r}" for text in turn.says if text.casefold() not in heard)
    yield from (f"somebody said {text!r}" for text in turn.never_says if text.casefold() in heard)
    yield from (f"nothing said matches {pattern!r}" for pattern in turn.matches if not re.search(pattern, said))
    if turn.same_answer_as is not None:
        before = "\n".join(reply["text"] for reply in history[turn.same_answer_as - 1])
        if said != before:
            yield f"the answer is {said!r}, not {before!r} as before"


def _in_cards(turn: Turn, replies: Replies) -> Iterator[str]:
    titles = [button["title"] for reply in replies for button in reply["buttons"]]
    if turn.buttons is not None and titles != turn.buttons:
        yield f"the buttons are {titles}, not {turn.buttons}"
    cards = [reply["card"] for reply in replies if reply.get("card")]
    if turn.card and turn.card not in [card["type"] for card in cards]:
        yield f"the cards are {[card['type'] for card in cards]}, none is {turn.card}"
    shown = json.dumps(cards, ensure_ascii=False)
    yield from (f"no card shows {text!r}, they are {shown}" for text in turn.card_shows if text not in shown)


def _in_state(turn: Turn, log: LogReader) -> Iterator[str]:
    last = log.last_turn()
    remaining = iter(last.actions)
    if missing := [name for name in turn.actions if name not in remaining]:
        yield f"{missing} did not run among {last.actions}"
    if turn.intent and last.intent != turn.intent:
        yield f"the intent is {last.intent}, not {turn.intent}"
    for name, value in turn.slots.items():
        if difference := missing_from(last.slots.get(name), value, f"slot {name}"):
            yield difference
    form = {"name": (last.form or {}).get("name"), "asks": (last.form or {}).get("asks")}
    if turn.no_form and last.form:
        yield f"the form {form} is open"
    if turn.form and (form["name"], form["asks"]) != (turn.form.name, turn.form.asks):
        yield f"the form is {form}, not {turn.form.dict()}"
