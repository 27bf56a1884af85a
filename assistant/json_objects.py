"""Reads JSON that somebody else has written: always an object, or an error that is a ValueError."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, parse_obj_as

Model = TypeVar("Model", bound=BaseModel)


class NotAnObject(ValueError):
    """It is JSON, but a list, a text, a number or nothing."""


def read_object(text: bytes | str) -> dict[str, Any]:
    """Read an object.

    Raises:
        NotAnObject: if it is valid JSON of another kind.
        ValueError: if it is not valid JSON, or nested too deeply to be read.
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise NotAnObject("not an object")
    return value


def fit(model: type[Model], value: dict[str, Any]) -> Model:
    """Check an object against a model.

    Unlike `model.parse_obj`, it also takes keys that no keyword argument can have, such as `911`
    or `__pydantic_self__`.

    Raises:
        pydantic.ValidationError: a ValueError, naming each field that does not fit.
    """
    return parse_obj_as(model, value)
