"""Logs as JSON lines: names of things, never what a visitor wrote."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

from assistant.stores.redaction import redact

Event = MutableMapping[str, Any]

_OWN = ("assistant", "actions", "__main__")
# What is kept of a record of a library: Rasa's have keys such as `text` and `user_message`.
_KEPT = ("event", "level", "logger", "timestamp", "error", "trace", "_record", "_from_structlog")
_LONGEST = 500  # characters of a library's message
_FRAMES = 8
# They have handlers of their own, or none and do not pass on what they get.
_CLOSED = ("sanic.root", "sanic.error", "sanic.access")
# One line for each request, or for each message: Rasa and the servers say enough without.
_QUIET = ("sanic.access", "httpx", "aiohttp.access", "engineio", "socketio", "apscheduler")


def log_json_lines(level: int | str | None = None) -> None:
    """Send every log line of this process to standard output, as one JSON object.

    Args:
        level: the lowest that is shown; LOG_LEVEL, or INFO, by default.
    """
    lowest = level if level is not None else os.environ.get("LOG_LEVEL", "INFO")
    number = lowest if isinstance(lowest, int) else logging.getLevelName(lowest.upper())
    _configure_structlog(number)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_formatter())
    for name in ("", *_CLOSED):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
    logging.getLogger().setLevel(number)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _configure_structlog(level: int) -> None:
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_exception,
        without_words,
    ]


def _formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(default=lambda value: type(value).__name__),
        ],
    )


def name_exception(logger: object, method: str, event: Event) -> Event:
    """Put the error's type and its places in the code for the error: its message may quote."""
    given = event.pop("exc_info", None)
    event.pop("stack_info", None)
    info = sys.exc_info() if given is True else given
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        event.setdefault("error", info[0].__name__)
        event["trace"] = _places(info[2])
    return event


def without_words(logger: object, method: str, event: Event) -> Event:
    """Drop what a library says beside its event, and redact that; our own lines name things."""
    if str(event.get("logger", "")).split(".")[0] in _OWN:
        return event
    event["event"] = redact(str(event.get("event", "")))[:_LONGEST]
    return {key: event[key] for key in _KEPT if key in event}


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
