"""The platforms that go through the contract, each with the function that starts one in a folder."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tests.store.platform import Platform

PLATFORMS = {
    "demo_shop": "tests.store.demo.platform:demo_shop",
    "tau_retail": "tests.store.demo.platform:tau_retail",
    "medusa": "tests.store.medusa.platform:medusa",
    "own_adapter": "tests.store.own_adapter.platform:start",  # docs/stores/write-an-adapter.md
    "woocommerce": "tests.store.woocommerce.platform:woocommerce",
    "ecwid": "tests.store.ecwid.platform:ecwid",
    "shopify": "tests.store.shopify.platform:shopify",
}
LIVE = {"medusa"}  # real servers, started and tested by `make test-medusa`


def starter(name: str) -> Callable[[Path], Platform]:
    """By the name of one of ours, or "module:function" of anybody's."""
    module, _, function = PLATFORMS.get(name, name).partition(":")
    started: Callable[[Path], Platform] = getattr(import_module(module), function)
    return started
