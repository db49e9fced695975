"""Responses that a language lacks, or lacks for a case that English has a sentence of its own for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Finding
from bot.languages import ENGLISH
from bot.project.project import Project


def check(project: Project) -> Iterator[Finding]:
    for name, variations in project.responses.items():
        english = [each for each in variations if each.language == ENGLISH]
        if not english:
            wrong = f"{name} has no English text, which is what every other language falls back to."
            do = "Add a variation without a condition on language."
            yield Finding(variations[0].file, variations[0].line, wrong, do, error=True)
            continue
        for language in project.languages[1:]:
            there = {each.when for each in variations if each.language == language}
            if not there:
                wrong = f"{name} has no text in {language}, so it is said in English."
                do = f"Add a variation with condition: [{{type: slot, name: language, value: {language}}}]"
                yield Finding(english[0].file, english[0].line, wrong, do, error=True)
                continue
            for variation in english:
                if variation.when not in there:
                    there.add(variation.when)
                    case = f"for when {' and '.join(sorted(variation.when))}" if variation.when else "for all cases"
                    wrong = f"{name} has no text in {language} {case}, as English has here."
                    do = f"Add one with the same conditions and language {language}."
                    yield Finding(variation.file, variation.line, wrong, do)
        for variation in variations:
            if variation.language not in project.languages:
                wrong = f"{name} has a text in {variation.language}, which the bot does not speak."
                do = f"Speak {variation.language} (add data/words/{variation.language}.yml), or correct the condition."
                yield Finding(variation.file, variation.line, wrong, do, error=True)
