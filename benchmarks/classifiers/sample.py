"""The examples that all classifiers learn from and are asked: drawn once, by chance with a fixed seed."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.nlu.example_files import Example

SEED = 20261121
TRAIN, TEST = 30, 10  # examples of each intent in each language
OUT_OF_SCOPE = "out_of_scope"
OUT_OF_SCOPE_TIMES = 5  # as many of these: what is not for the shop is more varied than any intent
PARTS = 4  # of the intents, each left out once


@dataclass(frozen=True)
class Sample:
    """What is learnt from, what is asked, and which intents are left out together."""

    train: list[Example]
    test: list[Example]
    parts: list[list[str]]

    def without(self, part: int) -> list[Example]:
        """The training examples of all intents but those of one part."""
        return [each for each in self.train if each.intent not in self.parts[part]]

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(json.dumps(asdict(self), ensure_ascii=False).encode()).hexdigest()[:12]


def draw(examples: Sequence[Example], train: int = TRAIN, test: int = TEST, seed: int = SEED) -> Sample:
    """A sample; where an intent has fewer examples in a language, a quarter of them is asked.

    Args:
        examples: all there are; of two that read the same in one language, the first is taken.
        train: examples of each intent and language to learn from.
        test: as many to ask.
        seed: the same one draws the same sample from the same examples.
    """
    # random, not numpy: its sequence is the same in every release
    chance = random.Random(seed)
    groups: dict[tuple[str, str], dict[str, Example]] = defaultdict(dict)
    for each in examples:
        groups[each.intent, each.language].setdefault(each.text.lower(), each)
    learnt, asked = [], []
    for (intent, _), group in sorted(groups.items()):
        times = OUT_OF_SCOPE_TIMES if intent == OUT_OF_SCOPE else 1
        drawn = chance.sample(list(group.values()), min(len(group), times * (train + test)))
        to_ask = len(drawn) * test // (train + test)
        asked += drawn[:to_ask]
        learnt += drawn[to_ask:]
    intents = sorted({intent for intent, _ in groups} - {OUT_OF_SCOPE})
    chance.shuffle(intents)
    return Sample(learnt, asked, [sorted(intents[part::PARTS]) for part in range(PARTS)])


def kept(folder: Path) -> Sample | None:
    """The sample that was drawn before into a folder; none if none was."""
    file = folder / "sample.json"
    if not file.exists():
        return None
    read = json.loads(file.read_text("utf-8"))
    train, test = ([Example(**each) for each in read[name]] for name in ("train", "test"))
    return Sample(train, test, read["parts"])


def keep(sample: Sample, folder: Path) -> None:
    """Write the sample into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sample.json").write_text(json.dumps(asdict(sample), ensure_ascii=False), "utf-8")
