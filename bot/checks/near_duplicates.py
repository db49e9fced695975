"""Examples that stand under two intents, word for word or nearly so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from bot.checks.finding import Finding
from bot.checks.readings import normalised_examples
from bot.project.examples import Example
from bot.project.project import Project

ALIKE = 95  # per cent, of the letters; below, "i want to return" and "i want a refund" would be alike
AT_ONCE = 1000  # examples compared with all others: bounds the memory
DO = "Keep it where it belongs and delete the other; if both are right, the two intents may be one."


def check(project: Project) -> Iterator[Finding]:
    normalised = normalised_examples(project)
    said: dict[str, Example] = {}
    meant: dict[tuple[str, tuple[str, ...]], Example] = {}
    told: set[frozenset[Example]] = set()
    for example, words in normalised:
        first = said.setdefault(" ".join(example.text.lower().split()), example)
        if first.intent != example.intent:
            told.add(frozenset((first, example)))
            yield _finding(example, first, "word for word", error=first.language == example.language)
            continue
        alike = meant.setdefault((example.language, words), example)
        if words and alike.intent != example.intent and frozenset((alike, example)) not in told:
            told.add(frozenset((alike, example)))
            yield _finding(example, alike, "with the same meaning to the bot")
    for language in dict.fromkeys(example.language for example, _ in normalised):
        yield from _similar([example for example, _ in normalised if example.language == language], told)


def _similar(examples: Sequence[Example], told: set[frozenset[Example]]) -> Iterator[Finding]:
    texts = [example.text.lower() for example in examples]
    intents = np.unique([example.intent for example in examples], return_inverse=True)[1]
    for start in range(0, len(texts), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        ratios = process.cdist(texts[part], texts, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=2)
        ratios[intents[part][:, None] == intents[None, :]] = 0
        for row, column in zip(*np.nonzero(ratios), strict=True):
            one, other = examples[start + int(row)], examples[int(column)]
            if frozenset((one, other)) not in told:
                told.add(frozenset((one, other)))
                yield _finding(other, one, "nearly word for word")


def _finding(example: Example, first: Example, how: str, *, error: bool = False) -> Finding:
    where = f"{first.file.name}:{first.line}"
    quoted = "" if first.text == example.text else f' as "{first.text}"'
    wrong = f'"{example.text}" is an example of {example.intent}, and {how} one of {first.intent} ({where}){quoted}.'
    return Finding(example.file, example.line, wrong, DO, error)
