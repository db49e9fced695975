"""How a person can reach the shopper after a handoff: an email address left in a form of the gateway's own."""

from __future__ import annotations

from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft
from bot.conversations.errors import InvalidContact
from bot.conversations.records import SYSTEM
from bot.conversations.tables import handoffs

# The engine never sees this payload: choices made "for contact" end here.
CONTACT_PAYLOAD = "leave_email"


def leave_contact(connection: Connection, conversation_id: str, email: str, *, thanks: str, now: datetime) -> Draft:
    """Put the address on the conversation's latest handoff; the answer to show comes back, not yet stored."""
    address = normal_email(email)
    latest = (
        select(handoffs.c.id)
        .where(handoffs.c.conversation_id == conversation_id)
        .order_by(handoffs.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    connection.execute(update(handoffs).where(handoffs.c.id == latest).values(contact_email=address, contact_at=now))
    return Draft(SYSTEM, thanks.replace("{email}", address), response="gateway.contact_thanks", automatic=True)


def normal_email(email: str) -> str:
    """The address as mail systems write it. Raises ``InvalidContact``; no network is asked."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise InvalidContact from error
