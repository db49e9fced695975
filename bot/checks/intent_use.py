"""Intents that nothing follows, that nobody names, and that have few examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.checks.finding import Finding
from bot.project.examples import Example
from bot.project.project import NEVER_SAID, Project

FEWEST = 20  # examples of an intent in a language


def check(project: Project) -> Iterator[Finding]:
    used = {intent for story in project.stories for intent in story.intents}
    for intent, line in project.intents.items():
        if intent not in used:
            do = f"Write a rule in data/stories that begins with it, or take {intent} out."
            wrong = f"No rule and no story begins with {intent} or goes on with it: the bot would say nothing sensible."
            yield Finding(project.domain_file, line, wrong, do, error=True)
    first: dict[str, Example] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for example in project.examples:
        first.setdefault(example.intent, example)
        first.setdefault(f"{example.intent} {example.language}", example)
        counts[example.intent, example.language] += 1
    for intent, example in first.items():
        if " " not in intent and intent not in project.intents:
            wrong = f"{intent} has examples and is not in domain.yml, so it is never understood."
            do = "Add it to domain.yml under intents, or correct the name."
            yield Finding(example.file, example.line, wrong, do, error=True)
        if intent in NEVER_SAID:
            wrong = f"{intent} has examples, but only the desk sends it: no words of a shopper may mean it."
            yield Finding(example.file, example.line, wrong, "Take them out.", error=True)
    for intent in (each for each in project.intents if each not in NEVER_SAID):
        for language in project.languages:
            count = counts[intent, language]
            if count < FEWEST:
                where = first.get(f"{intent} {language}") or first.get(intent)
                file, line = (where.file, where.line) if where else (project.domain_file, project.intents[intent])
                wrong = f"{intent} has {count or 'no'} example{'s' if count != 1 else ''} in {language}."
                do = f"Write {FEWEST - count} more or as many as different people would: {FEWEST} is the least."
                yield Finding(file, line, wrong, do)
