"""What may be chosen in a field, and whether it is asked at all: by the shop's rules and what is known by now."""

from __future__ import annotations

from typing import Any

from bot.desk.form.form_fields import Field
from bot.desk.form.form_known import Known
from bot.orders.return_rules import (
    ReturnItem,
    condition_questions,
    photo_needed,
    problem_reasons,
    return_reasons,
    wish_choices,
)
from bot.store.models import Wish
from bot.wording.order_card import options_text
from bot.wording.tongue import Tongue


def is_needed(slot: str, kind: Field, known: Known) -> bool:
    """Whether the bot would ask it, as far as is known."""
    if kind.kind == "photos":
        reason = known.value(kind.reason)
        needed = reason not in known.policy.returns.reasons or photo_needed(reason, known.policy)
        return needed or bool(known.value(slot))
    if kind.wish:
        return bool(known.value(kind.wish) == Wish.exchange.value)
    return True


def choices_of(kind: Field, known: Known) -> list[str]:
    policy = known.policy
    if kind.choices == "cancel_reasons":
        found = list(policy.cancel.reasons)
    elif kind.choices == "return_reasons":
        found = return_reasons(policy)
    elif kind.choices == "problem_kinds":
        found = problem_reasons(policy)
    elif kind.choices == "lost_wishes":
        found = [wish.value for wish in policy.lost_parcel.wishes]
    else:
        reason = known.value(kind.reason)
        wishes = wish_choices(reason, policy) if reason in policy.returns.reasons else list(Wish)
        found = [wish.value for wish in wishes]
    return [code for code in found if code not in kind.without]


def conditions_asked(kind: Field, known: Known) -> list[str]:
    """Codes, as soon as items and reason are known."""
    reason, items = known.value(kind.reason), known.value(kind.items)
    if reason not in known.policy.returns.reasons or not items or known.order is None:
        return []
    lines = {line.id for line in known.order.lines}
    chosen = tuple(ReturnItem(line_id=each["id"], quantity=each["quantity"]) for each in items if each["id"] in lines)
    return condition_questions(known.order, chosen, reason, known.policy)


def options_of(slot: str, kind: Field, known: Known) -> list[dict[str, Any]] | None:
    """Ready to show; None for what is typed."""
    tongue = known.tongue
    if kind.kind == "choice":
        return [{"value": code, "label": labelled(slot, code, tongue)} for code in choices_of(kind, known)]
    if kind.kind == "items":
        lines = known.order.lines if known.order else []
        return [
            {
                "value": line.id,
                "label": f"{line.title} ({options_text(line.options, tongue)})" if line.options else line.title,
                "max": line.quantity,
            }
            for line in lines
        ]
    if kind.kind == "photos":
        return [{"value": photo, "label": str(number)} for number, photo in enumerate(known.photos, 1)]
    return None


def labelled(group: str, code: Any, tongue: Tongue) -> str:
    if group == "yes_no":
        return tongue.words.text("buttons.condition_yes" if code else "buttons.condition_no")
    return tongue.words.label(group, str(code))
