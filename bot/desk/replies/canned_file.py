"""``data/desk/canned.<language>.yml``: ready sentences for agents, read and checked. docs/agents.md explains them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.desk.replies.canned_values import VARIABLES
from bot.desk.replies.file_fault import Fault, stop_at
from bot.languages import ENGLISH
from bot.project.lined_yaml import BrokenYaml, Document, read

LONGEST = 2000  # characters of a message
_ID = re.compile(r"[a-z0-9_]{1,60}")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_KEYS = frozenset({"title", "text", "tags"})


@dataclass(frozen=True)
class CannedReply:
    """``text`` still has its variables: ``{order_number}``."""

    id: str
    title: str
    text: str
    language: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Canned:
    """``replies``: language -> id -> reply, as the files have them; ``names``: language -> variable -> its words."""

    replies: Mapping[str, Mapping[str, CannedReply]]
    names: Mapping[str, Mapping[str, str]]

    def find(self, reply_id: str, language: str) -> CannedReply | None:
        """In the language, else in English."""
        found = self.replies.get(language, {}).get(reply_id)
        return found or self.replies[ENGLISH].get(reply_id)

    def name_of(self, variable: str, language: str) -> str:
        names = self.names.get(language, {})
        return names.get(variable) or self.names[ENGLISH][variable]


def canned_files(folder: Path) -> list[Path]:
    """English first."""
    return sorted(folder.glob("canned.*.yml"), key=lambda file: (_language(file) != ENGLISH, file.name))


def read_canned(folder: Path) -> Canned:
    """Raises ``DeskFileError`` with one sentence."""
    documents, faults = _documents(folder)
    stop_at([*faults, *_faults_in(documents)])
    return Canned(
        replies={language: _replies(document, language) for language, document in documents.items()},
        names={language: dict(document.section("variables")) for language, document in documents.items()},
    )


def canned_faults(folder: Path, languages: Sequence[str]) -> list[Fault]:
    """All that is wrong, and what English has and one of ``languages`` lacks."""
    documents, faults = _documents(folder)
    faults += _faults_in(documents)
    if any(fault.stops for fault in faults):
        return faults
    english = _replies(documents[ENGLISH], ENGLISH)
    for language in languages:
        if language not in documents:
            wrong = f"There are no canned replies in {language}, so agents get the English ones."
            faults.append(Fault(folder / f"canned.{language}.yml", None, wrong, "Write the file.", stops=False))
            continue
        document = documents[language]
        theirs = _replies(document, language)
        for missing in [each for each in english if each not in theirs]:
            wrong = f"{missing} is missing in {language}, so agents get the English one."
            faults.append(Fault(document.file, document.line("replies"), wrong, "Write it here too.", stops=False))
    return faults


def _language(file: Path) -> str:
    return file.name.split(".")[1]


def _documents(folder: Path) -> tuple[dict[str, Document], list[Fault]]:
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for file in canned_files(folder):
        try:
            documents[_language(file)] = read(file)
        except BrokenYaml as error:
            faults.append(Fault(file, error.line, f"This is no YAML: {error}.", "Correct it."))
        except OSError as error:
            faults.append(Fault(file, None, f"It cannot be read: {error.strerror}.", "Make it readable."))
    if not faults and ENGLISH not in documents:
        file = folder / f"canned.{ENGLISH}.yml"
        faults.append(Fault(file, None, "The file is missing: it holds the agents' ready sentences.", "Write it."))
    return documents, faults


def _faults_in(documents: Mapping[str, Document]) -> list[Fault]:
    return [fault for document in documents.values() for fault in _faults_of(document)]


def _faults_of(document: Document) -> Iterator[Fault]:
    def fault(wrong: str, do: str, *way: str | int) -> Fault:
        return Fault(document.file, document.line(*way), wrong, do)

    for way, first, second in document.twice:
        wrong = f"{way[-1]} stands here a second time (first in line {first})."
        yield Fault(document.file, second, wrong, "Give one of them another name.")
    names, replies = document.section("variables"), document.section("replies")
    if not isinstance(names, Mapping) or not isinstance(replies, Mapping):
        yield fault("It needs the sections variables and replies.", "See canned.en.yml.")
        return
    for variable in VARIABLES:
        if not isinstance(names.get(variable), str):
            yield fault(f"The variable {variable} has no words.", "Write what stands for it.", "variables")
    for variable in [each for each in names if each not in VARIABLES]:
        yield fault(f"There is no variable {variable}.", "Take it out.", "variables", variable)
    for reply_id, entry in replies.items():
        for wrong, do, key in _wrong_with(reply_id, entry):
            yield fault(f"{reply_id}: {wrong}", do, "replies", reply_id, *([key] if key else []))


def _wrong_with(reply_id: str, entry: Any) -> Iterator[tuple[str, str, str]]:
    if not _ID.fullmatch(reply_id):
        yield "this is no name for a reply.", "Use small letters, digits and _.", ""
    if not isinstance(entry, Mapping) or set(entry) - _KEYS:
        yield "it has other lines than title, text and tags.", "Correct it.", ""
        return
    for key in ("title", "text"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield f"it has no {key}.", f"Write a {key}, in quotes.", ""
            return
    tags = entry.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        yield "tags are a list of words.", "Write it like [delivery, late].", "tags"
    if len(entry["text"]) > LONGEST:
        yield f"a message has at most {LONGEST} characters.", "Make it shorter.", "text"
    for name in _IN_BRACES.findall(entry["text"]):
        if name not in VARIABLES:
            yield f"there is no variable {{{name}}}.", f"There are: {', '.join(VARIABLES)}.", "text"
    if {"{", "}"} & set(_IN_BRACES.sub("", entry["text"])):
        yield "a brace has no partner.", "Variables are written like {order_number}.", "text"


def _replies(document: Document, language: str) -> dict[str, CannedReply]:
    return {
        reply_id: CannedReply(
            reply_id, entry["title"].strip(), entry["text"].strip(), language, tuple(entry.get("tags", []))
        )
        for reply_id, entry in document.section("replies").items()
    }
