"""What the gateway's handlers work with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversations.database import ConversationLog
from bot.gateway.customer_token import CustomerTokens
from bot.gateway.delivery import Delivery
from bot.gateway.desk.open_sessions import OpenSessions
from bot.gateway.desk.parts import DeskParts
from bot.gateway.open_tokens import OpenTokens
from bot.gateway.photo_files import PhotoFiles
from bot.gateway.rate_limit import RateLimits
from bot.gateway.receipt_writer import ReceiptWriter
from bot.gateway.runner import TurnRunner
from bot.gateway.words import Words
from bot.knowledge.library import Library
from bot.settings import Settings


@dataclass(frozen=True)
class Parts:
    settings: Settings
    log: ConversationLog
    words: Words
    library: Library
    tokens: OpenTokens
    sessions: OpenSessions
    delivery: Delivery
    runner: TurnRunner
    limits: RateLimits
    customers: CustomerTokens
    photos: PhotoFiles
    receipts: ReceiptWriter
    desk: DeskParts
