"""Messages that were written for judging, never for training: ``benchmarks/unseen``. Only sums leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.nlu_report.rules import FALLBACK, NO_JOB, ShopRules
from benchmarks.nlu_report.shares import share
from benchmarks.nlu_report.shop_model import Understood

FOLDER = Path(__file__).parents[1] / "unseen"
OUT_OF_SCOPE = "out_of_scope"
READ = 200  # messages at the head of each file: read while examples were written, to see which kinds are weak


@dataclass(frozen=True)
class Unseen:
    """A message, the intents that are right for it, and the jobs that are."""

    utterance: str
    intents: Sequence[str]
    jobs: Sequence[str]


@dataclass(frozen=True)
class Sums:
    """Of one language; shares from 0 to 1.

    Attributes:
        messages: how many.
        intent: with a right intent.
        asked_back: that the bot is not sure about.
        job: with the right order job, or rightly none.
        started: of those that ask for an order job, those that start it.
        foreign: how many are out of scope.
        started_on_foreign: of those, that start an order job.
        language: found rightly.
    """

    messages: int
    intent: float
    asked_back: float
    job: float
    started: float
    foreign: int
    started_on_foreign: float
    language: float


def read_unseen(file: Path) -> list[Unseen]:
    """Columns utterance, intent and job, tab-separated; alternatives are parted by "|", comments begin with "# "."""
    lines = [line for line in file.read_text("utf-8").split("\n") if line.strip() and not line.startswith("# ")]
    rows = [line.split("\t") for line in lines[1:]]
    return [Unseen(text, intents.split("|"), job.strip().split("|")) for text, intents, job in rows]


def measure(
    understand: Callable[[str], Understood], rules: ShopRules, folder: Path = FOLDER, read: int = READ
) -> dict[str, Sums]:
    """Language -> sums of what nobody read; then "language, read" -> sums of the first so many messages."""
    found = {file.stem: read_unseen(file) for file in sorted(folder.glob("*.tsv"))}
    kept = {language: (language, messages[read:]) for language, messages in found.items()}
    known = {f"{language}, read": (language, messages[:read]) for language, messages in found.items()}
    return {
        title: _sums(messages, language, understand, rules)
        for title, (language, messages) in {**kept, **known}.items()
        if messages
    }


def _sums(messages: Sequence[Unseen], language: str, understand: Callable[[str], Understood], rules: ShopRules) -> Sums:
    both = [(message, understand(message.utterance)) for message in messages]
    jobs = [(message, rules.job(said.intent)) for message, said in both]
    foreign = [job for message, job in jobs if OUT_OF_SCOPE in message.intents]
    return Sums(
        messages=len(messages),
        intent=share([said.intent in message.intents for message, said in both]),
        asked_back=share([said.intent == FALLBACK for _, said in both]),
        job=share([job in message.jobs for message, job in jobs]),
        started=share([job in message.jobs for message, job in jobs if NO_JOB not in message.jobs]),
        foreign=len(foreign),
        started_on_foreign=share([job != NO_JOB for job in foreign]),
        language=share([said.language == language for _, said in both]),
    )
