"""The examples as the classifier reads them, made once for all checks that need it."""

from __future__ import annotations

from functools import lru_cache

from bot.nlu.examples import word_counts
from bot.nlu.intent_features import Reading, reading_of
from bot.nlu.lexicon import LANGUAGES
from bot.nlu.normaliser import Normaliser
from bot.project.examples import Example
from bot.project.project import Project


@lru_cache(maxsize=1)
def normalised_examples(project: Project) -> list[tuple[Example, tuple[str, ...]]]:
    """Each example with its words as they are meant; none of a language that there is no lexicon for."""
    examples = [example for example in project.examples if example.text and example.language in LANGUAGES]
    normaliser = Normaliser(word_counts((example.language, example.text) for example in examples))
    return [(example, tuple(normaliser.words(example.text, example.language))) for example in examples]


def readings(project: Project) -> tuple[list[Example], list[Reading]]:
    """The examples, and what the classifier sees of each."""
    normalised = normalised_examples(project)
    return (
        [example for example, _ in normalised],
        [reading_of(words, example.text, example.language) for example, words in normalised],
    )
