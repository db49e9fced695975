"""What must be the same in each language of a response: the names in braces, and what its buttons do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.checks.finding import Finding
from bot.languages import ENGLISH
from bot.project.project import Project
from bot.project.responses import Variation


def check(project: Project) -> Iterator[Finding]:
    for variations in project.responses.values():
        english = [each for each in variations if each.language == ENGLISH]
        for variation in variations:
            if variation.language != ENGLISH and english:
                yield from _compare(variation, english)


def _compare(variation: Variation, english: Sequence[Variation]) -> Iterator[Finding]:
    """With the English of the same case; what the other cases name is filled in as well."""
    same = [each for each in english if each.when == variation.when] or english
    anywhere = frozenset[str]().union(*(each.placeholders for each in english))
    everywhere = frozenset[str].intersection(*(each.placeholders for each in same))
    unknown = sorted(variation.placeholders - anywhere)
    if unknown:
        wrong = (
            f"{variation.response} names {_braces(unknown)} in {variation.language}, which the English does not: "
            "nobody fills it in."
        )
        do = f"Use the names of the English text: {same[0].text.strip()!r}"
        yield Finding(variation.file, variation.line, wrong, do, error=True)
    missing = sorted(everywhere - variation.placeholders)
    if missing:
        wrong = f"{variation.response} does not say {_braces(missing)} in {variation.language}, as the English does."
        do = f"Put it in, unless the sentence says it without: {same[0].text.strip()!r}"
        yield Finding(variation.file, variation.line, wrong, do)
    lost = sorted(_payloads(same[0]) - _payloads(variation))
    if lost:
        wrong = f"{variation.response} has no button for {lost[0]} in {variation.language}, as the English has."
        yield Finding(variation.file, variation.line, wrong, "Add it, with a title in that language.", error=True)


def _payloads(variation: Variation) -> set[str]:
    buttons = variation.entry.get("buttons") or ()
    return {str(button["payload"]) for button in buttons if isinstance(button, Mapping) and "payload" in button}


def _braces(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
