"""Reads again the orders that the store has told of, and brings what is new to the conversations they are in."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta

import structlog

from bot.conversations.database import ConversationLog
from bot.conversations.order_cards import conversations_concerned
from bot.conversations.order_news import (
    GATHER,
    GIVE_UP_AFTER,
    Look,
    LookLost,
    begin_look,
    due_orders,
    end_look,
    give_looks_back,
    look_later,
    still_looking,
)
from bot.conversations.order_watches import look_after_quiet
from bot.conversations.times import utc_now
from bot.gateway.announce import announce_messages, announce_redrawn, announce_to_agents
from bot.gateway.delivery import Delivery
from bot.gateway.order_news_told import OrderNow
from bot.orders.policy import Policy
from bot.store.api import OrderApi
from bot.store.errors import NotFound, RateLimited, StoreError, Unavailable
from bot.store.models import Order
from bot.wording.tongue import Wording

SWEEP_SECONDS = 2.0
QUIET_SECONDS = 60.0
SIDE_BY_SIDE = 4
STOP_SECONDS = 3.0
# Nobody shows the order; but a bot that is answering just now may have read it before it changed.
ANSWER_UNDER_WAY = timedelta(seconds=10)

log = structlog.get_logger(__name__)


class OrderWatcher:
    """One in a process; an order is looked at by one at a time."""

    def __init__(
        self,
        conversations: ConversationLog,
        delivery: Delivery,
        orders: OrderApi,
        policy: Policy,
        wording: Wording,
        *,
        by_mail: bool,
    ) -> None:
        self._name = secrets.token_hex(8)
        self._log = conversations
        self._delivery = delivery
        self._orders = orders
        self._policy = policy
        self._wording = wording
        self._by_mail = by_mail
        self._news = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._upkeep: asyncio.Task[None] | None = None
        self._stopping = False
        self._quiet_at = 0.0  # when to look next for orders that nothing was heard of

    def start(self) -> None:
        self._upkeep = asyncio.create_task(self._forever())

    async def stop(self) -> None:
        """What is under way may end; what has not in time is another's to begin anew."""
        self._stopping = True
        if self._upkeep is not None:
            self._upkeep.cancel()
            await asyncio.gather(self._upkeep, return_exceptions=True)
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._log.write(lambda connection: give_looks_back(connection, self._name))

    def wake(self) -> None:
        """An order was told of just now."""
        self._news.set()

    async def _forever(self) -> None:
        while not self._stopping:
            try:
                await self._look_at_due()
            except Exception:
                log.exception("orders.upkeep_failed")
            try:
                await asyncio.wait_for(self._news.wait(), SWEEP_SECONDS)
                await asyncio.sleep(GATHER.total_seconds() + 0.05)
            except asyncio.TimeoutError:
                pass
            self._news.clear()

    async def _look_at_due(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() >= self._quiet_at:
            self._quiet_at = loop.time() + QUIET_SECONDS
            await self._log.write(lambda connection: look_after_quiet(connection, utc_now()))
        for order_id in await self._log.read(lambda connection: due_orders(connection, utc_now())):
            if len(self._under_way) >= SIDE_BY_SIDE:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
            task = asyncio.create_task(self._look_at(order_id))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _look_at(self, order_id: str) -> None:
        try:
            look = await self._log.write(
                lambda connection: begin_look(connection, order_id, runner=self._name, now=utc_now())
            )
            if look is not None and await self._looked(look):
                await self._log.write(lambda connection: end_look(connection, look, utc_now()))
                self.wake()  # it may have been told of meanwhile
        except LookLost:
            log.warning("order.look_lost")
        except Exception:
            # The lease runs out, and it is looked at again.
            log.exception("order.look_failed")

    async def _looked(self, look: Look) -> bool:
        """Whether nothing is left to be done."""
        concerned = await self._log.read(
            lambda connection: conversations_concerned(connection, look.order_id, utc_now())
        )
        if not concerned:
            return await self._nobody(look)
        order = await self._read(look)
        if order is None:
            return False
        for conversation_id in concerned:
            await self._bring(order, conversation_id, look)
        return True

    async def _nobody(self, look: Look) -> bool:
        if look.attempts > 1:
            return True
        await self._log.write(lambda connection: look_later(connection, look, utc_now(), ANSWER_UNDER_WAY))
        return False

    async def _read(self, look: Look) -> Order | None:
        """None: the store cannot say now, and is asked later, or it never will."""
        try:
            return await self._orders.get_order(look.order_id)
        except NotFound:
            why = "not_found"
        except (Unavailable, RateLimited) as failure:
            if utc_now() - look.at < GIVE_UP_AFTER:
                pause = timedelta(seconds=failure.retry_after) if isinstance(failure, RateLimited) else None
                await self._log.write(lambda connection: look_later(connection, look, utc_now(), pause))
                log.info("order.store_down", attempts=look.attempts)
                return None
            why = "store_down"
        except StoreError as failure:
            why = type(failure).__name__
        log.warning("order.not_read", why=why)
        await self._log.write(lambda connection: end_look(connection, look, utc_now()))
        return None

    async def _bring(self, order: Order, conversation_id: str, look: Look) -> None:
        now = OrderNow(order, self._policy, self._wording, utc_now(), self._by_mail)
        changed = await self._log.write(
            lambda connection: now.tell(connection, conversation_id, lambda held: still_looking(held, look))
        )
        if changed.redrawn is not None:
            await announce_redrawn(self._delivery, conversation_id, changed.redrawn)
        await announce_messages(self._delivery, conversation_id, changed.told)
        if changed:
            await announce_to_agents(self._delivery, conversation_id)
