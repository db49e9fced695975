"""``make bench-nlu``: how well the shop's own model understands; writes docs/nlu-benchmarks.md and its pictures.

Takes about a quarter of an hour on 2 cores. The comparison with other classifiers is that of the last
``python -m benchmarks.classifiers``, which is run (some hours) if it never was; ``--without-classifiers`` leaves it
out, and then no page is written.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.classifiers.diet import DidNotTrain
from benchmarks.nlu import Unreadable
from benchmarks.nlu_report import apart, classifiers, clinc, tables
from benchmarks.nlu_report.held_back import FOLDS, Judged, judge_all
from benchmarks.nlu_report.pictures import confusion, draw_large, draw_small
from benchmarks.nlu_report.rules import NO_JOB, ShopRules, rules_of
from benchmarks.nlu_report.shop_model import ShopModel, train_now
from benchmarks.table import machine
from benchmarks.training import PROJECT, TrainingFailed
from bot.nlu.example_files import read_examples

PAGE = PROJECT / "docs" / "nlu-benchmarks.md"
IMAGES = PROJECT / "docs" / "images"
TEXT = Path(__file__).with_name("page.md")
FOLDER = PROJECT / ".cache" / "nlu-report"
TIMED = 600  # messages
ABOUT_UNSEEN = (
    "`benchmarks/unseen`: written apart from the examples, by somebody who knew the intents' definitions only. The\n"
    "first half of each language was read while examples were written, to see which kinds of message are weak\n"
    '("read"); of the second half nobody looked at more than its sums. No message of either is an example. A message\n'
    "may have several right intents or jobs. The whole pipeline, each message alone."
)
NO_UNSEEN = "Not measured: there are no messages in `benchmarks/unseen`."

tell = partial(print, flush=True)


def main() -> int:
    given = _arguments()
    try:
        page = _page(compared=not given.without_classifiers)
    except (TrainingFailed, DidNotTrain, Unreadable, ValueError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    if given.without_classifiers:
        print(page)
        return 0
    PAGE.write_text(page, "utf-8")
    print(f"Written to {PAGE.relative_to(PROJECT)}.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.nlu_report", description="How well the shop's model understands."
    )
    parser.add_argument("--without-classifiers", action="store_true", help="no comparison; prints instead of writing")
    return parser.parse_args()


def _page(compared: bool) -> str:
    load = os.getloadavg()[0]
    rules = rules_of(PROJECT)
    tell("Training the shop's model from nothing ...")
    trained = train_now(FOLDER)
    model = ShopModel(trained.model)
    tell("Timing ...")
    examples = read_examples(PROJECT / "data" / "nlu")
    times = model.times([each.text for each in examples[:: max(1, len(examples) // TIMED)]])
    tell("Messages that were kept apart ...")
    unseen = apart.measure(model.understand, rules)
    tell("CLINC150 ...")
    foreign = clinc.measure(model.understand, rules)
    judged = judge_all(examples, tell)
    _draw(judged, rules)
    return TEXT.read_text("utf-8").format(
        command=" ".join(["python -m benchmarks.nlu_report", *sys.argv[1:]]),
        today=date.today().isoformat(),
        machine=machine(),
        load=load,
        examples=len(examples),
        intents=len({each.intent for each in examples}),
        folds=FOLDS,
        threshold=rules.threshold,
        ambiguity=rules.ambiguity,
        sure=rules.sure,
        held_back=tables.held_back(judged, rules),
        confused=tables.confused(judged),
        languages=tables.languages(judged),
        unseen_about=ABOUT_UNSEEN if unseen else NO_UNSEEN,
        unseen=tables.unseen(unseen) if unseen else "",
        clinc=tables.clinc(foreign),
        timed=len(next(iter(times.values()))),
        times=tables.times(times),
        training=trained.seconds,
        training_cpu=trained.cpu_seconds,
        classifiers=classifiers.section(tell) if compared else "Left out.",
    )


def _draw(judged: Sequence[Judged], rules: ShopRules) -> None:
    meant, said = [each.example.intent for each in judged], [each.intent for each in judged]
    names = sorted(set(meant), key=lambda intent: (rules.topics[intent], rules.job(intent) == NO_JOB, intent))
    title = "All intents by topic, held back, in shares of what was meant"
    topics = [rules.topics[name] for name in names]
    draw_large(confusion(meant, said, names), names, topics, title, IMAGES / "nlu-intents.svg")
    jobs = [*sorted(set(rules.jobs.values())), "no order job"]
    wanted, found = ([rules.job(intent) or "no order job" for intent in each] for each in (meant, said))
    title = "Order jobs, held back, in percent of what was meant"
    draw_small(confusion(wanted, found, jobs), jobs, title, IMAGES / "nlu-jobs.svg")


if __name__ == "__main__":
    sys.exit(main())
