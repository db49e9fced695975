"""Rasa inside a command: what it logs goes to standard error and only when it is an error; no progress bars."""

from __future__ import annotations

import logging
import os
import sys

from bot.engine.before_rasa import prepare


def prepare_quietly() -> None:
    """Settle it before Rasa is imported, once in a process; trainings started before still tell what they are at."""
    os.environ["LOG_LEVEL"] = "ERROR"  # by this Rasa decides about its progress bars
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(message)s")
    prepare()
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415 - only after prepare()

    configure_structlog(logging.ERROR)
