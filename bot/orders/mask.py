"""Personal data made unreadable but recognisable to its owner: for records, logs and what a handoff shows."""

from __future__ import annotations

import re

from bot.store.models import Address

DOTS = "•••"
_EMAIL = re.compile(r"[^\s<>,;:()\"']+@[^\s<>,;:()\"']+\.[^\s<>,;:()\"']+")
_PHONE = re.compile(r"(?<![\w#])\+?\d(?:[\s().-]{0,2}\d){7,14}")


def mask_email(email: str) -> str:
    """``siti@example.com`` → ``s•••@example.com``."""
    name, at, domain = email.strip().rpartition("@")
    return f"{name[:1]}{DOTS}@{domain}" if at else (DOTS if email.strip() else "")


def mask_phone(phone: str) -> str:
    """All but the last three digits."""
    digits = re.sub(r"\D", "", phone)
    return f"{DOTS} {digits[-3:]}" if len(digits) > 3 else (DOTS if digits else "")


def mask_name(name: str) -> str:
    """``Siti Aminah`` → ``S••• A•••``."""
    return " ".join(f"{part[0]}{DOTS}" for part in name.split())


def mask_address(address: Address) -> Address:
    """Name, street and phone masked; town, region, postcode and country tell a shopper which address it is."""
    return address.copy(
        update={
            "name": mask_name(address.name),
            "line1": _mask_words(address.line1),
            "line2": _mask_words(address.line2),
            "district": _mask_words(address.district),
            "phone": mask_phone(address.phone),
        }
    )


def mask_text(text: str) -> str:
    """Emails and phone numbers inside free text; anything else stays, so give no addresses to it."""
    without_email = _EMAIL.sub(lambda found: mask_email(found[0]), text)
    return _PHONE.sub(lambda found: mask_phone(found[0]), without_email)


def _mask_words(line: str) -> str:
    return f"{line[0]}{DOTS}" if line else ""
