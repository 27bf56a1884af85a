"""Tells the clinic by e-mail. E-mail is no private channel: no name, no number inside."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from actions.contact_requests.clock import utc_now
from actions.contact_requests.draft import Draft
from actions.contact_requests.models import ContactRequest
from actions.contact_requests.topics import topic_title
from actions.outbox.errors import LeaseLost, MaybeSent, NotSent

SECONDS = 20
# As mail goes over the wire: many servers refuse bare line feeds, and 8BITMIME is not asked for.
_WIRE = policy.SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out, from `smtp://user:pass@host:587?to=a@b.org&from=c@d.org`.

    `smtps://` speaks TLS from the start. `smtp://` asks for STARTTLS; where
    the server has none, only a machine of our own (localhost) is trusted
    without it. `starttls=never` switches that off for a private network.
    """

    host: str
    port: int
    user: str | None
    password: str | None
    to: str
    sender: str
    tls: str

    @classmethod
    def from_url(cls, url: str) -> MailServer:
        """Read SMTP_URL.

        Raises:
            ValueError: if it names no server or no recipient.
        """
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not options.get("to"):
            raise ValueError("SMTP_URL must look like smtp://user:pass@host:587?to=..&from=..")
        implicit = parts.scheme == "smtps"
        tls = "implicit" if implicit else options.get("starttls", _tls_for(parts.hostname))
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if implicit else 587),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            to=options["to"],
            sender=options.get("from", options["to"]),
            tls=tls,
        )


def _tls_for(host: str) -> str:
    return "try" if host in ("localhost", "127.0.0.1", "::1") else "always"


def compose(
    server: MailServer, request: ContactRequest, draft: Draft, message_id: str
) -> EmailMessage:
    """Write the notice: that someone asks for contact, when, about what, where to look."""
    mail = EmailMessage(_WIRE)
    mail["Subject"] = f"Contact request {request.code}"
    mail["From"], mail["To"] = server.sender, server.to
    # The same id for every attempt: mail programs show a repeated message once.
    mail["Message-ID"] = f"<{message_id}@clinic-assistant.invalid>"
    mail["Date"] = utc_now()
    mail["Auto-Submitted"] = "auto-generated"
    lines = [
        "Someone has asked the website's assistant to be contacted.",
        "",
        f"Code: {request.code}",
        f"Preferred time: {draft.preferred_time or 'not given'}",
        f"Came from: {topic_title(request.topic)}",
        "",
        "Name and contact are not in this e-mail, to keep them private. To see them:",
        f'    make inbox ARGS="show {request.code}"',
    ]
    mail.set_content("\n".join(lines))
    return mail


def send(server: MailServer, mail: EmailMessage, about_to_send: Callable[[], bool]) -> None:
    """Deliver one mail.

    Args:
        server: where to.
        mail: what.
        about_to_send: called right before the text goes out; False stops it.

    Raises:
        NotSent: if the server refused, or was not reached.
        MaybeSent: if the connection broke after the text had begun to go out.
        LeaseLost: if `about_to_send` said no.
    """
    with ExitStack() as at_the_end:
        try:
            smtp = _connect(server)
            at_the_end.callback(_hang_up, smtp)
            _greet(smtp, server)
            if not about_to_send():
                raise LeaseLost
            _hand_over(smtp, mail)
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(_brief(error)) from error


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.tls == "implicit":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _greet(smtp: smtplib.SMTP, server: MailServer) -> None:
    smtp.ehlo_or_helo_if_needed()
    if server.tls == "always" or (server.tls == "try" and smtp.has_extn("starttls")):
        smtp.starttls(context=ssl.create_default_context())
    if server.user:
        smtp.login(server.user, server.password or "")
    smtp.ehlo_or_helo_if_needed()
    for code, reply in (smtp.mail(server.sender), smtp.rcpt(server.to)):
        if code not in (250, 251):
            raise smtplib.SMTPResponseException(code, reply)


def _hand_over(smtp: smtplib.SMTP, mail: EmailMessage) -> None:
    try:
        code, reply = smtp.data(mail.as_bytes())
    except smtplib.SMTPDataError:
        raise  # Refused before the text: certainly not sent.
    except (smtplib.SMTPException, OSError) as error:
        raise MaybeSent(_brief(error)) from error
    if code != 250:
        raise smtplib.SMTPResponseException(code, reply)


def _brief(error: Exception) -> str:
    """Name an error without the server's words, which may quote addresses."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _hang_up(smtp: smtplib.SMTP) -> None:
    """Say goodbye; a mail that was taken stays taken, whatever happens now."""
    with suppress(smtplib.SMTPException, OSError):
        smtp.quit()
    smtp.close()
