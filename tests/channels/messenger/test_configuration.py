"""A channel that is not configured is not there, and keeps nothing from starting."""

from __future__ import annotations

import pytest

from assistant.settings import settings
from tests.channels.conftest import Server
from tests.channels.messenger import meta

ALL = ["PAGE_TOKEN", "APP_SECRET", "VERIFY_TOKEN"]


@pytest.fixture(params=[ALL, ALL[:1], ALL[1:2], ALL[2:]], ids=["all", *ALL])
def entry(environment: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    for name in request.param:
        environment.delenv(f"MESSENGER_{name}")
    settings.cache_clear()
    channels = ("rest.RestChannel", "messenger.MessengerChannel")
    return "".join(f"assistant.channels.{channel}:\n" for channel in channels)


async def test_without_its_variables_the_channel_is_not_there(
    server: Server, request: pytest.FixtureRequest
) -> None:
    assert (await server.http.get(meta.PATH)).status_code == 404
    assert (await server.http.post(**meta.request(meta.message("7", "hi")))).status_code == 404
    assert (await server.say("hello")).status_code == 200


@pytest.mark.parametrize("version", ["25", "v25", "v25.0/", "latest"])
def test_a_version_that_is_none_is_refused(environment: pytest.MonkeyPatch, version: str) -> None:
    environment.setenv("MESSENGER_GRAPH_VERSION", version)
    settings.cache_clear()
    with pytest.raises(ValueError, match="messenger_graph_version"):
        settings()
    environment.delenv("MESSENGER_GRAPH_VERSION")
