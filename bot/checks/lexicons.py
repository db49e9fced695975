"""Mistakes in ``data/lexicons``: words that stand for two things, chains of short forms, entries that are not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from bot.checks.finding import Finding
from bot.nlu.lexicon import Lexicon
from bot.project.lined_yaml import Document
from bot.project.project import Project

CONCEPTS = "concepts.yml"


def check(project: Project) -> Iterator[Finding]:
    for file in project.files("data/lexicons"):
        document = project.document(file)
        yield from _no_text(document)
        if file.name == CONCEPTS:
            yield from _concepts(document)
        else:
            yield from _lexicon(document)


def _no_text(document: Document) -> Iterator[Finding]:
    for way, word in document.not_text.items():
        if not word:
            wrong = f"{way[-1]} has nothing after it."
            yield Finding(document.file, document.line(*way), wrong, "Write what it means, or delete it.", error=True)
        else:
            wrong = f"{word} without quotes is no word to YAML but a number, a yes or a no."
            yield Finding(document.file, document.line(*way), wrong, f'Write it as "{word}".', error=True)


def _lexicon(document: Document) -> Iterator[Finding]:
    try:
        lexicon = Lexicon.parse_obj(document.content or {})
    except ValidationError as error:
        for problem in error.errors():
            way = tuple(each for each in problem["loc"] if each != "__root__")
            wrong = f"{' > '.join(map(str, way)) or 'The file'}: {problem['msg']}."
            do = f"A lexicon has {', '.join(Lexicon.__fields__)}; docs/trainers.md shows one."
            yield Finding(document.file, document.line(*way), wrong, do, error=True)
        return
    forms = lexicon.short_forms
    for typed, meant in forms.items():
        again = [word for word in meant.split() if forms.get(word, word) != word]
        if again:
            wrong = f"{typed} stands for {meant}, and {again[0]} is itself a short form, of {forms[again[0]]}."
            do = f"Write what is meant in the end: {typed}: {' '.join(forms.get(word, word) for word in meant.split())}"
            yield Finding(document.file, document.line("short_forms", typed), wrong, do, error=True)
        elif typed == meant:
            wrong = f"{typed} stands for itself."
            do = "Delete it; if it is to be known as a word, put it under words."
            yield Finding(document.file, document.line("short_forms", typed), wrong, do)


def _concepts(document: Document) -> Iterator[Finding]:
    seen: dict[str, tuple[str, int]] = {}
    groups = document.content if isinstance(document.content, Mapping) else {}
    for concept, words in groups.items():
        if not isinstance(words, list):
            do = f"Write {concept}: [one word, another]"
            yield Finding(document.file, document.line(concept), f"{concept} is no list of words.", do, error=True)
            continue
        for index, entry in enumerate(words):
            word, line = str(entry).lower(), document.line(concept, index)
            other, where = seen.setdefault(word, (concept, line))
            if other != concept:
                wrong = f"{word} stands for {concept} here and for {other} in line {where}; only the last counts."
                do = "Keep it where it is meant most often; if both are, in neither."
                yield Finding(document.file, line, wrong, do, error=True)
