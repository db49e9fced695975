"""The comparison of classifiers as a section of the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.classifiers.clinc import clinc_out_of_scope
from benchmarks.classifiers.contenders import ABLATIONS, CONTENDERS
from benchmarks.classifiers.diet import EPOCHS
from benchmarks.classifiers.rejection import rejection
from benchmarks.classifiers.run import FOLDER, newest, start
from benchmarks.classifiers.sample import OUT_OF_SCOPE, TEST, TRAIN
from benchmarks.classifiers.table import ablation, comparison, refusals

TEXT = Path(__file__).with_name("classifiers.md")
STOCK_EPOCHS = 100


def section(tell: Callable[[str], None]) -> str:
    """Of the run that was begun last, finished if it is not; of a new one if there was none."""
    run = newest(FOLDER) or start(FOLDER, TRAIN, TEST)
    trials = run.trials(tell)
    for contender in (*CONTENDERS, *ABLATIONS):
        trials.outcome(contender)
    return TEXT.read_text("utf-8").format(
        drawn=run.drawn,
        available=run.available,
        train=len(run.sample.train),
        test=len(run.sample.test),
        intents=len({each.intent for each in run.sample.test} - {OUT_OF_SCOPE}),
        comparison=comparison(trials),
        epochs=EPOCHS,
        times=STOCK_EPOCHS / EPOCHS,
        ablation=ablation(trials),
        rejection=refusals(rejection(trials, clinc_out_of_scope())),
    )
