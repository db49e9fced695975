"""Three ways of using a page: mouse, keyboard alone, and fingers on a phone."""

from __future__ import annotations

from typing import Protocol

import pytest
from playwright.sync_api import Locator


class Hand(Protocol):
    def press(self, target: Locator) -> None: ...

    def write(self, target: Locator, text: str) -> None: ...

    def choose_one_more(self, select: Locator) -> None: ...


class Mouse:
    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.click(click_count=3)
        target.page.keyboard.type(text)

    def choose_one_more(self, select: Locator) -> None:
        # The list of a native select is drawn by the system: no page, and no test, can click into it.
        select.select_option(index=1)


class Finger(Mouse):
    def press(self, target: Locator) -> None:
        target.tap()


class Keyboard:
    def press(self, target: Locator) -> None:
        self._go_to(target)
        target.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._go_to(target)
        target.page.keyboard.press("Control+A")
        target.page.keyboard.type(text)

    def choose_one_more(self, select: Locator) -> None:
        self._go_to(select)
        select.page.keyboard.press("ArrowDown")

    def _go_to(self, target: Locator) -> None:
        """Forward with Tab, round the page if need be."""
        target.wait_for()
        for _ in range(90):
            if _has_focus(target):
                return
            target.page.keyboard.press("Tab")
        pytest.fail(f"the keyboard does not reach {target}")


def _has_focus(target: Locator) -> bool:
    return bool(target.evaluate("node => node.getRootNode().activeElement === node"))


PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
HANDS: dict[str, tuple[Hand, dict[str, object]]] = {
    "mouse": (Mouse(), {}),
    "keyboard": (Keyboard(), {}),
    "phone": (Finger(), PHONE),
}
