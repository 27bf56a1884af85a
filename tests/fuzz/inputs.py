"""What is sent: noise, JSON of any shape, and messages that are right but for some field."""

from __future__ import annotations

import json
import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

fuzz = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "25")),  # make fuzz: more
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            *("hello", "/restart", '/faq{"a": 1}', "i want to die", "\x00", "\ud800", "{{7*7}}"),
            *("%s%n", "' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "\u202e"),
            "a" * 5_000,
        ]
    ),
)
numbers = st.one_of(
    st.integers(), st.floats(), st.sampled_from([2**31, 2**63, 2**64, -(2**63) - 1, 10**400])
)
values: SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=8,
)
noise = st.one_of(
    st.binary(max_size=200),
    st.sampled_from([b"[" * 50_000, b'{"a":' * 50_000, b"\xff\xfe", b"\x1f\x8b", b"NaN"]),
)


def mostly(usual: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """The usual value three times out of four, anything otherwise."""
    return st.one_of(usual, usual, usual, values)


def objects(**fields: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    """Objects with some of these fields, each of them mostly right."""
    return st.fixed_dictionaries({}, optional={k: mostly(v) for k, v in fields.items()})


def bodies(shape: SearchStrategy[Any]) -> SearchStrategy[bytes]:
    """Request bodies: mostly of the right shape, JSON of another, or noise."""
    encoded = st.one_of(shape, shape, shape, values).map(encode)
    return st.one_of(encoded, encoded, encoded, noise)


def encode(value: Any) -> bytes:
    """JSON in which lone surrogates are escaped."""
    return json.dumps(value).encode()
