"""What the shop's file says becomes settings; the environment and code win over it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.desk.config import DeskConfigError, load_desk_config
from bot.installation import PROJECT, demo_installation, environment_of, with_files_in
from bot.settings import Settings
from bot.shop_file.mistakes import ShopFileError
from tests.shop_file.conftest import Shop

WHOLE = """
[shop]
name = "Kedai Kain"
languages = ["ms-MY", "en"]
time_zone = "Asia/Jakarta"
policy = "rules.yml"
[store]
platform = "tests.shop_file.some_store:open_store"
url = "https://store.example.com/"
key_env = "KAIN_KEY"
webhook_secret_env = "KAIN_HOOKS"
[store.options]
refunds = true
days = 60
channels = ["web", "pos"]
reason.damaged = "broken"
[hours]
monday = ["09:00-12:00", "13:00-24:00"]
holidays = ["12-24"]
[gateway]
public_url = "https://chat.example.com/"
allowed_origins = ["https://kain.example.com"]
[mail]
from = "Kain <hello@kain.example>"
smtp_env = "KAIN_SMTP"
"""


@pytest.fixture
def whole(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copy(PROJECT / "data/policy.yml", tmp_path / "rules.yml")
    monkeypatch.setenv("KAIN_KEY", "the-key")
    monkeypatch.setenv("KAIN_HOOKS", "one, two")
    monkeypatch.setenv("KAIN_SMTP", "smtp://localhost")
    return shop(WHOLE)


def test_every_line_becomes_a_setting(whole: Settings, tmp_path: Path) -> None:
    assert (whole.shop_name, whole.shop_locale, whole.languages) == ("Kedai Kain", "ms-MY", ["ms", "en"])
    assert (whole.shop_time_zone, whole.policy_file) == ("Asia/Jakarta", tmp_path / "rules.yml")
    assert (whole.store.url, whole.store.key) == ("https://store.example.com", "the-key")
    assert whole.store.options == {"refunds": "true", "days": "60", "channels": "web,pos", "reason.damaged": "broken"}
    assert whole.store_webhook_secrets == ("one", "two")
    assert (whole.opening_hours, whole.holidays) == ({"monday": ["09:00-12:00", "13:00-24:00"]}, ["12-24"])
    assert (whole.public_url, whole.allowed_origins) == ("https://chat.example.com", ["https://kain.example.com"])
    assert (whole.mail_from, whole.smtp_url) == ("Kain <hello@kain.example>", "smtp://localhost")
    assert "the-key" not in repr(whole)


def test_a_child_process_goes_by_what_its_parent_read(whole: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = with_files_in(PROJECT, whole)
    for name, value in environment_of(whole).items():
        monkeypatch.setenv(name, value)
    for name in ("KAIN_KEY", "KAIN_HOOKS", "KAIN_SMTP"):
        monkeypatch.delenv(name)  # it has them under Ramah's own names
    assert Settings() == whole


def test_the_environment_wins_over_the_file(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAMAH_SHOP_NAME", "Another")
    monkeypatch.setenv("RAMAH_OPENING_HOURS", '{"sunday": ["10:00-11:00"]}')
    settings = shop('[shop]\nname = "Kedai"\n[hours]\nmonday = ["09:00-18:00"]\n')
    assert settings.shop_name == "Another"
    assert settings.opening_hours == {"sunday": ["10:00-11:00"]}


def test_another_platform_in_the_environment_leaves_the_file_s_store_aside(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAMAH_STORE_PLATFORM", "demo")
    settings = shop('[store]\nplatform = "shopify"\nurl = "https://a.example"\nkey_env = "NOT_SET_HERE"\n')
    assert settings.store.url == "http://127.0.0.1:8090"


def test_code_wins_over_the_file_and_is_not_mixed_with_it(shop: Shop) -> None:
    shop('[hours]\nmonday = ["09:00-18:00"]\n')
    assert Settings(opening_hours={"sunday": ["10:00-11:00"]}).opening_hours == {"sunday": ["10:00-11:00"]}


def test_another_file_is_named_by_ramah_config(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.toml").write_text('[shop]\nname = "Other"\n', "utf-8")
    monkeypatch.setenv("RAMAH_CONFIG", str(tmp_path / "other.toml"))
    assert shop('[shop]\nname = "Kedai"\n').shop_name == "Other"
    monkeypatch.setenv("RAMAH_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(ShopFileError, match=r"none\.toml cannot be read: No such file"):
        Settings()


def test_the_shipped_file_is_the_demo_s(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop("")
    monkeypatch.setenv("RAMAH_CONFIG", str(PROJECT / "ramah.toml"))
    settings = Settings()
    assert settings.store.platform == "demo"
    assert with_files_in(PROJECT, settings).offered_languages == ("en", "id", "ms")


def test_what_an_adapter_refuses_is_said_with_the_other_mistakes(shop: Shop) -> None:
    with pytest.raises(ShopFileError) as refused:
        shop('[store]\nplatform = "tests.shop_file.some_store:open_store"\n[store.options]\nrefnds = true\n')
    assert "line 4: [store.options] some_store has no option 'refnds'" in str(refused.value)


def test_the_demo_keeps_away_from_the_shop_s_own_store(whole: Settings) -> None:
    demo = demo_installation(whole, Path("models/any.tar.gz")).settings
    assert (demo.store.platform, demo.store.url, demo.store.options) == ("demo", "http://127.0.0.1:8090", {})
    assert demo.store.key != "the-key"


def test_hours_in_the_desk_s_file_are_refused(shop: Shop, tmp_path: Path) -> None:
    settings = shop("").copy(update={"desk_dir": tmp_path})
    shipped = (PROJECT / "data/desk/desk.yml").read_text("utf-8")
    (tmp_path / "desk.yml").write_text(f'{shipped}\nhours:\n  monday: ["09:00-18:00"]\n', "utf-8")
    with pytest.raises(DeskConfigError, match=r"hours: they stand in ramah\.toml, under \[hours\]"):
        load_desk_config(settings)


def test_wrong_hours_from_the_environment_are_named(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAMAH_OPENING_HOURS", '{"monday": ["25:00-26:00"]}')
    with pytest.raises(DeskConfigError, match="RAMAH_OPENING_HOURS: "):
        load_desk_config(shop("").copy(update={"desk_dir": PROJECT / "data/desk"}))
