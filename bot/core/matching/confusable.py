"""Which rules the matcher itself cannot tell apart: every message of every rule is matched by all.

What comes of a message pasted as it stands shows better than any comparison of strings whether a
phrase is too generic, or has a sibling from which no word of its own tells it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.core.matching.compiled import MOST_RARE, rarities
from bot.core.matching.matcher import Matcher, compile_rulebook
from bot.core.matching.pattern import fixed_parts
from bot.core.rulebook.faults import Explained
from bot.core.rulebook.model import Phrase, Rulebook, Status
from bot.core.rulebook.problems import Problem
from bot.core.rulebook.source import locate
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.matching.compiled import Compiled
    from bot.core.rulebook.model import Rule
    from bot.core.rulebook.parse import Reading

GENERIC: Final = "generic-phrase"
CONFUSABLE: Final = "confusable-phrase"
TELLING: Final = "telling-missing"
_LEAST: Final = 11.0
"""Letters, weighed by rarity, Japanese ones doubled: fewer may not act alone."""
_PLACEHOLDER: Final = re.compile(r"\{([a-z]+)\}")
_FILLED: Final = {"address": "a@example.com", "server": "srv1", "code": "0x1", "file": "a.txt"}
_TIED: Final = 0.5
"""A rule that scores this much on another's message stands in its way."""
_OTHERS: Final = 3
"""At most so many other rules are named."""

EXPLAINED: Final = (
    Explained(
        GENERIC,
        "A phrase that acts alone says something that hundreds of other messages do not.",
        "`- phrase: 接続できませんでした`",
        "`- phrase: 接続できませんでした`, `weak: yes`; or more of the message",
    ),
    Explained(
        CONFUSABLE,
        "A message pasted as it stands is found by its own rule, and by no other.",
        "`- phrase: Cannot open {file}` here, `- phrase: Cannot open {any}` elsewhere",
        "more of one of the messages, `unless`, or one rule for both",
    ),
    Explained(
        TELLING,
        "The words under `telling` are words of the phrase.",
        "`- phrase: メールを受信できません`, `telling: [送信]`",
        "`- phrase: メールを受信できません`, `telling: [受信]`",
    ),
)
"""The codes, for the table in rules/README.md."""


def confusable(rulebook: Rulebook, readings: Sequence[Reading]) -> list[Problem]:
    """What is wrong with the phrases of `rulebook`, whose files are among `readings`."""
    compiled = compile_rulebook(rulebook)
    matcher = Matcher(rulebook, include_drafts=True, compiled=compiled)
    return _problems(rulebook.rules, readings, matcher, compiled)


def confusable_among(
    rules: Sequence[Rule], readings: Sequence[Reading], others: Matcher, compiled: Compiled
) -> list[Problem]:
    """What is wrong with the phrases of `rules`, beside those of `others`, compiled already.

    The rules that may be in the way are few, and compiled again together with these.
    """
    rivals = {
        match.rule.id: match.rule
        for rule in rules
        for signature in rule.signatures
        if isinstance(signature, Phrase)
        for match in others.match(read(_message(signature))).ranked
    }
    together = Rulebook((*rules, *rivals.values()))
    matcher = Matcher(together, include_drafts=True, compiled=compile_rulebook(together))
    return _problems(rules, readings, matcher, compiled)


def _problems(
    rules: Sequence[Rule], readings: Sequence[Reading], matcher: Matcher, compiled: Compiled
) -> list[Problem]:
    roots = {reading.path: reading for reading in readings}
    found: list[Problem] = []
    for rule in rules:
        reading = roots.get(rule.path)
        if rule.status is Status.RETIRED or not reading or not reading.root:
            continue
        for number, signature in enumerate(rule.signatures):
            if isinstance(signature, Phrase):
                place = locate(reading.root, "signatures", number)
                said = _said(rule, signature, matcher, compiled)
                found += (Problem(rule.path, place.line, place.column, *one) for one in said)
    return sorted(found)


def _said(
    rule: Rule, phrase: Phrase, matcher: Matcher, compiled: Compiled
) -> Iterator[tuple[str, str, str]]:
    """Code, message and hint of each problem."""
    text = "".join(fixed_parts(phrase))
    for words in phrase.telling:
        if read(words).bare not in text:
            yield TELLING, f"“{words}” is not in the phrase", "copy it from the phrase"
    if phrase.weak or not text:
        return
    if not phrase.near and _worth(text, compiled) < _LEAST:
        hint = "quote more of the message, or write “weak: yes”"
        yield GENERIC, "too many other messages say this for it to act alone", hint
    if others := _others(rule, phrase, matcher):
        named = ", ".join(others[:_OTHERS])
        hint = "quote more of one of the messages, add “unless”, or join the rules"
        yield CONFUSABLE, f"this message is taken for that of {named} as well", hint


def _worth(text: str, compiled: Compiled) -> float:
    """Letters of `text`, weighed by how rare they are, Japanese ones doubled."""
    rarity = [*rarities(text, compiled), *[MOST_RARE] * len(text)]
    weighed = (r * (1 if c.isascii() else 2) for c, r in zip(text, rarity, strict=False))
    return sum(weighed) / MOST_RARE


def _others(rule: Rule, phrase: Phrase, matcher: Matcher) -> list[str]:
    """Other rules that answer the message, or that hinder its own rule from it."""
    matches = matcher.match(read(_message(phrase)))
    found = [match.rule.id for match in matches.found]
    if found[:1] == [rule.id]:
        return found[1:]
    return found or [m.rule.id for m in matches.ranked if m.rule is not rule and m.score >= _TIED]


def _message(phrase: Phrase) -> str:
    """The phrase as somebody might paste it, with a word that must be near."""
    text = _PLACEHOLDER.sub(lambda hole: _FILLED.get(hole[1], "X1"), phrase.text)
    return "\n".join((*phrase.near[:1], text))
