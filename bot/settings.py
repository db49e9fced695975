"""Where the parts find each other and their keys: from the environment, else from ``ramah.toml``; checked at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseSettings, Field

from bot.languages import spoken_languages
from bot.shop_file.settings_source import from_shop_file
from bot.store.config import StoreConfig


class Settings(BaseSettings):
    """One field an environment variable (``RAMAH_STATE_DIR`` …). Keys have no default: `ramah demo` makes them."""

    state_dir: Path = Path(".ramah")
    database_url: str = ""  # the conversation log; empty: SQLite in state_dir
    engine_database_url: str = ""  # Rasa's trackers; empty: SQLite in state_dir
    redis_url: str = ""  # empty: locks and delivery inside one machine

    gateway_host: str = "127.0.0.1"
    gateway_port: int = 8080
    public_url: str = ""  # where browsers and the store reach the gateway
    engine_url: str = "http://127.0.0.1:5005"
    engine_key: str = Field(default="", repr=False)
    actions_port: int = 5055
    store_platform: str = "demo"  # one of ``bot.store.platforms``, or "package.module:function"
    store_url: str = "http://127.0.0.1:8090"
    store_key: str = Field(default="", repr=False)
    store_options: dict[str, str] = {}  # the platform's own: docs/stores/
    store_webhook_secret: str = Field(default="", repr=False)  # two with a comma while one is replaced

    customer_keys: dict[str, str] = Field(default={}, repr=False)  # JWT key id -> HS256 secret or PEM public key
    customer_audience: str = "ramah"
    pepper: str = Field(default="", repr=False)  # keyed hashing of network addresses and proofs

    allowed_origins: list[str] = []  # shop pages on other hosts that may use the chat API ("https://shop.example")
    proxies_count: int = 0  # reverse proxies in front, whose X-Forwarded-For is to be trusted
    rate_limit_factor: float = 1.0  # all of the chat API's limits, times this
    engine_patience: float = 20.0  # seconds a failing engine is asked again before a person gets the message
    engine_timeout: float = 0.0  # seconds for one answer; 0: as long as the store's platform may need
    action_timeout: float = 0.0  # seconds for one action, of which an answer may need several; 0: likewise

    demo: bool = False  # signed demo customers for the shop page; never set it in a real shop
    shop_name: str = "Kedai Ramah"
    shop_locale: str = "en"
    shop_time_zone: str = "Asia/Kuala_Lumpur"
    languages: list[str] = []  # what the bot answers in; empty: all it speaks
    opening_hours: dict[str, list[str]] = {}  # "monday": ["09:00-18:00"]; of the people at the desk
    holidays: list[str] = []  # theirs, besides the policy's
    domain_file: Path = Path("domain.yml")  # the bot's forms, as agents see and fill them in
    policy_file: Path = Path("data/policy.yml")
    words_dir: Path = Path("data/words")
    articles_dir: Path = Path("data/articles")
    products_file: Path = Path("data/products.yml")  # what shoppers call the products
    recommend_file: Path = Path("data/recommend.yml")
    desk_dir: Path = Path("data/desk")  # how agents work: assignment, canned replies, suggestions

    webhook_url: str = Field(default="", repr=False)  # another desk, told of handoffs: docs/handoff.md
    webhook_secret: str = Field(default="", repr=False)  # signs what is sent there; two with a comma while changing
    smtp_url: str = Field(default="", repr=False)  # smtp://user:password@host:587?starttls; empty: no mail is sent
    mail_from: str = ""  # "Kedai Ramah <hello@shop.example>"

    class Config:
        env_prefix = "RAMAH_"
        frozen = True

        @classmethod
        def customise_sources(cls, init_settings: Any, env_settings: Any, file_secret_settings: Any) -> tuple[Any, ...]:
            return init_settings, env_settings, from_shop_file(init_settings.init_kwargs)

    @property
    def seconds_for_an_action(self) -> float:
        """A real store needs several requests for one write, each of up to some seconds on a bad day."""
        return self.action_timeout or (8.0 if self.store_platform == "demo" else 25.0)

    @property
    def seconds_for_a_turn(self) -> float:
        return self.engine_timeout or (15.0 if self.store_platform == "demo" else 40.0)

    @property
    def offered_languages(self) -> tuple[str, ...]:
        """What the bot answers in."""
        spoken = spoken_languages(self.words_dir)
        return tuple(each for each in self.languages if each in spoken) or spoken

    @property
    def store(self) -> StoreConfig:
        """What ``bot.store.platforms.open_store`` opens."""
        return StoreConfig(
            platform=self.store_platform,
            url=self.store_url,
            key=self.store_key,
            options=self.store_options,
            state_dir=self.state_dir,
        )

    @property
    def store_webhook_secrets(self) -> tuple[str, ...]:
        return tuple(secret.strip() for secret in self.store_webhook_secret.split(",") if secret.strip())

    @property
    def conversations_url(self) -> str:
        return self.database_url or f"sqlite:///{self.state_dir / 'conversations.db'}"

    @property
    def trackers_url(self) -> str:
        return self.engine_database_url or f"sqlite:///{self.state_dir / 'trackers.db'}"
