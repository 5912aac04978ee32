"""What changes for people when one rule base takes another's place: behaviour, not files.

Compared are the rules' own promises: every example and counterexample of both, and for each rule
what it says first and whom it hands over to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.diagnosis.flow import as_text, flow
from bot.core.rulebook.model import Status
from bot.core.text.language import Language
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.rulebook.model import Rule
    from bot.helpdesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Change:
    """Something people would notice."""

    rule_id: str
    what: str
    """`new`, `gone`, `status`, `answers`, `says`, `way` or `people`."""
    before: str
    after: str


def changes(before: Desk, after: Desk) -> list[Change]:
    """Everything that differs, by rule."""
    old = {rule.id: rule for rule in before.rulebook.rules}
    new = {rule.id: rule for rule in after.rulebook.rules}
    found = [Change(i, "gone", old[i].status.value, "") for i in old.keys() - new.keys()]
    found += [Change(i, "new", "", new[i].status.value) for i in new.keys() - old.keys()]
    for rule_id in old.keys() & new.keys():
        found += _rule_changes(old[rule_id], new[rule_id])
    found += _answer_changes(before, after)
    return sorted(found, key=lambda change: (change.rule_id, change.what, change.before))


def _rule_changes(old: Rule, new: Rule) -> Iterator[Change]:
    if old.status is not new.status:
        yield Change(new.id, "status", old.status.value, new.status.value)
    for language in Language:
        said, heard = _first(old, language), _first(new, language)
        if said != heard:
            yield Change(new.id, "says", said, heard)
    ways = tuple("\n".join(as_text(flow(rule, Language.EN), Language.EN)) for rule in (old, new))
    if ways[0] != ways[1]:
        yield Change(new.id, "way", *ways)
    if old.escalate != new.escalate:
        yield Change(new.id, "people", old.escalate.default.to, new.escalate.default.to)


def _first(rule: Rule, language: Language) -> str:
    """What people read first, in one piece."""
    first = flow(rule, language)
    parts = [rule.misdirection, rule.applies_to, rule.caution]
    if first:
        cause = getattr(first.step, "cause", None)
        check = getattr(first.step, "check", None)
        parts.append(cause.fix if cause else check.ask if check else None)
    return " ".join(part.in_(language) for part in parts if part)


def _answer_changes(before: Desk, after: Desk) -> Iterator[Change]:
    """Texts that either rule base promises something about, and that are answered otherwise."""
    texts: dict[str, str] = {}
    for rule in (*before.rulebook.rules, *after.rulebook.rules):
        if rule.status is not Status.RETIRED:
            promises = [one.text for one in rule.examples] + [
                one.text for one in rule.counterexamples
            ]
            texts.update(dict.fromkeys(promises, rule.id))
    for text, rule_id in texts.items():
        said, heard = (
            ", ".join(m.rule.id for m in desk.matcher.match(read(text)).found)
            for desk in (before, after)
        )
        if said != heard:
            yield Change(rule_id, "answers", f"{said or 'silence'}: {text}", heard or "silence")
