"""The form of each job that has one."""

from __future__ import annotations

from actions.address import ValidateAddressForm
from actions.cancel import ValidateCancelForm
from actions.job_form import JobForm
from actions.lost import ValidateLostForm
from actions.notification import ValidateNotificationForm
from actions.refund_status import ValidateRefundForm
from actions.reorder import ValidateReorderForm
from actions.returns import ValidateProblemForm, ValidateReturnForm
from actions.track import ValidateTrackForm

FORMS: dict[str, JobForm] = {
    form.job_name: form
    for form in (
        ValidateTrackForm(),
        ValidateRefundForm(),
        ValidateAddressForm(),
        ValidateCancelForm(),
        ValidateReturnForm(),
        ValidateProblemForm(),
        ValidateLostForm(),
        ValidateReorderForm(),
        ValidateNotificationForm(),
    )
}
