"""The form of each job that has one."""

from __future__ import annotations

from actions.job_form import JobForm
from actions.track import ValidateTrackForm

FORMS: dict[str, JobForm] = {form.job_name: form for form in (ValidateTrackForm(),)}
