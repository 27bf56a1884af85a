from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from assistant.settings import settings
from tests.integration.servers import RABBITMQ, REDIS, needs


@pytest.fixture(autouse=True)
def _own_settings() -> Iterator[None]:
    yield
    settings.cache_clear()


@pytest.fixture
def redis_url(monkeypatch: pytest.MonkeyPatch) -> str:
    """REDIS_URL is set to the Redis of this machine."""
    return _set(monkeypatch, "REDIS_URL", "Redis", REDIS)


@pytest.fixture
def broker_url(monkeypatch: pytest.MonkeyPatch) -> str:
    """BROKER_URL is set to the RabbitMQ of this machine."""
    return _set(monkeypatch, "BROKER_URL", "RabbitMQ", RABBITMQ)


def _set(monkeypatch: pytest.MonkeyPatch, name: str, server: str, url: str) -> str:
    port = urlsplit(url).port
    assert port
    needs(server, port)
    monkeypatch.setenv(name, url)
    settings.cache_clear()
    return url
