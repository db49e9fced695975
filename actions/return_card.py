"""The cards of a return: what will happen, and the case it became."""

from __future__ import annotations

from typing import Any

from actions.voice import Voice
from bot.orders.returns import ReturnPreview
from bot.store.models import Case
from bot.wording import case_card as wording


def confirm_card(preview: ReturnPreview, voice: Voice) -> dict[str, Any]:
    rows = [{"label": row["label"], "value": row["value"]} for row in wording.return_rows(preview, voice)]
    return {"type": "confirm", "title": voice.words.text(f"confirm_title.{preview.kind.value}"), "rows": rows}


def case_card(case: Case, preview: ReturnPreview, voice: Voice) -> dict[str, Any]:
    return wording.case_card(case, wording.return_rows(preview, voice), voice)
