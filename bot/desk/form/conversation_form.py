"""The bot's form of a conversation with what the shopper has told people meanwhile."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.engine import Connection

from bot.conversations.owner import owner_of
from bot.desk.form.candidates import candidates, said_to_people
from bot.desk.form.form_known import FormRules, known_of
from bot.desk.form.form_view import FormView, form_view
from bot.wording.tongue import Tongue


def form_of(connection: Connection, conversation_id: str, rules: FormRules, tongue: Tongue, job: str = "") -> FormView:
    """``job``: another than the open one. Raises ``NoConversation``."""
    known = known_of(connection, conversation_id, rules, tongue, job)
    view = form_view(known)
    if owner_of(connection, conversation_id).kind == "bot":
        return view
    said = said_to_people(connection, conversation_id, known.state.since_seq)
    return replace(view, candidates=candidates(said, view.fields, known, rules))
