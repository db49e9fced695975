"""Files that are no YAML, and keys that stand twice, of which the first is lost."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.finding import Finding
from bot.project.lined_yaml import BrokenYaml
from bot.project.project import Project

PLACES = ("domain.yml", "config.yml", "data")


def check(project: Project) -> Iterator[Finding]:
    for file in project.files(*PLACES):
        try:
            document = project.document(file)
        except BrokenYaml as error:
            do = "Look at this line and the one before it: a quote, a colon or the indentation is wrong."
            yield Finding(file, error.line, f"This is no YAML: {error}.", do, error=True)
            continue
        for way, first, second in document.twice:
            key = " > ".join(str(each) for each in way)
            wrong = f"{key} stands here and in line {first}; only one of them counts."
            yield Finding(file, second, wrong, "Keep the right one and delete the other.", error=True)
