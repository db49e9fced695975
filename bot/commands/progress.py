"""What a long step shows: a moving line on a terminal, one line a step elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


@contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """Show that a step runs, what it is at, and how long it took."""
    began = time.monotonic()
    if not console.is_terminal:
        console.print(f"{title} ...")
    with console.status(f"{title} ...") as status:
        yield lambda at: status.update(f"{title}: {at} ({time.monotonic() - began:.0f} s)")
    console.print(f"[green]✓[/green] {title} ({time.monotonic() - began:.1f} s)")
