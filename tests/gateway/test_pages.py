"""The pages that the gateway serves, and how it starts."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import httpx
import pytest

from tests.gateway.processes import Engine, Gateway
from tests.gateway.shopper import Shopper

WEB = Path(__file__).parents[2] / "bot" / "web"


def _raw(gateway: Gateway, path: str) -> bytes:
    """A request whose address no client library has tidied up."""
    with socket.create_connection(("127.0.0.1", gateway.port), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while chunk := connection.recv(65536):
            answer += chunk
    return answer


def test_the_widget_is_served_and_asked_for_again_only_when_it_changed(gateway: Gateway) -> None:
    first = httpx.get(f"{gateway.url}/widget/ramah.js")
    assert first.status_code == 200
    assert first.content == (WEB / "widget" / "ramah.js").read_bytes()
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["access-control-allow-origin"] == "*"
    again = httpx.get(f"{gateway.url}/widget/ramah.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_shop_page_lets_in_nothing_from_elsewhere_and_no_inline_script(gateway: Gateway) -> None:
    page = httpx.get(f"{gateway.url}/")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert f"ws://127.0.0.1:{gateway.port}" in policy
    assert "*" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/widget/../../settings.py",
        "/widget/..%2f..%2fsettings.py",
        "/widget/%2e%2e/%2e%2e/settings.py",
        "/widget/....//settings.py",
        "/widget/..\\..\\settings.py",
        "/widget//etc/passwd",
        "/widget/%2fetc%2fpasswd",
        "/widget/ramah.js%00.css",
        "/widget/.hidden",
        "/widget/",
        "/widget/words",
        "/shop/../widget/../../settings.py",
    ],
)
def test_nothing_outside_the_folder_can_be_read(gateway: Gateway, path: str) -> None:
    answer = _raw(gateway, path)
    assert re.match(rb"HTTP/1.1 (404|400) ", answer), answer[:200]
    assert b"class Settings" not in answer
    assert b"root:" not in answer


def test_the_api_is_described_for_programs_and_for_people(gateway: Gateway) -> None:
    document = httpx.get(f"{gateway.url}/chat/v1/openapi.json").json()
    page = httpx.get(f"{gateway.url}/api")
    assert page.headers["content-type"].startswith("text/html")
    for path in document["paths"]:
        assert path in page.text
    assert "<script" not in page.text
    assert "https://" not in page.text
    assert httpx.get(f"{gateway.url}/api/style.css").status_code == 200


async def test_what_is_not_there_and_what_is_not_done_are_problems_too(shopper: Shopper) -> None:
    gone = await shopper.http.get("/chat/v1/nothing")
    wrong = await shopper.http.delete("/chat/v1/conversations")
    assert (gone.status_code, wrong.status_code) == (404, 405)
    assert wrong.headers["allow"] == "POST"
    assert {answer.headers["content-type"] for answer in (gone, wrong)} == {"application/problem+json"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"pepper": ""}, "RAMAH_PEPPER is not set"),
        ({"customer_keys": '{"shop-1": "short"}'}, "shorter than 32 bytes"),
        ({"gateway_port": "x"}, "RAMAH_GATEWAY_PORT"),
        ({"words_dir": "/nowhere"}, "/nowhere has no gateway.en.yml"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(tmp_path: Path, settings: dict[str, str], sentence: str) -> None:
    gateway = Gateway(tmp_path, "http://127.0.0.1:1", **settings)
    with pytest.raises(AssertionError):
        gateway.start()
    told = gateway.log.read_text()
    assert sentence in told
    assert len(told.strip().splitlines()) == 1
    assert gateway.wait() == 2


def test_a_taken_port_is_told_in_one_sentence(tmp_path: Path, gateway: Gateway, engine: Engine) -> None:
    second = Gateway(tmp_path, engine.url, gateway_port=str(gateway.port))
    second.health = "http://127.0.0.1:1/"
    with pytest.raises(AssertionError):
        second.start()
    assert f"cannot listen on 127.0.0.1:{gateway.port}" in second.log.read_text()
    assert second.wait() == 2
