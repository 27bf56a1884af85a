"""JSON from outside is an object of the shape wanted, or a ValueError."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from assistant.json_objects import NotAnObject, fit, read_object


class Shape(BaseModel):
    inner: dict[str, int] = {}


@pytest.mark.parametrize("text", [b'{"a": 1}', '{"a": 1}'])
def test_an_object_is_read(text: bytes | str) -> None:
    assert read_object(text) == {"a": 1}


@pytest.mark.parametrize("text", ['[["inner", {}]]', '"a"', "1", "null", "[]"])
def test_other_json_is_no_object(text: str) -> None:
    with pytest.raises(NotAnObject):
        read_object(text)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b'{"a":' * 100_000])
def test_what_cannot_be_read_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError) as caught:
        read_object(text)
    assert not isinstance(caught.value, NotAnObject)


@pytest.mark.parametrize("value", [{"inner": 1}, {"__pydantic_self__": 1}])
def test_what_does_not_fit_is_a_validation_error(value: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        fit(Shape, value)
