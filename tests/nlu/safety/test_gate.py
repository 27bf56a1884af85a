import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.safety.gate import SafetyGate
from assistant.nlu.safety.screener import SafetyScreener, earlier_messages


class _Model:
    """A model that is always of the same opinion."""

    def __init__(self, chances):
        self._chances = {"crisis": 0, "medical_emergency": 0, "express_distress": 0, **chances}

    def chances(self, texts, encode):
        return [self._chances for _ in texts]


def _gate(chances=None, **config):
    model = None if chances is None else _Model(chances)
    return SafetyGate(config, None, Resource("gate"), model)


def _process(gate, messages, tracker=None):
    return gate.process(SafetyScreener().process(messages, tracker), tracker)


@pytest.fixture
def gate():
    return _gate()


def _message(text, *ranking):
    topics = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    first = topics[0] if topics else {"name": "greet", "confidence": 0.4}
    return Message(data={"text": text, "intent": first, "topic_ranking": topics})


def _tracker(*texts):
    events = [event for text in texts for event in (UserUttered(text), BotUttered("ok"))]
    return DialogueStateTracker.from_events("rest:1", events)


def test_hard_overrules_the_intent(gate):
    (message,) = _process(gate, [_message("I want to die", ("faq/safety", 0.9))], _tracker())

    assert message.get("intent") == {"name": "crisis", "confidence": 1.0}
    assert message.get("safety")["tier"] == "HARD"
    assert message.as_dict(only_output_properties=True)["safety"]["rules"]


def test_an_emergency_has_its_own_intent(gate):
    (message,) = _process(gate, [_message("I can't breathe")], _tracker())

    assert message.get("intent")["name"] == "medical_emergency"


def test_a_harmless_message_keeps_its_intent(gate):
    (message,) = _process(gate, [_message("is it safe?", ("faq/safety", 0.9))], _tracker())

    assert message.get("intent")["name"] == "faq/safety"
    assert message.get("safety")["tier"] == "NONE"


@pytest.mark.parametrize(
    ("chances", "tier", "kind"),
    [
        ({"crisis": 0.4}, "HARD", "crisis"),
        ({"crisis": 0.2, "medical_emergency": 0.25}, "HARD", "emergency"),
        ({"crisis": 0.1, "express_distress": 0.3}, "SOFT", "crisis"),
        ({"express_distress": 0.9}, "SOFT", "crisis"),
        ({"crisis": 0.1, "express_distress": 0.1}, "NONE", None),
        ({}, "NONE", None),
    ],
)
def test_the_model_raises(chances, tier, kind):
    (message,) = _process(_gate(chances), [_message("blue bananas", ("greet", 0.9))], _tracker())

    assert (message.get("safety")["tier"], message.get("safety")["kind"]) == (tier, kind)


def test_the_topic_classifier_raises():
    (message,) = _process(_gate({}), [_message("blue bananas", ("crisis", 0.5))], _tracker())

    assert message.get("safety")["tier"] == "HARD"


def test_talk_about_suicide_gets_a_kind_word():
    question = _message("does it help with suicidal thoughts", ("crisis", 0.9))
    (message,) = _process(_gate({"express_distress": 0.9}), [question], _tracker())

    assert message.get("safety")["tier"] == "SOFT"
    assert message.get("intent")["name"] == "express_distress"
    assert message.get("answers") == ["express_distress"]


def test_the_model_never_lowers():
    (message,) = _process(_gate({"none": 1.0}), [_message("I want to die")], _tracker())

    assert message.get("safety")["tier"] == "HARD"


def test_the_reply_to_a_spanish_message_is_spanish():
    gate = _gate({"crisis": 0.9})
    (message,) = _process(gate, [_message("que verdes son los platanos")], _tracker())

    assert message.get("safety")["language"] == "es"


def test_thresholds_come_from_the_configuration():
    gate = _gate({"crisis": 0.7}, hard_threshold=0.9, soft_threshold=0.8)
    (message,) = _process(gate, [_message("blue bananas")], _tracker())

    assert message.get("safety")["tier"] == "NONE"


def test_earlier_messages_are_joined(gate):
    (message,) = _process(gate, [_message("myself")], _tracker("hi", "I want to", "kill"))

    assert message.get("safety")["tier"] == "HARD"


def test_a_batch_is_screened_one_by_one(gate):
    batch = _process(gate, [_message("hi"), _message("I want to"), _message("kill myself")])

    assert [message.get("safety")["tier"] for message in batch] == ["NONE", "NONE", "HARD"]


def test_a_message_without_text_is_harmless(gate):
    (message,) = _process(gate, [Message(data={"intent": {"name": "greet"}})], _tracker())

    assert message.get("safety")["tier"] == "NONE"


def test_earlier_messages_are_the_last_two_in_order():
    assert earlier_messages(_tracker("one", "two", "three")) == ["two", "three"]
    assert earlier_messages(None) == []


def test_training_data_pass_through(gate):
    data = TrainingData([Message(data={"text": "hi"})])

    assert gate.process_training_data(data) is data
