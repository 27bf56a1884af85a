from email import message_from_bytes
from email.policy import default

import pytest

from actions.contact_requests.draft import Draft
from actions.contact_requests.models import ContactRequest
from actions.outbox.email import MailServer, compose


def test_a_url_names_server_user_and_addresses():
    server = MailServer.from_url(
        "smtp://bot%40c.org:p%2Fw@mail.c.org:2525?to=team@c.org&from=b@c.org"
    )
    assert (server.host, server.port, server.user, server.password) == (
        "mail.c.org", 2525, "bot@c.org", "p/w",
    )  # fmt: skip
    assert (server.to, server.sender, server.tls) == ("team@c.org", "b@c.org", "always")


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://mail.c.org?to=a@c.org", 587, "always"),
        ("smtps://mail.c.org?to=a@c.org", 465, "implicit"),
        ("smtp://localhost:25?to=a@c.org", 25, "try"),
        ("smtp://10.0.0.5:25?to=a@c.org&starttls=never", 25, "never"),
    ],
)
def test_mail_leaves_this_machine_encrypted_unless_told(url: str, port: int, tls: str):
    server = MailServer.from_url(url)
    assert (server.port, server.tls) == (port, tls)


@pytest.mark.parametrize(
    "url", ["", "http://c.org?to=a@c.org", "smtp://mail.c.org", "smtp://?to=a"]
)
def test_a_url_that_cannot_work_is_refused(url: str):
    with pytest.raises(ValueError, match="SMTP_URL"):
        MailServer.from_url(url)


def test_every_attempt_is_the_same_mail_to_a_mail_program():
    server = MailServer.from_url("smtp://localhost?to=a@c.org")
    request = ContactRequest(code="K7QXRM")
    first, second = (compose(server, request, Draft(), "a1b2") for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == "<a1b2@clinic-assistant.invalid>"
    assert first["Date"].datetime.tzinfo is not None


def test_what_goes_over_the_wire_has_whole_line_ends_and_seven_bits():
    server = MailServer.from_url("smtp://localhost?to=a@c.org")
    draft = Draft(preferred_time="mañana")
    wire = compose(server, ContactRequest(code="K7QXRM"), draft, "a1b2").as_bytes()
    assert wire.isascii()
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert "mañana" in message_from_bytes(wire, policy=default).get_content()
