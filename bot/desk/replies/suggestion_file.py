"""``data/desk/suggestions.yml``: which reply and which step the desk suggests when. docs/agents.md explains it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError, root_validator, validator

from bot.desk.replies.file_fault import Fault, stop_at
from bot.languages import ENGLISH
from bot.orders.track_state import TrackState
from bot.project.lined_yaml import BrokenYaml, Document, read

FILE = "suggestions.yml"
_STEPS = ("claim", "hand_back", "transfer", "snooze", "resolve", "reopen", "transcript")
_JOBS = ("track", "change_address", "cancel", "return", "replace", "lost")
ACTIONS = (*_STEPS, *(f"job:{job}" for job in _JOBS))


Outcome = Literal["done", "failed", "refused", "unknown", "noted", "answered", "did_not_help", "no_article"]


class _Part(BaseModel):
    class Config:
        extra = "forbid"
        frozen = True


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class Tried(_Part):
    """What was tried last; each is one word or a list of them."""

    job: list[str] = []
    outcome: list[Outcome] = []
    reason: list[str] = []

    _lists = validator("job", "outcome", "reason", pre=True, allow_reuse=True)(_as_list)


class When(_Part):
    """Everything that is given must be so; of a list, one. Times in minutes."""

    owner: list[Literal["bot", "queue", "me", "other"]] = []
    status: list[Literal["open", "snoozed", "resolved"]] = []
    reason: list[str] = []
    job: list[str] = []
    intent: list[str] = []
    language: list[str] = []
    order_state: list[TrackState] = []
    form_asks: list[str] = []
    refusal: list[str] = []  # why what was tried last was refused
    tried: Tried | None = None
    waiting_over: float | None = Field(None, ge=0)
    silent_over: float | None = Field(None, ge=0)  # the shopper, after an agent wrote
    form: bool | None = None  # the bot's form is open
    order: bool | None = None  # it is known which order
    late: bool | None = None
    refund: bool | None = None  # the store tells of one
    customer: bool | None = None  # signed in
    contact: bool | None = None  # an email address is known
    answered: bool | None = None  # a person has written since the handoff

    _lists = validator(
        *("owner", "status", "reason", "job", "intent", "language", "order_state", "form_asks", "refusal"),
        pre=True,
        allow_reuse=True,
    )(_as_list)


class Rule(_Part):
    when: When
    reply: str | None = None  # a canned reply's id
    action: str | None = None
    why: dict[str, str]  # language to a sentence

    @validator("action")
    def _is_known(cls, value: str | None) -> str | None:
        if value is not None and value not in ACTIONS:
            raise ValueError(f'there is no action "{value}", only {", ".join(ACTIONS)}')
        return value

    @validator("why")
    def _in_english(cls, value: dict[str, str]) -> dict[str, str]:
        if not value.get(ENGLISH):
            raise ValueError("needs an English sentence (en)")
        return value

    @root_validator(skip_on_failure=True)
    def _suggests(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["reply"] is None and values["action"] is None:
            raise ValueError("needs a reply or an action")
        return values

    def why_in(self, language: str) -> str:
        return self.why.get(language) or self.why[ENGLISH]


def read_suggestions(folder: Path, replies: Collection[str]) -> list[Rule]:
    """Raises ``DeskFileError`` with one sentence.

    Args:
        replies: the ids of the canned replies.
    """
    rules, faults = _read(folder / FILE, replies)
    stop_at(faults)
    return rules


def suggestion_faults(folder: Path, replies: Collection[str], languages: Sequence[str]) -> list[Fault]:
    """All that is wrong, and sentences that one of ``languages`` lacks."""
    file = folder / FILE
    rules, faults = _read(file, replies)
    if faults:
        return faults
    document = read(file)
    return [
        Fault(
            file,
            document.line("suggestions", number, "why"),
            f"why is missing in {language}, so agents read it in English.",
            "Add the sentence.",
            stops=False,
        )
        for number, rule in enumerate(rules)
        for language in languages
        if language not in rule.why
    ]


def _read(file: Path, replies: Collection[str]) -> tuple[list[Rule], list[Fault]]:
    try:
        document = read(file)
    except BrokenYaml as error:
        return [], [Fault(file, error.line, f"This is no YAML: {error}.", "Correct it.")]
    except OSError as error:
        return [], [Fault(file, None, f"It cannot be read: {error.strerror}.", "Write it, or make it readable.")]
    entries = document.section("suggestions")
    if not isinstance(entries, list):
        return [], [Fault(file, 1, "It needs the section suggestions, a list.", "See the one that came with Ramah.")]
    rules: list[Rule] = []
    faults = [
        Fault(file, second, f"{way[-1]} stands here a second time (first in line {first}).", "Take one out.")
        for way, first, second in document.twice
    ]
    for number, entry in enumerate(entries):
        read_rule = _rule(document, number, entry, replies)
        if isinstance(read_rule, Rule):
            rules.append(read_rule)
        else:
            faults += read_rule
    return rules, faults


def _rule(document: Document, number: int, entry: Any, replies: Collection[str]) -> Rule | list[Fault]:
    way = ("suggestions", number)
    if not isinstance(entry, Mapping):
        return [Fault(document.file, document.line(*way), "This is no suggestion.", "It begins with - when: {…}.")]
    try:
        rule = Rule.parse_obj(entry)
    except ValidationError as error:
        return list(_faults(document, way, error))
    if rule.reply is not None and rule.reply not in replies:
        line = document.line(*way, "reply")
        return [Fault(document.file, line, f"There is no canned reply {rule.reply}.", "Correct the name.")]
    return rule


def _faults(document: Document, way: tuple[str | int, ...], error: ValidationError) -> Iterator[Fault]:
    for each in error.errors():
        inside = [part for part in each["loc"] if part != "__root__"]
        where = ".".join(str(part) for part in inside)
        wrong = f"{f'{where}: ' if where else ''}{each['msg']}."
        yield Fault(document.file, document.line(*way, *inside), wrong, "Correct it.")
