"""START HERE. A person pastes an error; what do we say?

The story, one line a step::

    symptom  = read(report.text)                 normalised, remembering where it came from
    matches  = matcher.match(symptom)            rules recognised, each with its reason
    case     = who asks, in which language, what the paste already tells
    advance  = open_case(case, rule)             the one thing to check first
    outcome  = carry_out(advance)                the reply, its buttons, the reminders

Wrong public answers cost trust and silence costs little, so what is merely overheard is answered
only when the match is confident; what is said to us directly always gets an answer.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.core.conversation.machine import offer_choice, offer_people, open_case
from bot.core.conversation.model import Case, Phase
from bot.core.text.language import Language, language_of
from bot.core.text.normalise import plain_words, read
from bot.core.text.redact import redact
from bot.core.text.visible import cut
from bot.core.wording.reply import Line, Reply
from bot.core.wording.sentences import sentence
from bot.helpdesk.carry_out import carry_out
from bot.helpdesk.moment import Moment, Outcome, silent
from bot.helpdesk.outward import Post
from bot.helpdesk.tasks import task

if TYPE_CHECKING:
    from bot.core.matching.model import Match, Matches
    from bot.core.rulebook.model import Rule
    from bot.core.text.symptom import Symptom
    from bot.helpdesk.incoming import Report

_CANDIDATES: Final = 4
"""So many rules to choose from are still read."""

_UNDER_WAY: Final = {Phase.OFFERED, Phase.PEOPLE, Phase.ESCALATED}

_QUOTE: Final = 120
"""Characters of the person's words repeated."""


def report(moment: Moment, report: Report) -> Outcome:
    """What follows from a message that belongs to no case yet."""
    if not report.text.strip():
        return _nothing_to_read(moment, report)
    matches = moment.matcher.match(read(report.text))
    if speaks(matches):
        return _answer(moment, report, matches)
    if not report.direct:
        return silent(moment, _why_silent(matches))
    if candidates := matches.ambiguous or matches.near:
        return _ask_which(moment, report, matches, candidates)
    return _no_rule(moment, report, matches)


def speaks(matches: Matches) -> bool:
    """Whether a message that was merely overheard gets an answer."""
    return bool(matches.found)


def _answer(moment: Moment, report: Report, matches: Matches) -> Outcome:
    first, *others = matches.found
    if not report.direct and _same_case(moment, first.rule):
        return silent(moment, "the same error by the same person was answered a moment ago")
    case = case_for(moment, report, matches, first)
    case = replace(case, others=tuple(m.rule.id for m in others))
    return carry_out(moment, report.place, open_case(case, first.rule, moment.policy.limits))


def _same_case(moment: Moment, rule: Rule) -> bool:
    """A second paste while the first is still being looked at needs no second answer."""
    recent = moment.recent
    return (
        recent is not None
        and recent.rule_id == rule.id
        and recent.phase in _UNDER_WAY  # a ticket's phase is none of these
        and moment.now - recent.updated_at <= moment.policy.same_case_within
    )


def _ask_which(
    moment: Moment, report: Report, matches: Matches, candidates: tuple[Match, ...]
) -> Outcome:
    case = case_for(moment, report, matches, candidates[0])
    which = tuple(m.rule.id for m in candidates[:_CANDIDATES])
    return carry_out(moment, report.place, offer_choice(case, which))


def _no_rule(moment: Moment, report: Report, matches: Matches) -> Outcome:
    case = case_for(moment, report, matches, None)
    return carry_out(moment, report.place, offer_people(case))


def _nothing_to_read(moment: Moment, report: Report) -> Outcome:
    """A picture, or a bare mention: said once and only when it was meant for us."""
    if not report.direct:
        return silent(moment, "there is no text in it")
    key = "no_pictures" if report.has_files else "nothing_to_do"
    language = spoken(report, moment.policy.language)
    reply = Reply((Line(sentence(key, language)),))
    post = Post(report.place, report.place.key, 0, reply, tracked=False)
    return Outcome(state=moment.state, tasks=(task(report.place, f"{report.ts}:{key}", post),))


def _why_silent(matches: Matches) -> str:
    if not matches.ranked:
        return "no rule resembles it"
    best = matches.ranked[0]
    return f"the best match, {best.rule.id}, reaches {best.score:.2f}: not sure enough to speak"


def case_for(moment: Moment, report: Report, matches: Matches, match: Match | None) -> Case:
    """The case a report opens: whose, in which language, and what the paste already answers."""
    answers = _already_answered(match.rule, matches.symptom) if match else {}
    quote = match.quote if match else report.text
    return Case(
        id=_case_id(report),
        asker=report.asker or report.who,
        language=_language(moment, report, matches, match),
        opened_at=moment.now,
        rule_id=match.rule.id if match and not match.needs_context else "",
        rules_version=moment.rulebook.version,
        quote=cut(" ".join(redact(quote).split()), _QUOTE),
        answers=answers,
        from_paste=tuple(answers),
        turn=moment.state.case.turn if moment.state.case else 0,
    )


def _case_id(report: Report) -> str:
    """Short enough to be read out on the phone; the same report gives the same id, at any time."""
    said = f"{report.place.key} {report.ts} {report.text}"
    digest = hashlib.sha256(said.encode(errors="replace")).hexdigest()
    return f"FC-{digest[:6].upper()}"


def _already_answered(rule: Rule, symptom: Symptom) -> dict[str, str]:
    """Checks whose answer stands in the paste: nobody is asked what they have said."""
    return {
        check.id: answer.id
        for check in rule.checks
        for answer in check.answers
        if any(plain_words(words) in symptom.text for words in answer.shown_by)
    }


_ENGLISH_SENTENCE: Final = re.compile(r"(?:[A-Za-z']+[ ,.]+){2}[A-Za-z']+")


def _language(moment: Moment, report: Report, matches: Matches, match: Match | None) -> Language:
    """Of the person's own sentence, else of the pasted error, else of their Slack."""
    if moment.policy.only_language:
        return moment.policy.only_language
    default = moment.policy.language
    if match is None:
        return spoken(report, default)
    own = _own_words(report.text, {match.span, *(m.span for m in matches.found)})
    if language_of(own) is Language.JA:
        return Language.JA
    if _ENGLISH_SENTENCE.search(own):
        return Language.EN
    if match.needs_context or match.quote.isascii():
        return spoken(report, default) if len(match.quote.split()) < 3 else Language.EN
    return language_of(match.quote) or default


def _own_words(text: str, errors: set[tuple[int, int]]) -> str:
    """The person's own: what is left without the errors pasted."""
    for start, end in sorted(errors, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def spoken(report: Report, default: Language) -> Language:
    """The language the person wrote in, else that of their Slack."""
    if language_of(report.text) is Language.JA:
        return Language.JA
    if _ENGLISH_SENTENCE.search(report.text):
        return Language.EN
    if report.locale:
        return Language.JA if report.locale.startswith("ja") else Language.EN
    return default
