import pytest

from actions.contact_requests.models import ContactRequest
from actions.outbox.errors import NotSent
from actions.outbox.webhook import is_private, payload, post
from tests.actions.conftest import MARCUS, Clock
from tests.actions.outbox.receivers import Hooks


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://clinic.example/hook", True),
        ("http://127.0.0.1:8080/hook", True),
        ("http://localhost/hook", True),
        ("http://[::1]:80/hook", True),
        ("http://clinic.example/hook", False),
        ("http://192.168.1.9/hook", False),
        ("http://localhost.evil.example/", False),
    ],
)
def test_contact_goes_over_https_or_stays_on_this_machine(url: str, private: bool):
    assert is_private(url) is private


def test_without_privacy_the_contact_is_left_out(clock: Clock):
    request = ContactRequest(code="K7QXRM", topic=None, submitted_at=clock())
    body = payload(request, MARCUS, with_contact=False)
    assert "contact" not in body
    assert "Marcus" not in str(body)
    assert body["preferred_time"] == "afternoons"


@pytest.mark.parametrize("answer", [301, 400, 404, 503])
def test_anything_but_success_counts_as_not_sent(hooks: Hooks, answer: int):
    hooks.answers = [answer]
    with pytest.raises(NotSent, match=str(answer)):
        post(hooks.url, "key", {})


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "nonsense", "http://[broken"])
def test_no_answer_counts_as_not_sent(url: str):
    with pytest.raises(NotSent):
        post(url, "key", {})
