"""Structured logs, one JSON object a line: ids and measures, never what people write or who they are."""

from __future__ import annotations

import logging
import sys

import structlog


def set_up_logs() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries' own lines could carry addresses of requests; only what goes wrong in them is of use.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
