"""What must be settled before Rasa is imported: no telemetry, no TensorFlow unless wanted, no warnings of its pins."""

from __future__ import annotations

import logging
import os

from bot.engine import without_tensorflow


def prepare() -> None:
    """Settle it; call it once, first thing in a process that runs Rasa."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"  # overrules what a user's own Rasa configuration says
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    # Filters of the warnings module would not do: Rasa and Sanic set their own while they are imported.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addFilter(_worth_reading)
    if not without_tensorflow.wanted():
        without_tensorflow.put_stand_ins()
        without_tensorflow.explain_missing_components()


def _worth_reading(record: logging.LogRecord) -> bool:
    """Not what newer releases say about the old ones that Rasa pins, and not what Rasa says of every domain."""
    said = record.getMessage()
    return "DeprecationWarning:" not in said and "Slot auto-fill has been removed" not in said
