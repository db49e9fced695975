"""The help centre: the articles as pages that need no script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.gateway.processes import Gateway

PAGES = ("/help/en/", "/help/id/size-guide", "/help/ms/?q=kos+pos", "/help/en/?q=xyzzy", "/help/en/no-such-page")
StartGateway = Callable[..., Gateway]


@pytest.fixture(scope="module")
def help_centre(gateway: Gateway) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway.url, timeout=30, trust_env=False) as client:
        yield client


def test_an_article_is_a_page_in_its_language_with_the_others_linked(help_centre: httpx.Client) -> None:
    page = help_centre.get("/help/ms/delivery-cost")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="ms">' in page.text
    assert "<h1>Kos penghantaran</h1>" in page.text
    for language in ("en", "id"):
        assert f'href="/help/{language}/delivery-cost" lang="{language}" hreflang="{language}"' in page.text
    assert "{" not in re.sub(r"<style.*?</style>", "", page.text)  # no placeholder is left


def test_a_page_loads_nothing_from_elsewhere_and_runs_no_script(help_centre: httpx.Client) -> None:
    for path in PAGES:
        page = help_centre.get(path)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert "<script" not in page.text
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)
        assert "style=" not in page.text


def test_all_articles_are_listed_once_under_their_topics(help_centre: httpx.Client) -> None:
    page = help_centre.get("/help/id/").text
    links = re.findall(r'<li><a href="/help/id/([a-z-]+)">', page)
    assert len(links) == len(set(links)) >= 44
    assert page.count("<h2>") == 6
    for slug in links[::10]:
        assert help_centre.get(f"/help/id/{slug}").status_code == 200


def test_the_search_finds_what_the_chat_would(help_centre: httpx.Client) -> None:
    page = help_centre.get("/help/id/", params={"q": "brp ongkir ke bali kak"})
    assert page.status_code == 200
    assert re.search(r'<ul class=results><li><a href="/help/id/(delivery-cost|free-delivery)">', page.text)
    assert 'value="brp ongkir ke bali kak"' in page.text


def test_a_search_in_vain_says_so(help_centre: httpx.Client) -> None:
    page = help_centre.get("/help/en/", params={"q": "xyzzy"})
    assert page.status_code == 200
    assert "We found nothing." in page.text


def test_what_is_searched_for_is_only_text(help_centre: httpx.Client) -> None:
    page = help_centre.get("/help/en/", params={"q": '"><script>alert(1)</script><img src=x onerror=y>'}).text
    assert "<script" not in page
    assert "<img" not in page
    assert help_centre.get("/help/en/", params={"q": "x" * 5000}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/help/en/no-such-page", "/help/xx/", "/help/xx/delivery-cost", "/help/en/..%2f..%2ffacts"]
)
def test_a_page_that_is_not_there_is_a_page_too(help_centre: httpx.Client, path: str) -> None:
    page = help_centre.get(path)
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "There is no such page." in page.text
    assert '<form role="search"' in page.text


def test_the_help_centre_opens_in_the_browsers_language(help_centre: httpx.Client) -> None:
    for accepted, path in (
        ("id-ID,id;q=0.9", "/help/id/"),
        ("ms", "/help/ms/"),
        ("fr", "/help/en/"),
        ("", "/help/en/"),
    ):
        answer = help_centre.get("/help", headers={"Accept-Language": accepted})
        assert (answer.status_code, answer.headers["location"]) == (302, path)


def test_an_edit_is_seen_at_the_next_look_and_an_old_article_is_gone(
    start_gateway: StartGateway, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    (folder / "en").mkdir(parents=True)
    file = folder / "en" / "tea.md"
    front = "---\ntitle: Tea\nlanguage: en\nquestions: [Where is the tea from?]\n"
    file.write_text(f"{front}---\nFrom {{shop_name}}, **Java** <script>.\n")
    url = start_gateway("http://127.0.0.1:1", articles_dir=str(folder)).url
    page = httpx.get(f"{url}/help/en/tea", trust_env=False).text
    assert "<p>From Kedai Ramah, <strong>Java</strong> &lt;script&gt;.</p>" in page
    assert "<footer>" not in page  # no other language has it
    file.write_text(f"{front}---\nFrom Sabah.\n")
    assert "<p>From Sabah.</p>" in httpx.get(f"{url}/help/en/tea", trust_env=False).text
    file.write_text(f"{front}valid_until: 2020-01-01\n---\nFrom Sabah.\n")
    assert httpx.get(f"{url}/help/en/tea", trust_env=False).status_code == 404
    assert "tea" not in httpx.get(f"{url}/help/en/", trust_env=False).text


def test_rules_that_cannot_be_read_are_told_at_the_start(tmp_path: Path) -> None:
    gateway = Gateway(tmp_path, "http://127.0.0.1:1", policy_file=str(tmp_path / "none.yml"))
    with pytest.raises(AssertionError):
        gateway.start()
    assert "none.yml can't be read" in gateway.log.read_text()
    assert gateway.wait() == 2
