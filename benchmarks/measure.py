"""What is measured of a contestant, over HTTP as the gateway would use it."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from statistics import median, quantiles

import httpx

from benchmarks.contestants import Contestant

AT_ONCE = 16
LENGTH = 8  # turns of a conversation, where its length is not what is measured


@dataclass(frozen=True)
class Plan:
    """How many turns of each kind."""

    one_at_a_time: int
    at_once: int
    form: int
    growth: int


FULL = Plan(one_at_a_time=400, at_once=960, form=160, growth=400)
SHORT = Plan(one_at_a_time=48, at_once=128, form=24, growth=60)


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


async def measure(contestant: Contestant, light: list[str], form: list[str], plan: Plan) -> Result:
    """Measure a contestant that is ready; some minutes."""
    timeout = httpx.Timeout(120)
    async with httpx.AsyncClient(timeout=timeout) as client:
        await _conversation(contestant, client, light)  # the first turn of all loads and compiles
        single = await _conversations(contestant, client, light, plan.one_at_a_time)
        forms = await _conversations(contestant, client, form, plan.form)
        started = time.perf_counter()
        together = await asyncio.gather(
            *(_conversations(contestant, client, light, plan.at_once // AT_ONCE) for _ in range(AT_ONCE))
        )
        seconds = time.perf_counter() - started
        turns = min(plan.growth, contestant.grows_to)
        growth = await _conversation(contestant, client, [form[i % len(form)] for i in range(turns)])
    at_once = [milliseconds for each in together for milliseconds in each]
    cycle = len(form)
    return Result(
        name=contestant.name,
        p50=median(single),
        p95=_p95(single),
        at_once_p50=median(at_once),
        at_once_p95=_p95(at_once),
        turns_a_second=len(at_once) / seconds,
        form_p50=median(forms),
        # Two whole cycles of the form each, so that the same messages are compared.
        turn_10=median(growth[2 : 2 + 2 * cycle]),
        turn_last=median(growth[-2 * cycle :]),
        last=turns,
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
