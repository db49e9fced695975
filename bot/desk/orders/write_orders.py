"""A preview is confirmed: written at the store once, told in the conversation once, whatever breaks between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.conversations.append import Draft, append
from bot.conversations.database import ConversationLog
from bot.conversations.errors import NotOwner
from bot.conversations.lookup import hold_conversation
from bot.conversations.records import SYSTEM, Conversation, Message
from bot.conversations.waiting import tell_agents
from bot.desk.orders.job_previews import UnknownPreview, Write, get_write
from bot.desk.orders.jobs.all_jobs import JOBS
from bot.desk.orders.jobs.job import Counter, Told
from bot.desk.orders.write_failures import Failure, failure_of
from bot.desk.people.agent import Agent
from bot.desk.people.audit import record
from bot.desk.tables import order_writes
from bot.orders.keys import write_key
from bot.orders.verdict import ChangedMeanwhile
from bot.store.errors import StoreError
from bot.store.models import Order
from bot.wording.tongue import Tongue

SENT = frozenset({"writing", "unknown"})  # the store may have it already
FINAL = frozenset({"done", "refused"})


@dataclass(frozen=True)
class Confirmed:
    """``state``: done, refused, failed (nothing was written) or unknown (confirming again settles it).

    ``changed``: the order as it is now, where it is no longer as previewed; ``messages``: new in the conversation.
    """

    state: str
    reason: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    changed: Order | None = None
    messages: list[Message] = field(default_factory=list)


async def confirm(
    log: ConversationLog,
    counter: Counter,
    conversation_id: str,
    preview_id: str,
    agent: Agent,
    *,
    speak: Callable[[Conversation], Tongue],
    when_told: Callable[[Connection], None] = lambda connection: None,
) -> Confirmed:
    """Do what the preview says. Confirmed again it gives the same result, and after a crash it finds out.

    Args:
        speak: the shopper's tongue.
        when_told: what belongs into the transaction that tells the shopper.

    Raises:
        NotOwner: another agent has the conversation, or none.
        UnknownPreview: there is none, or another agent made it and has not begun to write.
    """
    now = counter.now
    write, before = await log.write(lambda connection: _begin(connection, conversation_id, preview_id, agent))
    if before in FINAL:
        return Confirmed(before, write.reason, write.result or {})
    job = JOBS[write.job]
    try:
        done = await job.perform(write.data, counter, write_key(conversation_id, preview_id, job.of_bot))
    except ChangedMeanwhile as changed:
        # After a crash nobody knows whether ours was among the changes.
        failure = Failure("unknown" if before in SENT else "refused", "changed_meanwhile")
        settled = await log.write(lambda connection: _fail(connection, conversation_id, write, agent, failure, now))
        return settled if settled.state == "done" else _with_order(settled, changed.order)
    except StoreError as error:
        failure = failure_of(error, sent_before=before in SENT)
        return await log.write(lambda connection: _fail(connection, conversation_id, write, agent, failure, now))

    def finish(connection: Connection) -> Confirmed:
        held = hold_conversation(connection, conversation_id)
        tongue = speak(held)
        told = job.told(done, write.data, counter, tongue)
        case = done.case.number if done.case else None
        finished = _finish(connection, held, write, agent, told, language=tongue.language, case=case, now=now)
        if finished.messages:
            when_told(connection)
        return finished

    return await log.write(finish)


def _begin(connection: Connection, conversation_id: str, preview_id: str, agent: Agent) -> tuple[Write, str]:
    """The write and the state it was in; from now on it may have reached the store."""
    held = hold_conversation(connection, conversation_id)
    write = get_write(connection, conversation_id, preview_id)
    if write.state in FINAL and write.agent_id == agent.id:
        return write, write.state
    if (held.owner.kind, held.owner.id) != ("agent", agent.id):
        raise NotOwner(held.owner)
    if write.state == "previewed" and write.agent_id != agent.id:
        raise UnknownPreview
    if write.state not in FINAL:
        _set(connection, write, state="writing", reason=None)
    return write, write.state


def _finish(
    connection: Connection,
    held: Conversation,
    write: Write,
    agent: Agent,
    told: Told,
    *,
    language: str,
    case: str | None,
    now: datetime,
) -> Confirmed:
    """The result and the message, in one transaction; whoever comes second finds it done."""
    current = get_write(connection, held.id, write.id)
    if current.state == "done":
        return Confirmed("done", result=current.result or {})
    theirs = (held.owner.kind, held.owner.id) == ("agent", agent.id)
    draft = Draft(
        agent.author if theirs else SYSTEM,  # they lost the conversation meanwhile: what is done is told all the same
        told.text,
        card=told.card,
        response=told.response,
        automatic=not theirs,
        language=language,
    )
    messages = append(connection, held, [draft], now, standing="answered" if theirs else "told")
    result = {"seq": messages[0].seq, "text": told.text, "case": case}
    _end(connection, write, state="done", reason=None, result=result, done_at=now)
    about = {"job": write.job, "write": write.id, "seq": messages[0].seq, **write.masked}
    record(connection, agent, "order_written", held.id, about, now)
    return Confirmed("done", result=result, messages=messages)


def _fail(  # noqa: PLR0917 - one row's facts
    connection: Connection, conversation_id: str, write: Write, agent: Agent, failure: Failure, now: datetime
) -> Confirmed:
    hold_conversation(connection, conversation_id)
    current = get_write(connection, conversation_id, write.id)
    if current.state == "done":
        return Confirmed("done", result=current.result or {})
    end = _end if failure.state in FINAL else _set
    end(connection, write, state=failure.state, reason=failure.reason, done_at=now)
    about = {"job": write.job, "write": write.id, "outcome": failure.state, "reason": failure.reason, **write.masked}
    record(connection, agent, "order_not_written", conversation_id, about, now)
    tell_agents(connection, conversation_id)
    return Confirmed(failure.state, failure.reason)


def _with_order(settled: Confirmed, order: Order) -> Confirmed:
    return Confirmed(settled.state, settled.reason, changed=order)


def _end(connection: Connection, write: Write, **values: Any) -> None:
    """What was previewed, an address say, is kept no longer than it is needed."""
    _set(connection, write, preview={"masked": write.masked}, **values)


def _set(connection: Connection, write: Write, **values: Any) -> None:
    connection.execute(update(order_writes).where(order_writes.c.id == write.id).values(**values))
