from __future__ import annotations

import io

from bot.demo_store.generator.table import write_page
from tests.demo_store.process import ROOT


def test_page_of_demo_orders_says_what_the_generator_makes() -> None:
    page = io.StringIO()
    write_page(page)
    assert (ROOT / "docs" / "demo-orders.md").read_text(encoding="utf-8") == page.getvalue()
