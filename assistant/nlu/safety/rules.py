"""The crisis rules: what stands in content/crisis_rules/*.yml, read and checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, Extra, Field, ValidationError

from assistant.nlu.safety.patterns import Form, PatternError, compile_pattern, plain_words
from assistant.settings import CONTENT

RULES_DIR = CONTENT / "crisis_rules"
# libyaml's, a tenth of the time, where PyYAML was built with it.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Tier = Literal["HARD", "SOFT"]
Kind = Literal["crisis", "emergency"]
Subject = Literal["self", "other"]
Language = Literal["en", "es"]


class RulesError(ValueError):
    """The rules cannot be used; the message names the file, the entry and what is wrong."""


class _Strict(BaseModel):
    class Config:
        extra = Extra.forbid
        allow_mutation = False


class Rule(_Strict):
    """One family of sayings, with its own tests.

    Attributes:
        patterns: lines in the language of `patterns`.
        phrases: literal wordings, matched as they are after normalisation.
        excuses: names of exceptions; each cancels the hits it touches, nothing else.
        on_purpose: for an emergency, whether the wording says that it was meant.
        positive: messages that the rule must hit.
        negative: messages that the rule must not hit.
    """

    id: str = Field(regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    tier: Tier
    kind: Kind = "crisis"
    subject: Subject = "self"
    language: Language = "en"
    on_purpose: bool = False
    patterns: list[str] = []
    phrases: list[str] = []
    excuses: list[str] = []
    positive: list[str] = Field(min_items=1)
    negative: list[str] = []


class Excuse(_Strict):
    """Words that make a hit harmless.

    Attributes:
        within: tokens that may lie between the words and the hit, in one sentence; None means
            that the two must overlap.
        side: where the words have to stand, when `within` is set.
        not_with: words that keep the hit alive when they stand in the same sentence.
    """

    id: str
    patterns: list[str] = Field(min_items=1)
    within: int | None = Field(None, ge=0, le=20)
    side: Literal["before", "after", "both"] = "both"
    not_with: list[str] = []


class RuleFile(_Strict):
    """One file: lists, exceptions and words may be used by every file."""

    lists: dict[str, list[str]] = {}
    sensitive: list[str] = []
    excuses: list[Excuse] = []
    rules: list[Rule] = []


class Rules(BaseModel):
    """All files together, with the patterns compiled."""

    rules: list[Rule]
    excuses: dict[str, Excuse]
    sensitive: list[str]
    forms: dict[str, list[Form]]
    phrases: dict[str, list[tuple[str, ...]]]
    excuse_forms: dict[str, list[Form]]

    def lexicon(self) -> frozenset[str]:
        """Return every word that occurs in a rule or an exception."""
        words: set[str] = set(self.sensitive)
        for forms in (*self.forms.values(), *self.excuse_forms.values()):
            for form in forms:
                for step in form:
                    words |= step.words
        for phrases in self.phrases.values():
            words.update(word for phrase in phrases for word in phrase)
        for excuse in self.excuses.values():
            words.update(excuse.not_with)
        return frozenset(words)


def load(directory: Path = RULES_DIR) -> Rules:
    """Read all rule files of `directory`.

    Raises:
        RulesError: a file is missing, unreadable, or a rule in it is wrong.
    """
    paths = sorted(directory.glob("*.yml"))
    if not paths:
        raise RulesError(f"{directory}: no rule files (*.yml)")
    files = {path.name: _read(path) for path in paths}
    lists = {name: items for file in files.values() for name, items in file.lists.items()}
    excuses: dict[str, Excuse] = {}
    excuse_forms: dict[str, list[Form]] = {}
    for name, file in files.items():
        for excuse in file.excuses:
            if excuse.id in excuses:
                raise RulesError(f"{name}: exception {excuse.id}: the id is used twice")
            excuses[excuse.id] = excuse
            excuse_forms[excuse.id] = _compile(name, excuse.id, excuse.patterns, lists)
    rules = Rules(
        rules=[],
        excuses=excuses,
        sensitive=[word for file in files.values() for word in file.sensitive],
        forms={},
        phrases={},
        excuse_forms=excuse_forms,
    )
    for name, file in files.items():
        for rule in file.rules:
            _add(rules, rule, name, lists)
    return rules


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """Return the project's rules, read once."""
    return load()


def _add(rules: Rules, rule: Rule, file: str, lists: dict[str, list[str]]) -> None:
    if rule.id in rules.forms:
        raise RulesError(f"{file}: rule {rule.id}: the id is used twice")
    if not rule.patterns and not rule.phrases:
        raise RulesError(f"{file}: rule {rule.id}: needs patterns or phrases")
    for excuse in rule.excuses:
        if excuse not in rules.excuses:
            raise RulesError(f"{file}: rule {rule.id}: there is no exception {excuse!r}")
    rules.rules.append(rule)
    rules.forms[rule.id] = _compile(file, rule.id, rule.patterns, lists)
    try:
        rules.phrases[rule.id] = [plain_words(phrase) for phrase in rule.phrases]
    except PatternError as error:
        raise RulesError(f"{file}: rule {rule.id}: {error}") from error


def _compile(file: str, owner: str, patterns: list[str], lists: dict[str, list[str]]) -> list[Form]:
    try:
        return [form for pattern in patterns for form in compile_pattern(pattern, lists)]
    except PatternError as error:
        raise RulesError(f"{file}: rule {owner}: {error}") from error


def _read(path: Path) -> RuleFile:
    try:
        # Keeps every scalar a string: "off" and "no" are words here, not booleans.
        raw: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except yaml.YAMLError as error:
        raise RulesError(f"{path.name}: not valid YAML: {error}") from error
    if not isinstance(raw, dict):
        raise RulesError(f"{path.name}: expected a mapping with lists, excuses and rules")
    try:
        return RuleFile.parse_obj(raw)
    except ValidationError as error:
        raise RulesError(f"{path.name}: {_explain(error, raw)}") from error


def _explain(error: ValidationError, raw: dict[str, Any]) -> str:
    """Name the entry by its id where the first error lies in one."""
    first = error.errors()[0]
    place = list(first["loc"])
    section = str(place[0])
    if len(place) > 1 and isinstance(place[1], int) and section in ("rules", "excuses"):
        entry = raw[section][place[1]]
        ident = entry.get("id", f"number {place[1] + 1}") if isinstance(entry, dict) else place[1]
        where = " ".join(str(part) for part in place[2:])
        return f"{section.removesuffix('s')} {ident}: {where}: {first['msg']}"
    return f"{' '.join(str(part) for part in place)}: {first['msg']}"
