"""What each status demands: a machine checks each step, people promote."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.rulebook.lint.case import Case, Finding
from bot.core.rulebook.model import Status
from bot.core.rulebook.validate import iso_date
from bot.core.text.language import Language, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENOUGH = 3
_YEAR = timedelta(days=366)
_LANGUAGES = {Language.EN: "English", Language.JA: "Japanese"}


def too_few_examples(case: Case) -> Iterator[Finding]:
    """A tested rule has three examples or more, at least one in each language.

    Bad: `examples: [{text: Outlook says the connection is not available}]`
    Good: `examples: [{text: Outlook says …}, {text: Outlook で…}, {text: …}]`
    """
    if not _answers_people(case):
        return
    examples = case.rule.examples
    if len(examples) < _ENOUGH:
        message = f"a {case.rule.status} rule has at least 3 examples, this one {len(examples)}"
        hint = "add what people really pasted, cut and mistyped as it was"
        yield Finding(case.at("examples"), message, hint)
    languages = {language_of(e.text) for e in examples}
    for language, name in _LANGUAGES.items():
        if examples and language not in languages:
            message = f"no example is in {name}"
            yield Finding(case.at("examples"), message, "people paste in both languages")


def too_few_counterexamples(case: Case) -> Iterator[Finding]:
    """A tested rule has three counterexamples or more: messages it must not answer.

    Bad: `counterexamples: []`
    Good: `counterexamples: [{text: The Outlook error is gone, because: it is solved}, …]`
    """
    count = len(case.rule.counterexamples)
    if _answers_people(case) and count < _ENOUGH:
        message = f"a {case.rule.status} rule has at least 3 counterexamples, this one {count}"
        hint = "a solved case, a question about the topic, a neighbouring error"
        yield Finding(case.at("counterexamples"), message, hint)


def no_source(case: Case) -> Iterator[Finding]:
    """A tested rule says where its facts are from.

    Bad: `sources: []`
    Good: `sources: [https://learn.microsoft.com/…]`
    """
    if _answers_people(case) and not case.rule.sources:
        message = f"a {case.rule.status} rule names at least one source"
        yield Finding(case.at("sources"), message, "add “sources: [https://…]”")


def nothing_to_bring(case: Case) -> Iterator[Finding]:
    """A tested rule says which facts the ticket needs, so that nobody has to ask twice.

    Bad: `escalate: {to: messaging}`
    Good: `escalate: {to: messaging, bring: [{en: the address entered, ja: 入力したアドレス}]}`
    """
    if _answers_people(case) and not case.rule.escalate.default.bring:
        message = f"a {case.rule.status} rule says what the ticket needs"
        yield Finding(case.at("escalate"), message, "add “bring: [{en: …, ja: …}]”")


def no_owner(case: Case) -> Iterator[Finding]:
    """A trusted rule has an owner.

    Bad: `status: trusted` without `owner`
    Good: `owner: messaging-team`
    """
    if case.rule.status is Status.TRUSTED and not case.rule.owner:
        yield Finding(case.at("status"), "a trusted rule has an owner", "add “owner: …”")


def stale_review(case: Case) -> Iterator[Finding]:
    """A trusted rule was reviewed within the last year; no review lies in the future.

    Bad: `reviewed: 2019-04-01`
    Good: `reviewed: 2026-11-22`
    """
    reviewed = iso_date(case.rule.reviewed)
    if reviewed is None:
        if case.rule.status is Status.TRUSTED:
            message = "a trusted rule says when it was reviewed"
            yield Finding(case.at("status"), message, f"add “reviewed: {case.today}”")
    elif reviewed > case.today:
        yield Finding(case.at("reviewed"), f"the review lies in the future: {reviewed}")
    elif case.rule.status is Status.TRUSTED and case.today - reviewed > _YEAR:
        message = f"the last review was {(case.today - reviewed).days} days ago"
        yield Finding(case.at("reviewed"), message, "review it, or set “status: tested”")


def _answers_people(case: Case) -> bool:
    return case.rule.status in (Status.TESTED, Status.TRUSTED)
