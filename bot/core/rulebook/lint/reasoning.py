"""Does the diagnosis get anywhere? Checks that tell nothing apart, causes nothing leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.rulebook.lint.case import Case, Finding
from bot.core.rulebook.model import AnswerKind, Audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.rulebook.model import Answer


def idle_check(case: Case) -> Iterator[Finding]:
    """A check's answers differ in what follows, or it only costs the person's patience.

    Bad: `"yes": {points_to: [a]}`, `"no": {points_to: [a]}`
    Good: `"yes": {points_to: [a]}`, `"no": {rules_out: [a]}`; or `answer: text`
    """
    for number, check in enumerate(case.rule.checks):
        follows = {(frozenset(a.points_to), frozenset(a.rules_out)) for a in check.answers}
        if check.kind is not AnswerKind.TEXT and len(follows) < 2:
            message = f"nothing follows from the answers to “{check.id}”"
            hint = (
                "let answers point to causes or rule them out; facts for the ticket: answer: text"
            )
            yield Finding(case.at("checks", number, "id"), message, hint)


def dead_cause(case: Case) -> Iterator[Finding]:
    """A cause without a fix is reached through a check, or it can never be told from the others.

    Bad: `causes: [{id: a, fix: …}, {id: mailbox-moved}]` and no check
    Good: a check with `"yes": {points_to: [mailbox-moved]}`
    """
    if len(case.rule.causes) < 2 or case.rule.audience is Audience.HELPDESK:
        return  # where only the helpdesk can help, nobody is asked
    reached = {c for _, _, a in _answers(case) for c in (*a.points_to, *a.rules_out)}
    for number, cause in enumerate(case.rule.causes):
        if cause.fix is None and cause.id not in reached:
            message = f"“{cause.id}” has no fix and no check speaks of it"
            hint = "add a fix, let an answer point to it, or leave it out"
            yield Finding(case.at("causes", number, "id"), message, hint)


def contradiction(case: Case) -> Iterator[Finding]:
    """An answer does not make a cause likelier and impossible at once.

    Bad: `"no": {points_to: [a], rules_out: [a]}`
    Good: `"no": {points_to: [a]}`
    """
    for check, steps, answer in _answers(case):
        for cause in sorted({*answer.points_to} & {*answer.rules_out}):
            message = f"in “{check}”, “{answer.id}” points to “{cause}” and rules it out"
            yield Finding(case.at(*steps, "rules_out"), message, "keep one of the two")


def nothing_left(case: Case) -> Iterator[Finding]:
    """An answer leaves at least one cause.

    Bad: `"no": {rules_out: [a, b]}` where a and b are all causes
    Good: a third cause `- {id: something-else, …}`, without a fix: handed over
    """
    causes = {cause.id for cause in case.rule.causes}
    for check, steps, answer in _answers(case):
        if causes and causes <= {*answer.rules_out}:
            message = f"in “{check}”, “{answer.id}” rules out every cause"
            yield Finding(case.at(*steps, "rules_out"), message, "add the cause that is left")


def ambiguous_words(case: Case) -> Iterator[Finding]:
    """Words in a report give one answer to a check, not two.

    Bad: `"yes": {shown_by: [VPN]}`, `"no": {shown_by: [vpn]}`
    Good: `"yes": {shown_by: [VPN connected]}`, `"no": {shown_by: [VPN off]}`
    """
    seen: dict[tuple[str, str], str] = {}
    for check, steps, answer in _answers(case):
        for word in answer.shown_by:
            first = seen.setdefault((check, word.casefold()), answer.id)
            if first != answer.id:
                message = f"in “{check}”, “{word}” shows “{first}” and “{answer.id}”"
                yield Finding(case.at(*steps, "shown_by"), message, "make the words longer")


def pin_without_fix(case: Case) -> Iterator[Finding]:
    """What is offered first is something the person can do.

    Bad: `- {id: mailbox-moved, pin: first}`
    Good: `- {id: name-not-as-registered, pin: first, fix: {en: …, ja: …}}`
    """
    for number, cause in enumerate(case.rule.causes):
        if cause.pinned and cause.fix is None:
            message = f"“{cause.id}” is offered first but has no fix"
            yield Finding(case.at("causes", number, "pin"), message, "add a fix")


def _answers(case: Case) -> Iterator[tuple[str, tuple[str | int, ...], Answer]]:
    """Every answer: the check's id, where it stands, the answer."""
    for number, check in enumerate(case.rule.checks):
        for index, answer in enumerate(check.answers):
            below = ("choices", index) if check.kind is AnswerKind.CHOICE else (answer.id,)
            yield check.id, ("checks", number, *below), answer
