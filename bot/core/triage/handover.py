"""From a conversation to a ticket: everything already ruled out comes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.diagnosis.model import NOT_SURE, Diagnosis
from bot.core.diagnosis.plan import diagnose, handover_class
from bot.core.rulebook.model import AnswerKind, Bilingual, Check, EscalationClass, Rule, Rulebook
from bot.core.triage.model import Finding, Ticket

if TYPE_CHECKING:
    from bot.core.conversation.model import Case

_HELPDESK = Bilingual("the helpdesk", "ヘルプデスク")
_NO_RULE = Bilingual("A question no rule fits", "合う案内が見つからなかった相談")
_DID_NOT_HELP = Bilingual("didn't help", "直らなかった")
_PLAIN = {
    "yes": Bilingual("yes", "はい"),
    "no": Bilingual("no", "いいえ"),
    NOT_SURE: Bilingual("not sure", "わからない"),
}
_LIKELY = 3
"""So many remaining causes are worth reading."""


def ticket_for(case: Case, rulebook: Rulebook, url: str = "") -> Ticket:
    """The ticket of `case`; also without a rule, so that nobody is turned away."""
    rule = rulebook.rule(case.rule_id)
    if rule is None:
        return _without_rule(case, rulebook, url)
    diagnosis = diagnose(rule, case.evidence)
    whom = rule.escalate.for_(handover_class(diagnosis.causes))
    return Ticket(
        id=case.ticket,
        asker=case.asker,
        language=case.language,
        rule=rule.id,
        rules_version=rulebook.version,
        title=rule.title,
        quote=case.quote,
        team=_team(whom, rulebook),
        answers=tuple(_answers(case, rule)),
        tried=tuple(_tried(case, rule)),
        ruled_out=tuple(r.cause.title for r in diagnosis.ruled_out),
        likely=_likely(diagnosis, case),
        bring=whom.bring or rule.escalate.default.bring,
        url=url,
    )


def escalation_class(case: Case, rule: Rule) -> str:
    """The id of the class the case is handed over as; empty for the rule's default."""
    diagnosis = diagnose(rule, case.evidence)
    return rule.escalate.for_(handover_class(diagnosis.causes)).id


def _without_rule(case: Case, rulebook: Rulebook, url: str) -> Ticket:
    return Ticket(
        id=case.ticket,
        asker=case.asker,
        language=case.language,
        rule="",
        rules_version=rulebook.version,
        title=_NO_RULE,
        quote=case.quote,
        team=_HELPDESK,
        url=url,
    )


def _team(whom: EscalationClass, rulebook: Rulebook) -> Bilingual:
    team = rulebook.teams.get(whom.to)
    return team.title if team else _HELPDESK


def _answers(case: Case, rule: Rule) -> list[Finding]:
    return [
        Finding(check.title, _result(check, value))
        for check_id, value in case.answers.items()
        if (check := rule.check(check_id))
    ]


def _result(check: Check, value: str) -> Bilingual:
    plain = value == NOT_SURE or check.kind is AnswerKind.YES_NO
    if plain and value in _PLAIN:  # else the rule was rewritten since it was answered
        return _PLAIN[value]
    label = next((a.label for a in check.answers if a.id == value and a.label), None)
    return label or Bilingual(value, value)


def _tried(case: Case, rule: Rule) -> list[Finding]:
    causes = [rule.cause(c) for c in case.failed]
    return [Finding(c.title, _DID_NOT_HELP) for c in causes if c]


def _likely(diagnosis: Diagnosis, case: Case) -> tuple[Bilingual, ...]:
    left = [c for c in diagnosis.causes if not c.ruled_out_by and c.cause.id not in case.failed]
    return tuple(c.cause.title for c in left[:_LIKELY])
