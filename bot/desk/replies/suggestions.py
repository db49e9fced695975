"""What to answer and what to do next, by the shop's own rules: the first that fits. Nothing is ever sent by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.desk.replies.canned_file import Canned, canned_files
from bot.desk.replies.canned_values import refund_of
from bot.desk.replies.live_files import LiveFiles
from bot.desk.replies.situation import Situation
from bot.desk.replies.suggestion_file import FILE, Rule, Tried, When, read_suggestions
from bot.languages import ENGLISH


@dataclass(frozen=True)
class Suggestion:
    """The rules that chose them say why; None: nothing fits."""

    reply: Rule | None
    action: Rule | None


def open_suggestions(folder: Path, canned: LiveFiles[Canned]) -> LiveFiles[list[Rule]]:
    """Raises ``bot.desk.replies.file_fault.DeskFileError``. They name canned replies, so they are read with these."""
    return LiveFiles(
        lambda: [folder / FILE, *canned_files(folder)],
        lambda: read_suggestions(folder, canned.now().replies[ENGLISH]),
    )


def suggest(
    situation: Situation, rules: Sequence[Rule], possible: Callable[[str], bool] = lambda action: True
) -> Suggestion:
    """``possible``: whether an action can be done at all; one that cannot is not suggested."""
    fitting = [rule for rule in rules if fits(rule.when, situation)]
    return Suggestion(
        reply=next((rule for rule in fitting if rule.reply is not None), None),
        action=next((rule for rule in fitting if rule.action is not None and possible(rule.action)), None),
    )


def fits(when: When, situation: Situation) -> bool:
    tracking, last = situation.tracking, situation.tried[-1] if situation.tried else {}
    refusal = str(last.get("reason") or "") if last.get("outcome") == "refused" else ""
    one_of = (
        (when.owner, situation.owner),
        (when.status, situation.status),
        (when.reason, situation.reason),
        (when.job, situation.job),
        (when.intent, situation.intent),
        (when.language, situation.language),
        (when.order_state, tracking.state if tracking is not None else None),
        (when.form_asks, situation.asks),
        (when.refusal, refusal),
    )
    so = (
        (when.form, situation.form is not None),
        (when.order, situation.order_id is not None),
        (when.late, tracking is not None and tracking.late_days > 0),
        (when.refund, _refund(situation)),
        (when.customer, situation.customer),
        (when.contact, bool(situation.email)),
        (when.answered, situation.answered),
    )
    longer = ((when.waiting_over, situation.waiting), (when.silent_over, situation.silent))
    return (
        all(not wanted or actual in wanted for wanted, actual in one_of)
        and all(wanted is None or wanted == actual for wanted, actual in so)
        and all(wanted is None or (actual is not None and actual > wanted) for wanted, actual in longer)
        and (when.tried is None or _was_tried(when.tried, situation))
    )


def _was_tried(wanted: Tried, situation: Situation) -> bool:
    """By what was tried last."""
    if not situation.tried:
        return False
    last = situation.tried[-1]
    pairs = ((wanted.job, "job"), (wanted.outcome, "outcome"), (wanted.reason, "reason"))
    return all(not among or last.get(key) in among for among, key in pairs)


def _refund(situation: Situation) -> bool:
    order = situation.order
    return order is not None and refund_of(order) is not None
