import pytest

from actions.contact_requests.store import RequestStore
from tests.actions.handoff.conversation import Conversation


@pytest.fixture
def visitor(forms: RequestStore) -> Conversation:
    return Conversation()
