"""A shop on a host of its own, with a policy that allows the chat's host and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.web.chat_page import ChatPage
from tests.web.conftest import Gateway, NewContext

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>Another shop</title><h1>Another shop</h1>
<script type="module" src="{url}/widget/ramah.js"></script><ramah-chat></ramah-chat></html>"""
POLICY = (
    "default-src 'none'; script-src {url}; style-src {url}; connect-src {url} {socket}; img-src blob:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


@pytest.fixture
def another_shop(gateway: Gateway) -> Iterator[str]:
    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            socket = gateway.url.replace("http", "ws")
            self.send_header("Content-Security-Policy", POLICY.format(url=gateway.url, socket=socket))
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(PAGE.format(url=gateway.url).encode())

        def log_message(self, *_: object) -> None:
            """The browser says what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", gateway.another_shops_port), Shop)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_widget_works_on_another_host_under_a_strict_policy(another_shop: str, new_context: NewContext) -> None:
    chat = ChatPage(new_context().new_page(), another_shop)
    chat.visit()
    chat.open()
    chat.ask("confirm", "Is this right?")
    chat.page.get_by_role("button", name="Yes, change it").click()
    chat.sees("Done.")
    assert chat.complaints == []


def test_the_demo_shop_itself_allows_no_inline_script_or_style(gateway: Gateway, new_context: NewContext) -> None:
    page = new_context().new_page()
    answer = page.goto(gateway.url)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
