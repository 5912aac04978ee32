"""Somebody opened the direct message with us: a greeting, and errors to try it with.

Their language is not known yet (asking Slack for it needs a scope that shows everybody's profile),
so both are greeted in, the helpdesk's first, and the examples take turns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.core.rulebook.model import Audience, Status
from bot.core.text.language import Language, language_of
from bot.core.wording.sentences import sentence
from bot.helpdesk.incoming import Place
from bot.helpdesk.moment import Outcome
from bot.helpdesk.outward import Prompt, Prompts
from bot.helpdesk.tasks import task

if TYPE_CHECKING:
    from bot.core.rulebook.model import Rule, Rulebook
    from bot.helpdesk.incoming import Opened
    from bot.helpdesk.moment import Moment

_OFFERED: Final = 4
"""Slack shows no more."""
_SHORTEST, _LONGEST = 15, 200
"""Characters of an example that reads well as something one might send."""
_TITLE: Final = 75


def welcome(moment: Moment, opened: Opened) -> Outcome:
    """Nothing is posted: what is offered stands above the conversation until something is said."""
    first = moment.policy.only_language or moment.policy.language
    second = Language.EN if first is Language.JA else Language.JA
    languages = (first,) if moment.policy.only_language else (first, second)
    place = Place(opened.place.team, opened.place.channel)
    body = Prompts(
        place,
        " / ".join(sentence("welcome", language) for language in languages),
        examples(moment.rulebook, languages),
    )
    offer = task(opened.place, opened.ts, body)
    return Outcome(state=moment.state, tasks=(offer,), why="nothing is posted before they write")


def examples(rulebook: Rulebook, languages: tuple[Language, ...]) -> tuple[Prompt, ...]:
    """Errors of the rules in force, each of another product, the languages in turn."""
    found: list[Prompt] = []
    for rules in _by_product(rulebook):
        language = languages[len(found) % len(languages)]
        if prompt := _of_the_clearest(rules, language):
            found.append(prompt)
        if len(found) == _OFFERED:
            break
    return tuple(found)


def _by_product(rulebook: Rulebook) -> list[list[Rule]]:
    """What employees can be answered, by product in the order of the taxonomy."""
    groups: dict[str, list[Rule]] = {product: [] for product in rulebook.products}
    for rule in rulebook.rules:
        if rule.audience is Audience.EMPLOYEE and rule.status in {Status.TESTED, Status.TRUSTED}:
            groups.setdefault(rule.product, []).append(rule)
    return list(groups.values())


def _of_the_clearest(rules: list[Rule], language: Language) -> Prompt | None:
    """A rule whose author says what comes first shows best what we are for."""
    clearest = sorted(rules, key=lambda r: not any(cause.pinned for cause in r.causes))
    for rule in clearest:
        for example in rule.examples:
            if _reads_well(example.text, language):
                return Prompt(rule.title.in_(language)[:_TITLE], example.text)
    return None


def _reads_well(text: str, language: Language) -> bool:
    fits = _SHORTEST <= len(text) <= _LONGEST and "\n" not in text
    return fits and language_of(text) is language
