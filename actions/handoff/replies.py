"""Whole messages that mean yes, no, stop or "I'd rather not say"."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from actions.handoff.tokens import plain

Reply = Literal["stop", "yes", "no", "declines"]


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    texts = yaml.safe_load(Path(__file__).with_name("replies.yml").read_text(encoding="utf-8"))
    before, after = texts.pop("courtesy_before"), texts.pop("courtesy_after")
    return {
        reply: re.compile(
            rf"(?:(?:{before}) )*(?:{_any(lines)})(?: (?:{_any(lines)})){{0,2}}(?: (?:{after}))*"
        )
        for reply, lines in texts.items()
    }


def _any(lines: list[str]) -> str:
    return "|".join(f"(?:{line})" for line in lines)


def means(text: str, reply: Reply) -> bool:
    """Tell whether a whole message means the reply named; replies.yml has the words."""
    return bool(_patterns()[reply].fullmatch(plain(text)))
