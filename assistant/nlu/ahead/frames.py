"""Objects on a stream between the two processes, each behind its length.

Nobody else can write to their socket: unpickling is safe.
"""

from __future__ import annotations

import asyncio
import pickle
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


def framed(value: Any) -> bytes:
    """Return the bytes that stand for an object."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


async def read_framed(stream: asyncio.StreamReader) -> Any:
    """Return the next object.

    Raises:
        EOFError: if the stream ends before (`asyncio.IncompleteReadError`).
        ConnectionError: if it breaks.
    """
    (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
    return pickle.loads(await stream.readexactly(length))  # noqa: S301
