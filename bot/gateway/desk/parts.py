"""What the desk's handlers work with, beside the gateway's own parts."""

from __future__ import annotations

from dataclasses import dataclass

from bot.desk.config import DeskConfig, load_desk_config
from bot.desk.form.form_fields import load_forms
from bot.desk.form.form_known import FormRules
from bot.desk.outward.outward import Outward, outward_of
from bot.desk.queue.rules import DeskRules
from bot.desk.replies.canned import open_canned
from bot.desk.replies.canned_file import Canned
from bot.desk.replies.live_files import LiveFiles
from bot.desk.replies.suggestion_file import Rule
from bot.desk.replies.suggestions import open_suggestions
from bot.gateway.words import Words
from bot.languages import spoken_languages
from bot.orders.address_talk import AddressTalk
from bot.orders.policy import Policy
from bot.orders.product_words import product_words
from bot.settings import Settings
from bot.store.api import OrderApi
from bot.store.platforms import open_store
from bot.wording.words import words_in


@dataclass(frozen=True)
class DeskParts:
    config: DeskConfig
    rules: DeskRules
    orders: OrderApi
    policy: Policy
    outward: Outward
    canned: LiveFiles[Canned]
    suggestions: LiveFiles[list[Rule]]
    forms: FormRules


def open_desk(settings: Settings, policy: Policy, words: Words) -> DeskParts:
    """Raises ``bot.desk.config.DeskConfigError`` or another ``ValueError`` with a sentence."""
    config, outward = load_desk_config(settings), outward_of(settings)
    languages = spoken_languages(settings.words_dir)
    canned = open_canned(settings.desk_dir, languages)
    return DeskParts(
        config=config,
        rules=DeskRules(config, policy, words.text, webhook=outward.webhook is not None),
        orders=open_store(settings.store),
        policy=policy,
        outward=outward,
        canned=canned,
        suggestions=open_suggestions(settings.desk_dir, canned),
        forms=FormRules(
            load_forms(settings.desk_dir / "fields.yml", settings.domain_file),
            policy,
            product_words(settings.products_file),
            AddressTalk.of(*(words_in(each, settings.words_dir).group("heard") for each in languages)),
        ),
    )
