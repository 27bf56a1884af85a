"""Settings from the environment, with defaults that need no server."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from pydantic import BaseSettings, Field, SecretStr, validator

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
MODELS = ROOT / "models"
VAR = ROOT / "var"


class Settings(BaseSettings):
    """One attribute per environment variable of the same name in capitals."""

    host: str = "127.0.0.1"
    port: int = 5005
    action_host: str = "127.0.0.1"
    action_port: int = 5055
    action_token: SecretStr | None = None
    metrics_token: SecretStr | None = None
    database_url: str = f"sqlite:///{VAR / 'clinic.db'}"
    redis_url: SecretStr | None = None
    broker_url: SecretStr | None = None
    queue_lease: float = Field(default=60, gt=0)
    contact_key: SecretStr | None = None
    contact_key_file: Path = VAR / "contact.key"
    smtp_url: SecretStr | None = None
    webhook_url: str | None = None
    encoder_file: Path = VAR / "encoder.onnx"
    encoder_threads: int = 1
    nlu_process: bool = Field(default_factory=lambda: len(os.sched_getaffinity(0)) > 1)
    web_origins: str = ""
    messenger_page_token: SecretStr | None = None
    messenger_app_secret: SecretStr | None = None
    messenger_verify_token: SecretStr | None = None
    messenger_graph: str = "https://graph.facebook.com"
    messenger_graph_version: str = Field(default="v25.0", regex=r"^v\d+\.\d+$")
    telegram_token: SecretStr | None = None
    telegram_secret: SecretStr | None = None
    telegram_webhook_url: str | None = None
    telegram_api: str = "https://api.telegram.org"

    @validator("database_url")
    def _known_to_sqlalchemy(cls, url: str) -> str:
        """Heroku and others still write `postgres://`, which SQLAlchemy 1.4 refuses."""
        return re.sub(r"^postgres://", "postgresql://", url)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once.

    Raises:
        pydantic.ValidationError: if a variable has a value of the wrong type.
    """
    return Settings()
