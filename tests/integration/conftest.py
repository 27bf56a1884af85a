from __future__ import annotations

from collections.abc import Iterator

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
    needs("Redis", 6379)
    monkeypatch.setenv("REDIS_URL", REDIS)
    settings.cache_clear()
    return REDIS


@pytest.fixture
def broker_url(monkeypatch: pytest.MonkeyPatch) -> str:
    """BROKER_URL is set to the RabbitMQ of this machine."""
    needs("RabbitMQ", 5672)
    monkeypatch.setenv("BROKER_URL", RABBITMQ)
    settings.cache_clear()
    return RABBITMQ
