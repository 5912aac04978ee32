"""Advice that would make things worse, whoever found it on the web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.core.rulebook.lint.case import Case, Finding
from bot.core.rulebook.lint.dangers import ASKED, BROUGHT, DANGERS, advised

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_INVENTED = re.compile(
    r"(?:^|\.)(?:example|contoso|fabrikam)(?:\.|$)|\.(?:test|invalid|localhost)$", re.IGNORECASE
)


def dangerous_advice(case: Case) -> Iterator[Finding]:
    """Nobody is told to weaken a protection. Forbidding it is fine, and welcome in `caution`.

    Bad: `fix: {en: Disable the firewall and try again., …}`
    Good: `caution: {en: Please do not disable the firewall., …}`
    """
    for sentence in case.sentences:
        for danger in DANGERS:
            if found := advised(danger, sentence.language, sentence.text):
                message = f"“{found}” advises {danger.what}"
                yield Finding(sentence.place, message, "hand over instead, or forbid it")


def asks_for_secret(case: Case) -> Iterator[Finding]:
    """No password, code or key is ever asked for, in the thread or for the ticket.

    Bad: `bring: [{en: address and password, ja: アドレスとパスワード}]`
    Good: `bring: [{en: the address entered (never the password), ja: 入力したアドレス}]`
    """
    for sentence in case.sentences:
        danger = BROUGHT if sentence.role[1] == "bring" else ASKED
        if found := advised(danger, sentence.language, sentence.text):
            hint = "secrets never go into Slack; ask for what is visible on the screen"
            yield Finding(sentence.place, f"“{found}” asks for a secret", hint)


def personal_data(case: Case) -> Iterator[Finding]:
    """Examples hold no real e-mail address; the names kept for documentation are free to use.

    Bad: `text: Undeliverable for hanako.suzuki@our-company.co.jp`
    Good: `text: Undeliverable for hanako@example.com`
    """
    samples = [("examples", n, e.text) for n, e in enumerate(case.rule.examples)]
    samples += [("counterexamples", n, c.text) for n, c in enumerate(case.rule.counterexamples)]
    for key, number, text in samples:
        for found in _ADDRESS.finditer(text):
            if not _INVENTED.search(found[1]):
                place = case.at(key, number, "text")
                message = f"“{found[0]}” may be somebody's address"
                yield Finding(place, message, "use example.com")
