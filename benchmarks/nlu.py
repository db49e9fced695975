"""How well the shipped intent pipeline does on any data set: ``python -m benchmarks.nlu --train A.tsv --test B.tsv``.

Both files are tab-separated with a header that has columns ``utterance`` and ``intent``; no quoting. ``--oos LABEL``
is the intent that means out of scope. What is trained is what ``config.yml`` ships: the language model, the normaliser
and the classifier, with the shop's own examples as an adviser and its out-of-scope examples as what is not wanted.
Nothing is tuned on either file, and the test file is read after the training is over.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import matthews_corrcoef

from benchmarks.foreign_model import ForeignModel, train_foreign_model

THRESHOLDS = [step / 10 for step in range(10)]
NO_LABEL = "(out of scope)"


class Unreadable(Exception):
    """A file that is not what the benchmark reads; the message is one sentence."""


@dataclass(frozen=True)
class Rows:
    utterances: list[str]
    intents: list[str]


def read_rows(path: Path) -> Rows:
    """The rows of a data set.

    Raises:
        Unreadable: no such file, no header, or a row that lacks a column.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}.") from error
    header = [name.strip().lower() for name in lines[0].rstrip("\r").split("\t")]
    if not {"utterance", "intent"} <= set(header):
        raise Unreadable(f"{path} has no header with the columns utterance and intent.")
    text, label = header.index("utterance"), header.index("intent")
    rows = Rows([], [])
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) <= max(text, label) or not cells[label].strip():
            raise Unreadable(f"{path}, line {number}: a column is missing.")
        rows.utterances.append(cells[text])
        rows.intents.append(cells[label].strip())
    if not rows.utterances:
        raise Unreadable(f"{path} has no rows.")
    return rows


@dataclass(frozen=True)
class Outcome:
    """What the model said to each test message.

    Attributes:
        right: the test set's intents.
        said: the likeliest intent of each message, out of scope left aside.
        confidence: of ``said``, from 0 to 1.
        milliseconds: for each message.
    """

    right: list[str]
    said: list[str]
    confidence: list[float]
    milliseconds: list[float]

    def at(self, threshold: float, oos: str) -> tuple[float, float, float]:
        """In-scope accuracy, out-of-scope recall and Matthews' correlation over all labels.

        Args:
            threshold: below it a message counts as out of scope.
            oos: the label that means so.
        """
        answers = [name if sure >= threshold else oos for name, sure in zip(self.said, self.confidence, strict=True)]
        inside = [answer == right for answer, right in zip(answers, self.right, strict=True) if right != oos]
        outside = [answer == right for answer, right in zip(answers, self.right, strict=True) if right == oos]
        return _share(inside), _share(outside), float(matthews_corrcoef(self.right, answers))


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def ask(model: ForeignModel, rows: Rows) -> Outcome:
    """Let the model read each test message."""
    said, confidence, milliseconds = [], [], []
    for utterance in rows.utterances:
        started = time.perf_counter()
        name, sure = model.answer(utterance)
        milliseconds.append((time.perf_counter() - started) * 1000)
        said.append(name)
        confidence.append(sure)
    return Outcome(rows.intents, said, confidence, milliseconds)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nlu", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--train", type=Path, required=True, metavar="TRAIN.tsv")
    parser.add_argument("--test", type=Path, required=True, metavar="TEST.tsv")
    parser.add_argument("--oos", default=NO_LABEL, metavar="LABEL", help="the intent that means out of scope")
    parser.add_argument("--alone", action="store_true", help="without the shop's own examples, to see their worth")
    options = parser.parse_args()
    try:
        train = read_rows(options.train)
        model = train_foreign_model(train.utterances, train.intents, options.oos, alone=options.alone)
        outcome = ask(model, read_rows(options.test))
    except (Unreadable, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    _print(model, train, outcome, options.oos)
    return 0


def _print(model: ForeignModel, train: Rows, outcome: Outcome, oos: str) -> None:
    print(f"{len(train.utterances)} training examples of {len(set(train.intents) - {oos})} intents")
    print(f"{len(outcome.right)} test messages, {outcome.right.count(oos)} of them out of scope")
    print()
    print("threshold  in-scope accuracy  out-of-scope recall    MCC")
    table = [(threshold, *outcome.at(threshold, oos)) for threshold in THRESHOLDS]
    for threshold, accuracy, recall, correlation in table:
        print(f"{threshold:9.1f}  {accuracy:17.3f}  {recall:19.3f}  {correlation:.3f}")
    best = max(table, key=lambda row: row[3])
    print()
    print(f"in-scope accuracy (threshold 0): {table[0][1]:.3f}")
    print(f"MCC, best: {best[3]:.3f} at {best[0]:.1f}")
    print(f"time a message: {np.median(outcome.milliseconds):.2f} ms p50")
    print(f"training: {model.seconds:.1f} s, and {model.seconds_before:.1f} s once for what the shop's examples teach")


if __name__ == "__main__":
    sys.exit(main())
