"""The way a rule leads, drawn: which check comes first, and what follows from each answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.core.diagnosis.model import Evidence, Fix, Step
from bot.core.diagnosis.plan import diagnose
from bot.core.rulebook.model import AnswerKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.rulebook.model import Rule
    from bot.core.text.language import Language

MOST_FAILED, MOST_ASKED = 2, 5
"""People are offered after so many fixes that did not help, and so many questions."""
_YES, _NO = {"en": "yes", "ja": "はい"}, {"en": "no", "ja": "いいえ"}
HELPED: Final = {"en": "solved", "ja": "解決"}
_FAILED: Final = {"en": "did not help", "ja": "変わらない"}
_ANY: Final = {"en": "answered", "ja": "回答"}
PEOPLE: Final = {"en": "to the helpdesk", "ja": "担当者へ"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A step, and where each outcome leads: None is to people."""

    step: Step
    ways: tuple[tuple[str, Stage | None], ...]
    """What the person says, in the language asked for, and the stage after it."""


def flow(rule: Rule, language: Language) -> Stage | None:
    """The whole way; None if the rule goes to people at once."""
    return _stage(rule, Evidence(), language)


def _stage(rule: Rule, evidence: Evidence, language: Language) -> Stage | None:
    if len(evidence.failed) >= MOST_FAILED or len(evidence.answers) >= MOST_ASKED:
        return None
    step = diagnose(rule, evidence).next
    if step is None:
        return None
    ways = tuple(
        (label, _stage(rule, known, language))
        for label, known in _outcomes(step, evidence, language.value)
    )
    return Stage(step, ways)


def _outcomes(step: Step, evidence: Evidence, language: str) -> Iterator[tuple[str, Evidence]]:
    if isinstance(step, Fix):
        yield _FAILED[language], replace(evidence, failed=evidence.failed | {step.cause.id})
        return
    check = step.check
    if check.kind is AnswerKind.TEXT:
        yield _ANY[language], _with(evidence, check.id, "…")
    for answer in check.answers:
        plain = {"yes": _YES, "no": _NO}.get(answer.id, {}).get(language, answer.id)
        label = (
            (answer.label.ja if language == "ja" else answer.label.en) if answer.label else plain
        )
        yield label, _with(evidence, check.id, answer.id)


def _with(evidence: Evidence, check: str, answer: str) -> Evidence:
    return replace(evidence, answers={**evidence.answers, check: answer})


def as_text(first: Stage | None, language: Language) -> list[str]:
    """The flow as an indented outline."""
    return list(_outline(first, language, 0))


def _outline(stage: Stage | None, language: Language, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if stage is None:
        yield f"{indent}⇒ {PEOPLE[language.value]}"
        return
    yield f"{indent}{_mark(stage)} {stage.step.title.in_(language)}"
    for label, after in stage.ways:
        yield f"{indent}  – {label}"
        yield from _outline(after, language, depth + 2)


def _mark(stage: Stage) -> str:
    return "→" if isinstance(stage.step, Fix) else "?"


def as_mermaid(first: Stage | None, language: Language) -> list[str]:
    """The flow as a Mermaid flowchart; stages that lead the same way are drawn once."""
    known: dict[Stage, str] = {}
    lines = ["flowchart TD", f'  people(["{PEOPLE[language.value]}"])']
    if first is None:
        return lines
    lines.append(f'  solved(["{HELPED[language.value]}"])')
    _draw(first, language, known, lines)
    return lines


def _draw(stage: Stage, language: Language, known: dict[Stage, str], lines: list[str]) -> str:
    if stage in known:
        return known[stage]
    name = known[stage] = f"n{len(known)}"
    title = stage.step.title.in_(language).replace('"', "'")
    lines.append(
        f'  {name}["{title}"]' if isinstance(stage.step, Fix) else f'  {name}{{"{title}"}}'
    )
    if isinstance(stage.step, Fix):
        lines.append(f"  {name} --> solved")
    for label, after in stage.ways:
        target = _draw(after, language, known, lines) if after else "people"
        lines.append(f'  {name} -->|"{label.replace(chr(34), chr(39))}"| {target}')
    return name
