"""A rule base at a glance: what is known of which product, in which state and language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.rulebook.model import Code, Phrase, Status
from bot.core.text.language import Language, language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.core.rulebook.model import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Line:
    """One rule."""

    id: str
    status: str
    product: str
    audience: str
    owner: str
    reviewed: str
    phrases_en: int
    phrases_ja: int
    codes: int
    examples: int
    path: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One product, or all."""

    product: str
    rules: int
    answering: int
    """Tested or trusted."""
    codes: int
    """Rules known by a code."""
    phrases_en: int
    """Rules with the message in English…"""
    phrases_ja: int
    """…and in Japanese."""
    both: int
    """…and in both."""


def lines(rulebook: Rulebook) -> list[Line]:
    """Every rule, by product and id."""
    return sorted(map(_line, rulebook.rules), key=lambda line: (line.product, line.id))


def _line(rule: Rule) -> Line:
    phrases = [language_of(s.text) for s in rule.signatures if isinstance(s, Phrase)]
    return Line(
        id=rule.id,
        status=rule.status.value,
        product=rule.product,
        audience=rule.audience.value,
        owner=rule.owner,
        reviewed=rule.reviewed,
        phrases_en=phrases.count(Language.EN),
        phrases_ja=phrases.count(Language.JA),
        codes=sum(isinstance(s, Code) for s in rule.signatures),
        examples=len(rule.examples) + len(rule.counterexamples),
        path=rule.path,
    )


def coverage(rulebook: Rulebook) -> list[Coverage]:
    """Each product with rules, the one with most first; the last line is all of them."""
    by_product: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines(rulebook):
        by_product[line.product].append(line)
    rows = [_covered(product, known) for product, known in by_product.items()]
    rows.sort(key=lambda row: (-row.rules, row.product))
    return [*rows, _covered("all", lines(rulebook))]


def _covered(product: str, known: Sequence[Line]) -> Coverage:
    return Coverage(
        product=product,
        rules=len(known),
        answering=sum(line.status in {Status.TESTED, Status.TRUSTED} for line in known),
        codes=sum(line.codes > 0 for line in known),
        phrases_en=sum(line.phrases_en > 0 for line in known),
        phrases_ja=sum(line.phrases_ja > 0 for line in known),
        both=sum(line.phrases_en > 0 and line.phrases_ja > 0 for line in known),
    )


def status_table(rulebook: Rulebook) -> str:
    """Rules by product, status, language and official text, in Markdown."""
    states = [status.value for status in Status]
    head = f"| product | rules | {' | '.join(states)} | in English | in Japanese | official text |"
    rules = {line.id: line for line in lines(rulebook)}
    rows = []
    for row in coverage(rulebook):
        known = [one for one in rules.values() if row.product in {one.product, "all"}]
        by_state = [str(sum(one.status == state for one in known)) for state in states]
        quoted = sum(one.phrases_en + one.phrases_ja > 0 for one in known)
        numbers = [row.rules, *by_state, row.phrases_en, row.phrases_ja]
        cells = " | ".join(map(str, numbers))
        rows.append(f"| {row.product} | {cells} | {100 * quoted // max(1, row.rules)} % |")
    return "\n".join([head, f"|---|{'---:|' * (len(states) + 4)}", *rows])
