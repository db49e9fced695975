"""Each mistake in the shop's file is a sentence with its line; all are said at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.shop_file.conftest import Shop

Told = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[store]\nplatfrom = "demo"', "ramah.toml, line 2: [store] has no 'platfrom'; did you mean 'platform'?"),
        ("[stroe]", "ramah.toml, line 1: there is no table [stroe]; did you mean 'store'?"),
        ('[shop]\nxyz = "a"', "[shop] has no 'xyz'; it may have name, languages, time_zone, policy."),
        ('shop = "Kedai"', "line 1: shop must be a table: [shop], and its lines below."),
        ("[shop]\nname = 3", 'line 2: [shop] name must be a text in quotation marks, like "…".'),
        ('[shop]\nlanguages = "en"', '[shop] languages must be a list of texts, like ["…", "…"].'),
        ('[shop]\nname = " "', "[shop] name is empty."),
        ('[shop]\ntime_zone = "Asia/Kuala_Lumpr"', "did you mean 'Asia/Kuala_Lumpur'?"),
        ('[shop]\ntime_zone = "../etc"', "there is no time zone '../etc'"),
        ('[shop]\nlanguages = ["en", "vi"]', "the bot does not speak 'vi'"),
        ("[shop]\nlanguages = []", "[shop] languages is empty: name at least one."),
        ('[shop]\npolicy = "rules.yml"', "rules.yml cannot be read: No such file or directory."),
        ('[store]\nurl = "http://shop.example.com"', "shop.example.com is a public host"),
        ('[store]\nurl = "shop.example.com"', "[store] url must be a whole web address"),
        ('[store]\nurl = "https://shop.example.com?a=1"', "must end before ? and #"),
        (
            '[store]\nkey_env = "SHOP_STORE_KEY"',
            "line 2: [store] key_env: the environment variable SHOP_STORE_KEY is not",
        ),
        ('[store]\nwebhook_secret_env = "HOOK_KEY"', "the environment variable HOOK_KEY is not set"),
        ('[store]\nplatform = "magento"', "There is no store platform 'magento'; Ramah knows"),
        ('[store]\nplatform = "no_such.module:open_store"', "cannot be imported"),
        ("[store.options]\nreserve = [1, 2]", "line 2: [store.options] reserve must be a text, a number"),
        (
            '[hours]\nmonday = ["09:00-25:00"]',
            'line 2: [hours] monday: "09:00-25:00" is not a span like "09:00-18:00".',
        ),
        ('[hours]\nmonday = ["18:00-09:00"]', '[hours] monday: "18:00-09:00" is not a span'),
        ('[hours]\nmnoday = ["09:00-18:00"]', "did you mean 'monday'?"),
        ('[hours]\nholidays = ["2026-02-30"]', '[hours] holidays: "2026-02-30" is no day of the calendar.'),
        ('[gateway]\nallowed_origins = ["https://shop.example/page"]', "must be a scheme and a host only"),
        ('[gateway]\npublic_url = "http://chat.example.com"', "[gateway] public_url is http"),
        ('[mail]\nfrom = "Kedai"', "[mail] from needs an address"),
        ("[shop", "ramah.toml: this is not valid TOML: "),
    ],
)
def test_a_mistake_is_a_sentence(text: str, sentence: str, mistakes: Told) -> None:
    (said,) = mistakes(text)
    assert sentence in said
    assert said.startswith("ramah.toml")


def test_all_mistakes_are_said_at_once_in_the_order_of_the_file(mistakes: Told) -> None:
    said = mistakes('[shop]\ntime_zone = "Mars"\nnmae = "a"\n[store]\nplatform = "magento"\n[hours]\nsunday = ["x"]\n')
    assert [sentence.split(":")[0] for sentence in said] == [f"ramah.toml, line {line}" for line in (2, 3, 5, 7)]


SECRETS = [
    "sk_3f1b0c9d8e7a6f5b4c3d2e1f0a9b8c7d",
    "shpat_0123456789abcdef0123456789abcdef",
    "cs_0123456789abcdef0123456789abcdef01234567",
    "secret_9fGh3KlmNoPqRsTuVwXyZ12345678",
    "Bearer abcdefgh12345678",
    "ck_0123456789abcdef0123:cs_0123456789abcdef0123",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("line", ["[store]\nkey = ", "[store]\nurl = ", "[store]\nkey_env = ", "[store.options]\nx = "])
def test_a_key_in_the_file_is_refused_and_not_repeated(line: str, secret: str, mistakes: Told) -> None:
    (said,) = mistakes(f'{line}"{secret}"')
    assert "key" in said
    assert secret not in said


def test_a_password_in_an_address_is_refused_and_not_repeated(mistakes: Told) -> None:
    (said,) = mistakes('[store]\nurl = "https://user:hunter2@shop.example"')
    assert "keys never stand in this file" in said
    assert "hunter2" not in said


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000", "http://store:9000", "http://10.0.0.4", "https://a.example"])
def test_a_store_on_the_own_network_may_be_http(url: str, shop: Shop) -> None:
    assert shop(f'[store]\nurl = "{url}/"').store_url == url
