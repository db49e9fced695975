"""Rasa's own command line, run the way Ramah runs Rasa: ``python -m bot.engine.rasa_command train``."""

from __future__ import annotations

import sys

from bot.engine.before_rasa import prepare


def run(argv: list[str]) -> int:
    """Run ``rasa`` with these arguments.

    Args:
        argv: what stands after ``rasa`` on its command line, for instance ``["train", "nlu"]``.

    Returns:
        the exit code.
    """
    prepare()
    from rasa.__main__ import main  # noqa: PLC0415 - only after prepare()

    from bot.engine.fast_training import hash_examples_quickly  # noqa: PLC0415 - so is this

    hash_examples_quickly()

    sys.argv = ["rasa", *argv]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
