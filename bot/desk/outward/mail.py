"""Mail that leaves through the shop's own SMTP server."""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import parse_qsl, unquote, urlsplit

import aiosmtplib

from bot.conversations.contact import normal_email
from bot.conversations.errors import InvalidContact
from bot.desk.outward.not_sent import NotSent
from bot.desk.outward.outbox_claims import Parcel

TIMEOUT = 15.0  # seconds for each step of the talk with the server
ALTOGETHER = 60.0
_PORTS = {"smtp": 25, "smtps": 465}
_REFUSED_FOR_GOOD = range(500, 600)
_CANNOT_LOG_IN = frozenset({530, 534, 535, 538})  # ours to mend: the mail itself is not at fault


@dataclass(frozen=True)
class MailSettings:
    """``start_tls`` is a must where it is True; None takes it where the server offers it."""

    host: str
    port: int
    sender: Address
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    start_tls: bool | None = None


def mail_settings(url: str, sender: str) -> MailSettings | None:
    """``smtp://user:password@host:587?starttls`` or ``smtps://…``; None where it is empty.

    Raises ``ValueError`` with a sentence that shows no password.
    """
    if not url:
        return None
    parts = urlsplit(url)
    options = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if parts.scheme not in _PORTS or not parts.hostname or options - {"starttls"}:
        raise ValueError("RAMAH_SMTP_URL must look like smtp://user:password@host:587?starttls or smtps://host.")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise ValueError("RAMAH_SMTP_URL names a port that is none.") from error
    tls, start_tls = parts.scheme == "smtps", "starttls" in options
    if parts.password and not tls and not start_tls and not _is_this_machine(parts.hostname):
        raise ValueError("RAMAH_SMTP_URL would send its password unprotected: add ?starttls, or use smtps://.")
    return MailSettings(
        host=parts.hostname,
        port=port,
        sender=_sender(sender),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=tls,
        start_tls=False if tls else (True if start_tls else None),
    )


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    try:
        return Address(name, addr_spec=normal_email(address))
    except (InvalidContact, ValueError) as error:
        raise ValueError('RAMAH_MAIL_FROM must look like "Kedai Ramah <hello@shop.example>".') from error


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def compose(
    sender: Address, recipient: str, *, subject: str, text: str, language: str, mail_id: str, at: datetime
) -> EmailMessage:
    """A mail in plain text. A line break in a header raises ``ValueError``: nothing can add headers of its own.

    Args:
        mail_id: the same for every attempt, so that a mail that was taken twice is seen to be one.
    """
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = Address(addr_spec=recipient)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{mail_id}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    mail["Content-Language"] = language
    return mail


class Mail:
    """Sends mail parcels; their body has ``subject``, ``text`` and ``language``."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def send(self, parcel: Parcel) -> None:
        """Raises ``NotSent``."""
        body = parcel.body
        try:
            mail = compose(
                self._settings.sender,
                parcel.recipient,
                subject=body["subject"],
                text=body["text"],
                language=body["language"],
                mail_id=parcel.id,
                at=parcel.created_at,
            )
        except (ValueError, KeyError, TypeError) as error:
            raise NotSent("unwritable", lasting=True) from error
        try:
            await asyncio.wait_for(self._hand_in(mail), ALTOGETHER)
        except (aiosmtplib.SMTPTimeoutError, asyncio.TimeoutError) as error:
            raise NotSent("timeout") from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _refused(error.recipients[0].code) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refused(error.code) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent("connection") from error

    async def close(self) -> None:
        """Nothing is kept open between two mails."""

    async def _hand_in(self, mail: EmailMessage) -> None:
        settings = self._settings
        await aiosmtplib.send(
            mail,
            hostname=settings.host,
            port=settings.port,
            username=settings.user,
            password=settings.password,
            use_tls=settings.tls,
            start_tls=settings.start_tls,
            timeout=TIMEOUT,
        )


def _refused(code: int) -> NotSent:
    return NotSent(f"smtp_{code}", lasting=code in _REFUSED_FOR_GOOD and code not in _CANNOT_LOG_IN)
