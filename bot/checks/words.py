"""Words files: what English has and another language lacks, and names in braces that differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.checks.finding import Finding
from bot.languages import ENGLISH
from bot.project.lined_yaml import Way
from bot.project.project import Project
from bot.project.responses import placeholders_of

WIDGET = "bot/web/widget/words"
LISTS_OF_PHRASES = "heard"  # how shoppers phrase something: each language has phrases of its own

LineOf = Callable[[Way], int | None]


def check(project: Project) -> Iterator[Finding]:
    for language in project.languages[1:]:
        for prefix in ("", "gateway."):
            english = project.words_dir / f"{prefix}{ENGLISH}.yml"
            if english.exists():
                yield from _compare_yaml(project, english, project.words_dir / f"{prefix}{language}.yml")
        widget = project.root / WIDGET
        if (widget / f"{ENGLISH}.json").exists():
            yield from _compare_json(widget / f"{ENGLISH}.json", widget / f"{language}.json")


def _compare_yaml(project: Project, english: Path, file: Path) -> Iterator[Finding]:
    if not file.exists():
        yield _no_file(english, file)
        return
    document = project.document(file)
    yield from _compare(
        _flat(project.document(english).content), _flat(document.content), file, lambda way: document.line(*way)
    )


def _compare_json(english: Path, file: Path) -> Iterator[Finding]:
    if not file.exists():
        yield _no_file(english, file)
        return
    try:
        ours, theirs = (json.loads(each.read_text("utf-8")) for each in (english, file))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        yield Finding(file, None, f"This or {english.name} is no JSON: {error}.", "Mend it.", error=True)
        return
    lines = file.read_text("utf-8").splitlines()

    def line_of(way: Way) -> int | None:
        return next((number for number, line in enumerate(lines, 1) if f'"{way[-1]}"' in line), None)

    yield from _compare(_flat(ours), _flat(theirs), file, line_of)


def _no_file(english: Path, file: Path) -> Finding:
    do = f"Copy {english.name} to it and translate what stands in quotes."
    return Finding(file, None, "This file is missing, so English words are shown.", do, error=True)


def _compare(english: Mapping[Way, Any], other: Mapping[Way, Any], file: Path, line_of: LineOf) -> Iterator[Finding]:
    for way, text in english.items():
        name = ".".join(str(each) for each in way)
        if way not in other:
            phrases = way[0] == LISTS_OF_PHRASES
            wrong = f"{name} is missing" + ("." if phrases else f', so shoppers read the English "{text}".')
            yield Finding(file, line_of(way), wrong, f"Add {way[-1]} here, as in the English file.", error=not phrases)
        elif isinstance(text, str) and isinstance(other[way], str):
            yield from _braces(name, text, other[way], file, line_of(way))


def _braces(name: str, english: str, text: str, file: Path, line: int | None) -> Iterator[Finding]:
    unknown = sorted(placeholders_of(text) - placeholders_of(english))
    if unknown:
        wrong = f"{name} names {{{unknown[0]}}}, which the English does not: nobody fills it in."
        yield Finding(file, line, wrong, f"Use the names of the English text: {english}", error=True)
    missing = sorted(placeholders_of(english) - placeholders_of(text))
    if missing:
        wrong = f"{name} does not say {{{missing[0]}}}, which the English does."
        yield Finding(file, line, wrong, f"Put it in, unless the sentence says it without: {english}")


def _flat(content: Any, way: Way = ()) -> dict[Way, Any]:
    """Way -> text or list."""
    if not isinstance(content, Mapping):
        return {way: content} if way else {}
    return {at: text for key, value in content.items() for at, text in _flat(value, (*way, key)).items()}
