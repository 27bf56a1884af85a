"""`python -m actions.inbox`: the clinic team's list of contact requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from actions.contact_requests.clock import utc_now
from actions.contact_requests.configured_store import open_store
from actions.contact_requests.retention import purge, retention
from actions.contact_requests.store import Unavailable
from actions.inbox.desk import Desk, NotFound
from actions.inbox.tables import details, overview
from assistant.content.clinic import load_clinic
from assistant.content.problems import ContentError
from assistant.settings import CONTENT

# typer's own tracebacks print local variables, which hold people's contacts.
app = typer.Typer(
    help="Contact requests from the assistant.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
Code = typer.Argument(..., help="The request's code, such as K7QXRM.")


@contextmanager
def _desk() -> Iterator[Desk]:
    """Open the requests; a problem is said in one plain line, exit code 1."""
    try:
        yield Desk(open_store())
    except NotFound as error:
        _fail(f"There is no request with the code {error}. `list` shows them.")
    except Unavailable as error:
        _fail(f"The requests cannot be reached: {error}. Check DATABASE_URL and CONTACT_KEY.")


def _fail(words: str) -> None:
    typer.echo(words, err=True)
    raise typer.Exit(1)


def _zone() -> ZoneInfo | None:
    try:
        return load_clinic(CONTENT / "clinic.yml").zone
    except ContentError:
        return None


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """List the open requests when no command is given."""
    if context.invoked_subcommand is None:
        list_requests(everything=False)


@app.command("list")
def list_requests(
    everything: bool = typer.Option(False, "--all", help="Closed requests as well."),
) -> None:
    """List the open requests, oldest first."""
    with _desk() as desk:
        entries = desk.entries(closed=everything)
    if not entries:
        typer.echo("No contact requests." if everything else "No open contact requests.")
        return
    Console().print(overview(entries, utc_now(), _zone()))


@app.command()
def show(code: str = Code) -> None:
    """Show one request with everything that is known."""
    with _desk() as desk:
        Console().print(details(desk.entry(code), _zone()))


@app.command()
def close(code: str = Code) -> None:
    """Mark a request as done; it is deleted after the time set in content/clinic.yml."""
    with _desk() as desk:
        desk.close(code)
    typer.echo(f"Closed {code.upper()}. It is deleted in {retention().requests_days} days.")


@app.command()
def reopen(code: str = Code) -> None:
    """Mark a closed request as not done."""
    with _desk() as desk:
        desk.reopen(code)
    typer.echo(f"{code.upper()} is open again.")


@app.command()
def resend(code: str = Code) -> None:
    """Send notices again that were given up or may not have arrived."""
    with _desk() as desk:
        count = desk.resend(code)
    typer.echo(f"{count} to be sent again." if count else "Nothing to send again.")


@app.command("purge")
def purge_old() -> None:
    """Delete expired drafts and requests that were closed long enough ago."""
    with _desk():
        count = purge(open_store(), retention(), utc_now())
    typer.echo(f"Deleted {count} row{'' if count == 1 else 's'}.")


@app.command()
def reseal() -> None:
    """Encrypt everything with the newest key of CONTACT_KEY (several: commas, newest first)."""
    with _desk() as desk:
        count = desk.reseal()
    typer.echo(f"Encrypted {count} request{'' if count == 1 else 's'} with the newest key.")


if __name__ == "__main__":
    app(prog_name="python -m actions.inbox")
