"""What is measured of a contestant, over HTTP as the gateway would use it."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

import httpx

from benchmarks.contestants import Contestant

AT_ONCE = 16
ROUNDS = 5
LENGTH = 8  # turns of a conversation, where its length is not what is measured


@dataclass(frozen=True)
class Plan:
    """How many turns of each kind."""

    one_at_a_time: int
    at_once: int
    form: int
    growth: int


FULL = Plan(one_at_a_time=400, at_once=1280, form=160, growth=400)
SHORT = Plan(one_at_a_time=80, at_once=640, form=40, growth=60)


@dataclass(frozen=True)
class Result:
    """Milliseconds, but for ``turns_a_second``, ``megabytes`` and ``seconds_to_ready``."""

    name: str
    p50: float
    p95: float
    at_once_p50: float
    at_once_p95: float
    turns_a_second: float
    form_p50: float
    turn_10: float
    turn_last: float
    last: int
    megabytes: float
    seconds_to_ready: float


@dataclass
class Taken:
    """Milliseconds that a contestant has taken so far, and the seconds of its turns at once."""

    single: list[float] = field(default_factory=list)
    forms: list[float] = field(default_factory=list)
    at_once: list[float] = field(default_factory=list)
    at_once_seconds: float = 0.0
    growth: list[float] = field(default_factory=list)


async def measure(
    contestants: Sequence[Contestant], light: list[str], form: list[str], plan: Plan, tell: Callable[[str], None]
) -> list[Result]:
    """Measure contestants that are ready, in turns, so that other work on the machine hits all of them alike."""
    taken = {contestant.name: Taken() for contestant in contestants}
    async with httpx.AsyncClient(timeout=httpx.Timeout(120)) as client:
        for contestant in contestants:
            await _conversation(contestant, client, light)  # the first turn of all loads and compiles
        for number in range(ROUNDS):
            for contestant in contestants:
                tell(f"Round {number + 1} of {ROUNDS}: {contestant.name}")
                await _round(contestant, client, (light, form), plan, taken[contestant.name])
        for contestant in contestants:
            tell(f"A long conversation: {contestant.name}")
            turns = min(plan.growth, contestant.grows_to)
            messages = [form[i % len(form)] for i in range(turns)]
            taken[contestant.name].growth = await _conversation(contestant, client, messages)
    return [_result(contestant, taken[contestant.name], len(form)) for contestant in contestants]


async def _round(
    contestant: Contestant, client: httpx.AsyncClient, says: tuple[list[str], list[str]], plan: Plan, taken: Taken
) -> None:
    light, form = says
    taken.single += await _conversations(contestant, client, light, plan.one_at_a_time // ROUNDS)
    taken.forms += await _conversations(contestant, client, form, plan.form // ROUNDS)
    started = time.perf_counter()
    together = await asyncio.gather(
        *(_conversations(contestant, client, light, plan.at_once // AT_ONCE // ROUNDS) for _ in range(AT_ONCE))
    )
    taken.at_once_seconds += time.perf_counter() - started
    taken.at_once += [milliseconds for each in together for milliseconds in each]


def _result(contestant: Contestant, taken: Taken, cycle: int) -> Result:
    return Result(
        name=contestant.name,
        p50=median(taken.single),
        p95=_p95(taken.single),
        at_once_p50=median(taken.at_once),
        at_once_p95=_p95(taken.at_once),
        turns_a_second=len(taken.at_once) / taken.at_once_seconds,
        form_p50=median(taken.forms),
        # Two whole cycles of the form each, so that the same messages are compared.
        turn_10=median(taken.growth[2 : 2 + 2 * cycle]),
        turn_last=median(taken.growth[-2 * cycle :]),
        last=len(taken.growth),
        megabytes=contestant.server.megabytes(),
        seconds_to_ready=contestant.server.seconds_to_ready,
    )


async def _conversations(
    contestant: Contestant, client: httpx.AsyncClient, messages: list[str], turns: int
) -> list[float]:
    taken: list[float] = []
    while len(taken) < turns:
        taken += await _conversation(contestant, client, messages[:LENGTH])
    return taken


async def _conversation(contestant: Contestant, client: httpx.AsyncClient, messages: list[str]) -> list[float]:
    conversation = f"bench-{uuid.uuid4().hex}"
    taken = []
    for message in messages:
        started = time.perf_counter()
        await contestant.say(client, conversation, message)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
