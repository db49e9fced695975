"""A folder with ``domain.yml`` and ``data/``, read when something asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from bot.languages import spoken_languages
from bot.project.examples import Example, examples_in
from bot.project.lined_yaml import Document, read
from bot.project.responses import Variation, variations_in
from bot.project.stories import Story, stories_in

# Intents that only the desk sends: nobody says them, so an example would let a shopper's words mean them.
NEVER_SAID = frozenset({"hand_back"})


class Project:
    """What trainers write, as it is on the disk when it is first asked for.

    Args:
        root: the folder.

    Every property raises ``BrokenYaml`` when a file that it needs is no YAML.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._documents: dict[Path, Document] = {}

    def document(self, file: Path) -> Document:
        """One file of the project."""
        if file not in self._documents:
            self._documents[file] = read(file)
        return self._documents[file]

    def files(self, *places: str) -> list[Path]:
        """The YAML files at these places, folders with all that is in them."""
        found: list[Path] = []
        for place in places:
            path = self.root / place
            found += [path] if path.is_file() else sorted(each for each in path.rglob("*.y*ml"))
        return found

    @property
    def domain_file(self) -> Path:
        return self.root / "domain.yml"

    @property
    def words_dir(self) -> Path:
        return self.root / "data/words"

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that the bot speaks, English first."""
        return spoken_languages(self.words_dir)

    @cached_property
    def intents(self) -> dict[str, int]:
        """The domain's intents, each with its line."""
        if not self.domain_file.exists():
            return {}
        domain = self.document(self.domain_file)
        named: dict[str, int] = {}
        for index, entry in enumerate(domain.section("intents") or ()):
            for name in entry if isinstance(entry, Mapping) else (entry,):
                named[str(name)] = domain.line("intents", index)
        return named

    @cached_property
    def examples(self) -> list[Example]:
        return [each for file in self._training_files() for each in examples_in(self.document(file))]

    @cached_property
    def stories(self) -> list[Story]:
        return [each for file in self._training_files() for each in stories_in(self.document(file))]

    @cached_property
    def responses(self) -> dict[str, list[Variation]]:
        """Response -> its variations, in the order of the files."""
        found: dict[str, list[Variation]] = {}
        for file in (self.domain_file, *self._training_files()):
            for variation in variations_in(self.document(file)) if file.exists() else ():
                found.setdefault(variation.response, []).append(variation)
        return found

    def _training_files(self) -> Iterator[Path]:
        """What Rasa trains from: it takes any file under ``data`` that has the right sections."""
        yield from self.files("data/nlu", "data/stories", "data/responses")
