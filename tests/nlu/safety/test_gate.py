import pytest
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.safety.gate import SafetyGate, earlier_messages


@pytest.fixture
def gate():
    return SafetyGate(SafetyGate.get_default_config())


def _message(text, *ranking):
    topics = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    first = topics[0] if topics else {"name": "greet", "confidence": 0.4}
    return Message(data={"text": text, "intent": first, "topic_ranking": topics})


def _tracker(*texts):
    events = [event for text in texts for event in (UserUttered(text), BotUttered("ok"))]
    return DialogueStateTracker.from_events("rest:1", events)


def test_hard_overrules_the_intent(gate):
    (message,) = gate.process([_message("I want to die", ("faq/safety", 0.9))], _tracker())

    assert message.get("intent") == {"name": "crisis", "confidence": 1.0}
    assert message.get("safety")["tier"] == "HARD"
    assert message.as_dict(only_output_properties=True)["safety"]["rules"]


def test_an_emergency_has_its_own_intent(gate):
    (message,) = gate.process([_message("I can't breathe")], _tracker())

    assert message.get("intent")["name"] == "medical_emergency"


def test_a_harmless_message_keeps_its_intent(gate):
    (message,) = gate.process([_message("is it safe?", ("faq/safety", 0.9))], _tracker())

    assert message.get("intent")["name"] == "faq/safety"
    assert message.get("safety")["tier"] == "NONE"


@pytest.mark.parametrize(
    ("ranking", "tier", "kind"),
    [
        ([("crisis", 0.5)], "HARD", "crisis"),
        ([("crisis", 0.49)], "SOFT", "crisis"),
        ([("greet", 0.6), ("crisis", 0.2)], "SOFT", "crisis"),
        ([("greet", 0.6), ("crisis", 0.19)], "NONE", None),
        ([("medical_emergency", 0.6)], "HARD", "emergency"),
        ([("medical_emergency", 0.59)], "NONE", None),
        ([("greet", 0.3), ("medical_emergency", 0.29)], "NONE", None),
        ([("express_distress", 0.3)], "SOFT", "crisis"),
        ([], "NONE", None),
    ],
)
def test_the_classifier_raises(gate, ranking, tier, kind):
    (message,) = gate.process([_message("blue bananas", *ranking)], _tracker())

    assert (message.get("safety")["tier"], message.get("safety")["kind"]) == (tier, kind)


def test_the_classifier_never_lowers(gate):
    (message,) = gate.process([_message("I want to die", ("express_distress", 0.99))], _tracker())

    assert message.get("safety")["tier"] == "HARD"


def test_thresholds_come_from_the_configuration():
    gate = SafetyGate({"crisis_hard": 0.9, "crisis_soft": 0.8})
    (message,) = gate.process([_message("blue bananas", ("crisis", 0.7))], _tracker())

    assert message.get("safety")["tier"] == "NONE"


def test_earlier_messages_are_joined(gate):
    (message,) = gate.process([_message("myself")], _tracker("hi", "I want to", "kill"))

    assert message.get("safety")["tier"] == "HARD"


def test_a_batch_is_screened_one_by_one(gate):
    batch = gate.process([_message("hi"), _message("I want to"), _message("kill myself")])

    assert [message.get("safety")["tier"] for message in batch] == ["NONE", "NONE", "HARD"]


def test_a_message_without_text_is_harmless(gate):
    (message,) = gate.process([Message(data={"intent": {"name": "greet"}})], _tracker())

    assert message.get("safety")["tier"] == "NONE"


def test_earlier_messages_are_the_last_two_in_order():
    assert earlier_messages(_tracker("one", "two", "three")) == ["two", "three"]
    assert earlier_messages(None) == []


def test_training_data_pass_through(gate):
    data = TrainingData([Message(data={"text": "hi"})])

    assert gate.process_training_data(data) is data
