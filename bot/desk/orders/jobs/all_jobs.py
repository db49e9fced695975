"""The jobs that agents can do, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desk.orders.jobs.cancel import Cancel
from bot.desk.orders.jobs.change_address import ChangeAddress
from bot.desk.orders.jobs.job import DeskJob
from bot.desk.orders.jobs.lost import Lost
from bot.desk.orders.jobs.returns import Replace, Return
from bot.desk.orders.jobs.track import Track

JOBS: Mapping[str, DeskJob] = {
    job.name: job for job in (Track(), ChangeAddress(), Cancel(), Return(), Replace(), Lost())
}
