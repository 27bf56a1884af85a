"""What Rasa, the domain and the actions must agree on."""

import re
from pathlib import Path

import pytest

from assistant.settings import ROOT
from tests.actions.handoff.conversation import endpoint, project_domain

SOURCES = sorted((ROOT / "actions").rglob("*.py"))


def test_rasa_finds_every_action_of_the_domain_and_no_other():
    ours = {name for name in project_domain().user_actions if not name.startswith("utter_")}
    assert set(endpoint().executor.actions) == ours


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_response_an_action_names_stands_in_the_domain(source: Path):
    text = source.read_text().replace("{_ASK}", "utter_ask_contact_form_")
    text = text.replace("{_SUMMARY}", "utter_ask_contact_form_confirmed")
    named = set(re.findall(r'"(utter_\w+[a-z])"', text))
    assert named <= set(project_domain().responses)


def test_a_form_question_has_several_wordings():
    responses = project_domain().responses
    asks = [name for name in responses if name.startswith(("utter_ask_contact", "utter_invalid"))]
    assert len(asks) > 20
    assert not [name for name in asks if len(responses[name]) < 3]


@pytest.mark.parametrize("sibling", ["", "_unsaved", "_expired"])
def test_every_wording_of_the_first_question_holds_the_whole_notice(sibling: str):
    for wording in project_domain().responses[f"utter_ask_contact_form_first_name{sibling}"]:
        for words in ("automated assistant", "clinic's team", "{requests_days} days", '"stop"'):
            assert words in wording["text"]
        assert "health" in wording["text"]
