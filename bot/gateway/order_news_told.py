"""What news of an order changes in one conversation: its card is drawn anew, and who asked is told, in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.choices import keep_choices, offer
from bot.conversations.lookup import hold_conversation
from bot.conversations.order_cards import redraw_card
from bot.conversations.order_watches import end_watch, known_to_shopper, note_known, stop_payload
from bot.conversations.records import BOT_AUTHOR, SYSTEM, Conversation, Message
from bot.conversations.waiting import tell_agents
from bot.desk.outward.mailed_answers import shopper_told
from bot.languages import language_of
from bot.orders.movement import Move, is_over, known_after, moved
from bot.orders.policy import Policy
from bot.orders.track import Tracking, track
from bot.store.models import Order
from bot.wording.moved_news import moved_news
from bot.wording.order_card import order_card
from bot.wording.tongue import Tongue, Wording


@dataclass(frozen=True)
class Changed:
    redrawn: Message | None = None
    told: list[Message] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.redrawn is not None or bool(self.told)


@dataclass(frozen=True)
class OrderNow:
    """An order as it was read just now, and how it is spoken of."""

    order: Order
    policy: Policy
    wording: Wording
    now: datetime
    by_mail: bool  # the shop has a mail server

    def tell(self, connection: Connection, conversation_id: str, still_mine: Callable[[Connection], None]) -> Changed:
        """``still_mine``: raises if somebody may have read the order later."""
        held = hold_conversation(connection, conversation_id)
        still_mine(connection)
        redrawn = redraw_card(connection, held, self.order.id, partial(self._card, held), self.now)
        changed = Changed(redrawn, self._tell_who_asked(connection, held))
        if changed:
            tell_agents(connection, held.id)
        return changed

    def _tell_who_asked(self, connection: Connection, held: Conversation) -> list[Message]:
        known = known_to_shopper(connection, held.id, self.order.id, self.now)
        if known is None:
            return []
        moves = moved(known, self.order)
        if (after := known_after(known, self.order)) != known:
            note_known(connection, held.id, self.order.id, after)
        over = is_over(self.order)
        if over:
            end_watch(connection, held.id, self.order.id, self.now)
        return self._say(connection, held, moves, over=over) if moves else []

    def _say(self, connection: Connection, held: Conversation, moves: list[Move], *, over: bool) -> list[Message]:
        tongue, tracking = self._tongue(held, held.speaks), self._tracking
        buttons = [] if over else [self._stop_button(tongue)]
        offered = offer(buttons, order_card(self.order, tracking, tongue), for_whom="watch")
        draft = Draft(
            # While people have it nobody but they may speak in it; this is news, and says who it is from.
            BOT_AUTHOR if held.owner.kind == "bot" else SYSTEM,
            moved_news(moves, tracking, tongue),
            buttons=offered.buttons,
            card=offered.card,
            response=f"utter_moved_{moves[-1].state.value}",
            automatic=True,
            language=language_of(tongue.language),
        )
        said = append(connection, held, [draft], self.now)
        keep_choices(connection, held.id, [(said[0].seq, offered)], self.now)
        if self.by_mail:
            shopper_told(connection, held.id, self.now)
        return said

    def _stop_button(self, tongue: Tongue) -> dict[str, str]:
        sentence = tongue.say("utter_notification_off", numbers=f"#{self.order.number}")
        return {
            "title": tongue.words.text("buttons.stop_notifying"),
            "payload": stop_payload(self.order.id, sentence),
        }

    def _card(self, held: Conversation, language: str) -> dict[str, Any]:
        return order_card(self.order, self._tracking, self._tongue(held, language))

    @property
    def _tracking(self) -> Tracking:
        return track(self.order, self.policy, self.now)

    def _tongue(self, held: Conversation, language: str) -> Tongue:
        return self.wording.shopper(language, held.locale, held.time_zone)
