"""`ramah store check`: does the key work, and what can this store do? It reads and never writes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from bot.commands.ability_words import ABILITY_WORDS
from bot.commands.progress import console
from bot.commands.store_reach import Reach, reach
from bot.installation import PROJECT, with_files_in
from bot.processes.keys import keys_in
from bot.processes.trouble import Trouble
from bot.settings import Settings
from bot.store.answers import Misunderstood, Passing
from bot.store.api import OrderApi
from bot.store.config import StoreConfigError
from bot.store.errors import NotFound, NotSupported, RateLimited, StoreError, Unavailable
from bot.store.models import Ability, Proof, ProofKind
from bot.store.notes import TellsAboutItself, TriesTheKey
from bot.store.platforms import open_store

Result = TypeVar("Result")
DEMO = "demo"
EVENTS = "/store/v1/events"  # of the gateway, as the store reaches it
NO_ORDER, NOBODY = "ramah-check-0", Proof(kind=ProofKind.email, value="nobody@ramah.invalid")
SLOW = 2.0  # seconds; shoppers wait for several reads


def check(settings: Settings, order: str = "", email: str = "") -> int:
    """The exit code: 1 if the store cannot be used as it is configured.

    Raises:
        Trouble: the store cannot even be opened.
    """
    if bool(order) != bool(email):
        raise Trouble("An order is found by its number and its buyer's address: give --order and --email together.")
    settings = with_files_in(PROJECT, settings)
    if settings.store_platform == DEMO and not settings.store_key and (settings.state_dir / "keys.json").exists():
        settings = settings.copy(update={"store_key": keys_in(settings.state_dir)["store_key"]})
    try:
        api = open_store(settings.store)
    except StoreConfigError as error:
        raise Trouble(str(error)) from error
    return asyncio.run(_check(api, settings, order, email))


async def _check(api: OrderApi, settings: Settings, order: str, email: str) -> int:
    try:
        return int(not await _StoreCheck(api, settings).run(order, email))
    finally:
        await api.close()


class _StoreCheck:
    def __init__(self, api: OrderApi, settings: Settings) -> None:
        self._api = api
        self._settings = settings
        self._slowest = 0.0

    async def run(self, order: str, email: str) -> bool:
        url = self._settings.store_url
        _say(f"The store is {self._settings.store_platform}{f' at {url}' if url else ''}.")
        if url and not _told_of_reach(await reach(url)):
            return False
        try:
            abilities = await self._timed(self._api.capabilities())
            await self._try_key(abilities)
            good = not order or await self._find(order, email)
            notes = await self._api.notes() if isinstance(self._api, TellsAboutItself) else []
        except StoreError as failure:
            _bad(self._failure(failure))
            return False
        _good(f"A read takes {self._slowest * 1000:.0f} ms at most.")
        if self._slowest > SLOW:
            _note("That is slow: shoppers wait for several reads. Is Ramah far from the store?")
        _tell_abilities(abilities)
        for note in notes:
            _note(note)
        self._tell_webhook()
        return good

    async def _try_key(self, abilities: frozenset[Ability]) -> None:
        if isinstance(self._api, TriesTheKey):
            await self._timed(self._api.try_key())
        if Ability.find_by_proof in abilities:
            with suppress(NotFound, NotSupported):  # as it must be
                await self._timed(self._api.find_order(NO_ORDER, NOBODY))
        if Ability.products in abilities:
            await self._timed(self._api.list_products(limit=1))
        _good("The store accepts the key.")

    async def _find(self, number: str, email: str) -> bool:
        try:
            found = await self._timed(self._api.find_order(number, Proof(kind=ProofKind.email, value=email)))
        except NotFound:
            _bad(f"There is no order {number} with that address: exactly as the store has both?")
            return False
        parcels, cases = len(found.shipments), len(found.cases)
        counted = f"{len(found.lines)} lines, {parcels} parcels, {cases} cases"
        _good(f"Order {found.number} is found: {found.state.value}, {counted}.")
        return True

    async def _timed(self, read: Awaitable[Result]) -> Result:
        began = time.monotonic()
        try:
            return await read
        finally:
            self._slowest = max(self._slowest, time.monotonic() - began)

    def _failure(self, failure: StoreError) -> str:
        if isinstance(failure, RateLimited):
            return f"The store says there are too many requests; try again in {failure.retry_after:.0f} seconds."
        if isinstance(failure, Passing):
            return f"The store was reached, but then: {failure}. Is [store] url the address of its API?"
        if isinstance(failure, Misunderstood):
            return f"The store does not understand Ramah's requests: {failure}. Is its version a supported one?"
        if isinstance(failure, Unavailable) and failure.__cause__ is None:
            if self._settings.store_platform == DEMO:
                return f"The key is refused: {failure}. `ramah demo` makes and keeps the key in its state folder."
            return (
                f"The key is refused: {failure}. Is the variable that [store] key_env names set to today's key, with "
                "the permissions of the platform's page in docs/stores/?"
            )
        return f"The store failed: {failure or type(failure).__name__}."

    def _tell_webhook(self) -> None:
        if self._settings.store_platform == DEMO:
            return
        url = f"{self._settings.public_url or 'https://WHERE-RAMAH-ANSWERS'}{EVENTS}"
        if self._settings.store_webhook_secrets:
            _good(f"Webhooks are checked with a secret; the store sends them to {url}")
        else:
            _note(
                f"There is no webhook secret ([store] webhook_secret_env): the store cannot tell Ramah at {url} "
                "that a parcel moves, and order cards stay as they were."
            )


def _told_of_reach(found: Reach) -> bool:
    if found.trouble:
        _bad(found.trouble)
        return False
    _good(f"It answers ({found.seconds * 1000:.0f} ms to connect and be answered).")
    if found.skew:
        _note(found.skew)
    return True


def _tell_abilities(abilities: frozenset[Ability]) -> None:
    _say("This store can, through Ramah:")
    for ability, (can, instead) in ABILITY_WORDS.items():
        if ability in abilities:
            _say(f"  ✓ {can}")
        else:
            _say(f"  ✗ {can}: {instead}")


def _say(text: str) -> None:
    console.print(text, markup=False, soft_wrap=True)


def _good(text: str) -> None:
    console.print(f"✓ {text}", style="green", markup=False, soft_wrap=True)


def _bad(text: str) -> None:
    console.print(f"✗ {text}", style="red", markup=False, soft_wrap=True)


def _note(text: str) -> None:
    console.print(f"! {text}", style="yellow", markup=False, soft_wrap=True)
