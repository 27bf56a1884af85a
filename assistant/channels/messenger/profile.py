"""`python -m assistant.channels.messenger.profile`: sets greeting, "Get started" and menu."""

from __future__ import annotations

import asyncio
from typing import NoReturn

import typer

from assistant.channels.messenger.configuration import Configuration, Incomplete, configured
from assistant.channels.messenger.graph import PROFILE, Graph, NotNow, Refused
from assistant.channels.messenger.profile_texts import GreetingTooLong, profile
from assistant.content.clinic import load_clinic
from assistant.content.problems import ContentError
from assistant.settings import CONTENT, settings

# typer's own tracebacks print local variables, which hold the token.
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main() -> None:
    """Set the page's greeting, "Get started" button and menu; what was set before is replaced."""
    try:
        configuration = configured(settings())
        if configuration is None:
            _fail("MESSENGER_PAGE_TOKEN and its companions are not set; see docs/channels.md.")
        asyncio.run(_set(configuration, load_clinic(CONTENT / "clinic.yml").name))
    except Incomplete as error:
        _fail(f"Messenger is {error}.")
    except (ContentError, GreetingTooLong) as error:
        _fail(f"Nothing was set: {error}.")
    except NotNow as error:
        _fail(f"Meta did not take it ({error}). Check the page token, or try again later.")
    except Refused as error:
        _fail(f"Meta refused it ({error}). Check the token's permissions; see docs/channels.md.")
    typer.echo("Set: greeting, Get started, and menu. People see it within some minutes.")


async def _set(configuration: Configuration, clinic_name: str) -> None:
    graph = Graph(configuration)
    try:
        await graph.post(PROFILE, profile(clinic_name))
    finally:
        await graph.close()


def _fail(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
