"""Where the parts find each other and their keys: read once from the environment, checked at start."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseSettings, Field


class Settings(BaseSettings):
    """One field an environment variable (``RAMAH_STATE_DIR`` …). Keys have no default: `ramah demo` makes them."""

    state_dir: Path = Path(".ramah")
    database_url: str = ""  # the conversation log; empty: SQLite in state_dir
    engine_database_url: str = ""  # Rasa's trackers; empty: SQLite in state_dir
    redis_url: str = ""  # empty: locks and delivery inside one machine

    gateway_host: str = "127.0.0.1"
    gateway_port: int = 8080
    engine_url: str = "http://127.0.0.1:5005"
    engine_key: str = Field(default="", repr=False)
    actions_port: int = 5055
    store_url: str = "http://127.0.0.1:8090"
    store_key: str = Field(default="", repr=False)

    customer_keys: dict[str, str] = Field(default={}, repr=False)  # JWT key id -> HS256 secret or PEM public key
    customer_audience: str = "ramah"
    pepper: str = Field(default="", repr=False)  # keyed hashing of network addresses and proofs

    allowed_origins: list[str] = []  # shop pages on other hosts that may use the chat API ("https://shop.example")
    proxies_count: int = 0  # reverse proxies in front, whose X-Forwarded-For is to be trusted
    rate_limit_factor: float = 1.0  # all of the chat API's limits, times this
    engine_patience: float = 20.0  # seconds a failing engine is asked again before a person gets the message
    engine_timeout: float = 15.0  # seconds for one answer

    demo: bool = False  # signed demo customers for the shop page; never set it in a real shop
    shop_name: str = "Kedai Ramah"
    shop_locale: str = "en"
    shop_time_zone: str = "Asia/Kuala_Lumpur"
    policy_file: Path = Path("data/policy.yml")
    words_dir: Path = Path("data/words")
    articles_dir: Path = Path("data/articles")
    products_file: Path = Path("data/products.yml")  # what shoppers call the products
    recommend_file: Path = Path("data/recommend.yml")

    class Config:
        env_prefix = "RAMAH_"
        frozen = True

    @property
    def conversations_url(self) -> str:
        return self.database_url or f"sqlite:///{self.state_dir / 'conversations.db'}"

    @property
    def trackers_url(self) -> str:
        return self.engine_database_url or f"sqlite:///{self.state_dir / 'trackers.db'}"
