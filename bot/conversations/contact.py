"""How a person can reach the shopper after a handoff: an email address left in a form of the gateway's own."""

from __future__ import annotations

from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft
from bot.conversations.errors import InvalidContact
from bot.conversations.records import SYSTEM, Conversation
from bot.conversations.tables import handoffs
from bot.languages import language_of

# The engine never sees this payload: choices made "for contact" end here.
CONTACT_PAYLOAD = "leave_email"


def leave_contact(connection: Connection, held: Conversation, email: str, *, thanks: str, now: datetime) -> Draft:
    """Put the address on the conversation's latest handoff; the answer to show comes back, not yet stored."""
    address = normal_email(email)
    latest = (
        select(handoffs.c.id)
        .where(handoffs.c.conversation_id == held.id)
        .order_by(handoffs.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    connection.execute(update(handoffs).where(handoffs.c.id == latest).values(contact_email=address, contact_at=now))
    said, language = thanks.replace("{email}", address), language_of(held.speaks)
    return Draft(SYSTEM, said, response="gateway.contact_thanks", automatic=True, language=language)


def normal_email(email: str) -> str:
    """The address as mail systems write it. Raises ``InvalidContact``; no network is asked."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise InvalidContact from error
