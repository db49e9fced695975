"""What the desk answers to the log when a conversation waits for a person (``bot.conversations.queue_rules``)."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from bot.conversations.records import BOT, QUEUE, Conversation, Owner
from bot.desk.config import DeskConfig
from bot.desk.form.facts import restore_facts
from bot.desk.outward.outbox import handoff_created
from bot.desk.outward.satisfaction import rate
from bot.desk.people.agents import NoAgent, get_agent
from bot.desk.people.presence import answering, answers_now
from bot.desk.queue.assignment import assign_one
from bot.desk.queue.business_hours import BusinessHours
from bot.desk.queue.when import Words, when
from bot.orders.policy import Policy


class DeskRules:
    """``words``: the gateway's own sentences, by key and language; ``webhook``: whether handoffs go outward too."""

    def __init__(self, config: DeskConfig, policy: Policy, words: Words, *, webhook: bool = False) -> None:
        holidays = (*config.holidays, *policy.calendar().holidays)
        self.config = config
        self.hours = BusinessHours(config.hours, holidays, ZoneInfo(policy.time_zone))
        self._words = words
        self._webhook = webhook

    def due(self, reason: str, since: datetime) -> datetime:
        return self.hours.after(since, self.config.minutes_for(reason))

    def nobody_there(self, connection: Connection, language: str, now: datetime) -> str | None:
        if answering(connection, now, self.config):
            return None
        opens = self.hours.opens(now)
        if opens is None or opens <= now:
            return self._words("gateway.nobody_at_desk", language)
        back = when(opens, now, self.hours.zone, language, self._words)
        return self._words("gateway.nobody_there", language).replace("{when}", back)

    def handed_over(self, connection: Connection, conversation_id: str, handoff_id: int, now: datetime) -> Owner | None:
        restore_facts(connection, handoff_id, now)
        handoff_created(connection, conversation_id, handoff_id, now, webhook=self._webhook)
        if self.config.assignment != "automatic":
            return None
        agent = assign_one(connection, conversation_id, now, self.config)
        return agent.owner if agent else None

    def still_theirs(self, connection: Connection, held: Conversation, resolved_at: datetime, now: datetime) -> Owner:
        if now - resolved_at >= timedelta(hours=self.config.reopen_hours):
            return BOT
        return held.owner if held.owner.id is None or self._is_there(connection, held.owner.id, now) else QUEUE

    def rated(
        self, connection: Connection, conversation_id: str, *, score: int, comment: str, language: str, now: datetime
    ) -> str | None:
        kept = rate(connection, conversation_id, score, comment, now)
        return self._words("gateway.rating_thanks", language) if kept else None

    def _is_there(self, connection: Connection, agent_id: str, now: datetime) -> bool:
        try:
            return answers_now(get_agent(connection, agent_id), now, self.config)
        except NoAgent:
            return False
