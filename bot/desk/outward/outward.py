"""Where things leave the house to: the shop's webhook and mail server, as far as it has them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk.outward.mail import MailSettings, mail_settings
from bot.desk.outward.mail_words import MailWords
from bot.desk.outward.webhook import WebhookSettings, webhook_settings
from bot.settings import Settings


@dataclass(frozen=True)
class Outward:
    shop: str  # as mails name it
    webhook: WebhookSettings | None
    mail: MailSettings | None
    words: MailWords


def outward_of(settings: Settings) -> Outward:
    """Raises ``ValueError`` with a sentence where a setting cannot be used."""
    return Outward(
        shop=settings.shop_name,
        webhook=webhook_settings(settings.webhook_url, settings.webhook_secret),
        mail=mail_settings(settings.smtp_url, settings.mail_from),
        words=MailWords(settings.desk_dir),
    )
