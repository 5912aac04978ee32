"""What the machine asks of a rule that a parser cannot: `LINTS` is the table of contents.

Each lint is a small function. Its docstring is its documentation: what it asks, a bad and a good
sample. They run on half-right rules too, so that an author sees everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bot.core.rulebook.faults import Explained
from bot.core.rulebook.lint.case import Case, Finding
from bot.core.rulebook.lint.demands import (
    no_owner,
    no_source,
    nothing_to_bring,
    stale_review,
    too_few_counterexamples,
    too_few_examples,
)
from bot.core.rulebook.lint.labels import dead_placeholder, unquoted_label
from bot.core.rulebook.lint.reasoning import (
    ambiguous_words,
    contradiction,
    dead_cause,
    idle_check,
    nothing_left,
    pin_without_fix,
)
from bot.core.rulebook.lint.safety import asks_for_secret, dangerous_advice, personal_data
from bot.core.rulebook.lint.signatures import (
    japanese_code,
    never_fires,
    repeated_signature,
    shared_signature,
    short_signature,
    signature_keys,
)
from bot.core.rulebook.lint.wording import (
    blame,
    full_stop,
    too_long,
    unbalanced_quotes,
    wrong_language,
)
from bot.core.rulebook.model import Status
from bot.core.rulebook.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.core.rulebook.parse import Reading

__all__ = ["LINTS", "explained", "lint_rule", "lint_rules", "signature_keys"]

Lint = Callable[[Case], Iterator[Finding]]

LINTS: tuple[Lint, ...] = (
    too_few_examples,
    too_few_counterexamples,
    no_source,
    nothing_to_bring,
    no_owner,
    stale_review,
    never_fires,
    short_signature,
    japanese_code,
    repeated_signature,
    too_long,
    wrong_language,
    blame,
    unbalanced_quotes,
    full_stop,
    unquoted_label,
    dead_placeholder,
    dangerous_advice,
    asks_for_secret,
    personal_data,
    idle_check,
    dead_cause,
    contradiction,
    nothing_left,
    ambiguous_words,
    pin_without_fix,
)
"""Each looks at one rule; `shared_signature` alone looks at all of them."""


def lint_rule(reading: Reading, today: date) -> list[Problem]:
    """What the lints find in one file, in its order. Retired rules are left alone."""
    case = _case(reading, today)
    if case is None:
        return []
    return sorted(_problem(case, _code(find), f) for find in LINTS for f in find(case))


def lint_rules(readings: Iterable[Reading], today: date) -> list[Problem]:
    """What the lints find in all files together, by file and line."""
    cases = [case for reading in readings if (case := _case(reading, today))]
    alone = (_problem(c, _code(find), f) for c in cases for find in LINTS for f in find(c))
    shared = (_problem(c, _code(shared_signature), f) for c, f in shared_signature(cases))
    return sorted([*alone, *shared])


def explained() -> tuple[Explained, ...]:
    """Every lint as its docstring explains it."""
    finders: tuple[Callable[..., object], ...] = (*LINTS, shared_signature)
    return tuple(_explain(_code(find), find.__doc__ or "") for find in finders)


def _case(reading: Reading, today: date) -> Case | None:
    if reading.draft is None or reading.root is None or reading.draft.status is Status.RETIRED:
        return None
    return Case.of(reading.draft, reading.root, today)


def _problem(case: Case, code: str, found: Finding) -> Problem:
    place = found.place
    return Problem(case.rule.path, place.line, place.column, code, found.message, found.hint)


def _code(find: Callable[..., object]) -> str:
    return find.__name__.replace("_", "-")


def _explain(code: str, doc: str) -> Explained:
    says, _, samples = doc.partition("Bad:")
    bad, _, good = samples.partition("Good:")
    return Explained(code, *(" ".join(part.split()) for part in (says, bad, good)))
