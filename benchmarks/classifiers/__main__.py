"""``python -m benchmarks.classifiers``: intent classifiers beside each other, on a sample of the shop's own examples.

Takes some hours on 2 cores, nearly all of it DIET and spaCy's networks. What is done is kept in ``.cache/classifiers``:
a run that was ended goes on where it was, with the sample it had. ``--fresh`` draws a new sample; ``--only`` names the
contenders that are wanted; ``--train`` and ``--test`` say how many examples of each intent and language are drawn.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

from benchmarks.classifiers.clinc import clinc_out_of_scope
from benchmarks.classifiers.contenders import ABLATIONS, CONTENDERS
from benchmarks.classifiers.run import FOLDER, newest, start
from benchmarks.classifiers.sample import TEST, TRAIN
from benchmarks.classifiers.table import tables


def main() -> int:
    given = _arguments()
    run = (None if given.fresh else newest(FOLDER)) or start(FOLDER, given.train, given.test)
    trials = run.trials(partial(print, flush=True))
    wanted = [each for each in (*CONTENDERS, *ABLATIONS) if not given.only or each.key in given.only]
    outcomes = [trials.outcome(contender) for contender in wanted]
    print("\n".join(map(str, outcomes)) if given.only else tables(trials, clinc_out_of_scope()))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.classifiers", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--fresh", action="store_true", help="draw a new sample and train everything anew")
    parser.add_argument("--only", nargs="+", metavar="KEY", choices=[each.key for each in (*CONTENDERS, *ABLATIONS)])
    parser.add_argument("--train", type=int, default=TRAIN, help=f"examples to learn from (default: {TRAIN})")
    parser.add_argument("--test", type=int, default=TEST, help=f"examples to be asked (default: {TEST})")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
