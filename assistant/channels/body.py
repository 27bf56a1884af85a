"""Reads a request's body, and never more of it than is wanted."""

from __future__ import annotations

from typing import cast

from sanic.http import Http
from sanic.request import Request

from assistant.channels.inbound import RejectedMessage

# A body that is refused is still read up to here, so that the client gets to see the answer.
MAX_DISCARDED = 8 * 1024 * 1024


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request to a route with `stream=True`; `limit` is in bytes.

    Stops at once when the body is, or says that it will be, too large.

    Raises:
        RejectedMessage: 413 if the body is larger than `limit`, 400 if its length is negative.
    """
    stream = cast(Http, request.stream)
    stream.request_max_size = MAX_DISCARDED
    announced = int(request.headers.get("content-length", 0))
    if announced < 0:
        raise RejectedMessage(400, "The length of the request cannot be negative.")
    body = bytearray()
    if announced <= limit:
        async for chunk in stream:
            body += chunk
            if len(body) > limit:
                break
    if max(announced, len(body)) > limit:
        raise RejectedMessage(413, f"The request is larger than {limit // 1024} kB.")
    return bytes(body)
