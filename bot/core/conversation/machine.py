"""The state machine of a conversation, as a table.

Rules it keeps, whatever happens (tests/core/conversation checks each with random events):

* a way to a person is open in every phase;
* at most two failed fixes, five questions or two "not sure" before people are offered;
* nothing is asked twice, and no failed fix is offered again;
* only the latest message is live (`Case.turn`), and each message is settled once answered;
* after a handover or beside a human helper the bot is quiet;
* at most `Limits.messages` messages a thread.

`advance` is pure. An event a phase cannot take raises IllegalEvent and changes nothing; what it
may safely overlook it overlooks, by an entry in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.core.conversation.model import (
    Advance,
    Await,
    Case,
    Event,
    HandOver,
    Kind,
    Limits,
    Phase,
    Rest,
    Say,
    Settle,
    TellTicket,
    Topic,
)
from bot.core.diagnosis.model import NOT_SURE, Step
from bot.core.diagnosis.plan import diagnose
from bot.core.rulebook.model import AnswerKind, Check, Rule
from bot.errors import IllegalEvent

Handler = Callable[[Case, Event, Rule | None, Limits], Advance]


def advance(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    """The conversation after `event`.

    Args:
        case: the state before.
        event: what happened.
        rule: the rule of the case; of the rule chosen for CHOSE; None if there is none (any more).
        limits: when people are offered.

    Raises:
        IllegalEvent: the event makes no sense in this phase; nothing changed.
    """
    handler = TABLE[case.phase].get(event.kind)
    if handler is None:
        raise IllegalEvent(f"{event.kind.value} cannot happen while {case.phase.value}")
    return _capped(handler(case, event, rule, limits), limits)


def open_case(case: Case, rule: Rule, limits: Limits) -> Advance:
    """A confident match: the first answer, with the one thing to check first."""
    return _capped(_go_on(replace(case, rule_id=rule.id), rule, limits), limits)


def offer_choice(case: Case, candidates: tuple[str, ...]) -> Advance:
    """Several rules may fit: ask which."""
    return _say(replace(case, phase=Phase.CHOOSING, candidates=candidates), Topic.CHOOSE)


def offer_people(case: Case) -> Advance:
    """No rule fits: say so once, with a way to the helpdesk."""
    return _say(replace(case, phase=Phase.PEOPLE), Topic.NO_RULE)


# --- What a message does to the case ------------------------------------------------------------


def _say(case: Case, topic: Topic, step: Step | None = None) -> Advance:
    """A message with live buttons; the person is awaited."""
    case = replace(
        case,
        turn=case.turn + 1,
        topic=topic,
        step=step.key if step else "",
        said=case.said + 1,
        nudged=False,
    )
    return Advance(case, (Say(topic), Await()))


def _settled(after: Advance) -> Advance:
    return Advance(after.case, (Settle(), *after.effects))


def _capped(after: Advance, limits: Limits) -> Advance:
    """Beyond the cap nothing more is said, but for the handover itself."""
    if after.case.said <= limits.messages or after.case.phase is Phase.ESCALATED:
        return after
    return Advance(after.case, tuple(e for e in after.effects if not isinstance(e, Say)))


def _go_on(case: Case, rule: Rule | None, limits: Limits) -> Advance:
    """The next step, or people."""
    if rule is None:
        return _say(replace(case, phase=Phase.PEOPLE), Topic.PEOPLE)
    step = diagnose(rule, case.evidence).next
    if step is None and not case.turn:  # nobody is handed over before they said a word
        return _say(replace(case, phase=Phase.PEOPLE), Topic.HELPDESK_ONLY)
    if step is None:
        return _escalate(case)
    if step.key in case.skipped or (not case.past_limits and _at_limit(case, limits)):
        return _say(replace(case, phase=Phase.PEOPLE, past_limits=True), Topic.PEOPLE)
    return _say(replace(case, phase=Phase.OFFERED), Topic.STEP, step)


def _at_limit(case: Case, limits: Limits) -> bool:
    not_sure = list(case.answers.values()).count(NOT_SURE)
    return (
        len(case.failed) >= limits.failed_fixes
        or case.questions >= limits.questions
        or not_sure >= limits.not_sure
    )


def _escalate(case: Case) -> Advance:
    case = _end(replace(case, ticket=case.id, other_error=""), Phase.ESCALATED, Topic.ESCALATED)
    return Advance(case, (HandOver(), Say(Topic.ESCALATED), Rest()))


def _end(case: Case, phase: Phase, topic: Topic) -> Case:
    """Nobody is awaited after this message, though its buttons lead back in."""
    return replace(case, phase=phase, topic=topic, turn=case.turn + 1, said=case.said + 1)


# --- Handlers: (case, event, rule, limits) → Advance --------------------------------------------


def _answered(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    check = _check_of(case, rule)
    if check is None:
        raise IllegalEvent(f"no question is open, so {event.value!r} answers nothing")
    if not _is_answer(check, event.value):
        raise IllegalEvent(f"{event.value!r} is not an answer to {check.id}")
    answered = replace(case, answers={**case.answers, check.id: event.value})
    return _settled(_go_on(answered, rule, limits))


def _check_of(case: Case, rule: Rule | None) -> Check | None:
    kind, _, key = case.step.partition(":")
    return rule.check(key) if rule and kind == "ask" else None


def _is_answer(check: Check, value: str) -> bool:
    return (
        value == NOT_SURE
        or check.kind is AnswerKind.TEXT
        or any(a.id == value for a in check.answers)
    )


def _failed(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    kind, _, key = case.step.partition(":")
    if kind == "fix":
        case = replace(case, failed=(*case.failed, key))
    elif case.phase is Phase.OFFERED:
        return _skip(case, event, rule, limits)
    return _settled(_go_on(case, rule, limits))


def _not_sure(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    if _check_of(case, rule) is not None:
        return _answered(case, Event(Kind.ANSWERED, NOT_SURE), rule, limits)
    return _skip(case, event, rule, limits)


def _skip(case: Case, _event: Event, rule: Rule | None, limits: Limits) -> Advance:
    """Other checks: the step on the table is put last."""
    if case.step:
        case = replace(case, skipped=(*case.skipped, case.step))
    return _settled(_go_on(replace(case, other_error=""), rule, limits))


def _people_then_other(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    """People were offered, but the person would rather go on; skipped steps come round again."""
    return _skip(replace(case, past_limits=True, skipped=()), event, rule, limits)


def _solved(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    case = _end(case, Phase.SOLVED, Topic.SOLVED)
    return Advance(case, (Settle(), Say(Topic.SOLVED), Rest()))


def _solved_after_handover(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    after = _solved(case, event, rule, limits)
    return Advance(after.case, (*after.effects, TellTicket()))


def _human(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    return _settled(_escalate(case))


def _dismissed(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    case = _end(case, Phase.DISMISSED, Topic.DISMISSED)
    return Advance(case, (Settle(), Say(Topic.DISMISSED), Rest()))


def _withdrawn(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    return Advance(replace(case, phase=Phase.DISMISSED), (Rest(),))


def _chose(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    """A candidate, or the other error offered: it becomes the case."""
    if rule is None or event.value not in (*case.candidates, *case.others, case.other_error):
        raise IllegalEvent(f"{event.value!r} was not offered")
    fresh = replace(
        case,
        id=_next_id(case),
        rule_id=rule.id,
        quote="",
        candidates=(),
        other_error="",
        answers={},
        failed=(),
        skipped=(),
        from_paste=(),
        past_limits=False,
        quiet=False,
        ticket="",
        others=tuple(o for o in case.others if o != rule.id),
    )
    return _settled(_go_on(fresh, rule, limits))


def _next_id(case: Case) -> str:
    """A case of its own, where the one before was named already (FC-1A2B3C → FC-1A2B3C-2)."""
    if not case.rule_id:
        return case.id
    head, _, tail = case.id.rpartition("-")
    return f"{head}-{int(tail) + 1}" if head.count("-") and tail.isdigit() else f"{case.id}-2"


def _other_error(case: Case, event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    """Offered once, as its own case; the step on the table stays."""
    if event.value in (case.rule_id, case.other_error, *case.others):
        return Advance(case)
    case = replace(case, other_error=event.value, said=case.said + 1)
    return Advance(case, (Say(Topic.OTHER_ERROR, event.value),))


def _nudge(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    if case.nudged or case.quiet:
        return Advance(case)
    return Advance(replace(case, nudged=True, said=case.said + 1), (Say(Topic.NUDGE),))


def _expire(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    case = _end(case, Phase.EXPIRED, Topic.EXPIRED)
    return Advance(case, (Settle(), Say(Topic.EXPIRED), Rest()))


def _unclear(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    """Said once a turn, and never "please rephrase": the buttons are named instead."""
    if case.quiet or case.puzzled == case.turn:
        return Advance(case)
    return Advance(replace(case, puzzled=case.turn, said=case.said + 1), (Say(Topic.UNCLEAR),))


def _helper_joined(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    return Advance(replace(case, quiet=True))


def _claimed(case: Case, event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    return Advance(replace(case, said=case.said + 1), (Say(Topic.CLAIMED, event.value),))


def _resolved(case: Case, event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    case = _end(replace(case, step=""), Phase.SOLVED, Topic.RESOLVED)
    return Advance(case, (Settle(), Say(Topic.RESOLVED, event.value)))


def _already(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    """It is with the helpdesk: say so again, without a second ticket."""
    case = _end(case, Phase.ESCALATED, Topic.ESCALATED)
    return Advance(case, (Settle(), Say(Topic.ESCALATED)))


def _reopened(case: Case, event: Event, rule: Rule | None, limits: Limits) -> Advance:
    """It was thought solved and is not: after a handover back to people, else the next step."""
    if case.ticket:
        return _settled(_escalate(case))
    return _failed(case, event, rule, limits)


def _overlook(case: Case, _event: Event, _rule: Rule | None, _limits: Limits) -> Advance:
    return Advance(case)


def _row(handlers: Mapping[Kind, Handler]) -> Mapping[Kind, Handler]:
    """Every kind has an entry: what a phase does not name, it overlooks."""
    return {kind: handlers.get(kind, _overlook) for kind in Kind}


_LIVE: Final[Mapping[Kind, Handler]] = {
    Kind.FIXED: _solved,
    Kind.WANTS_HUMAN: _human,
    Kind.NOT_AN_ERROR: _dismissed,
    Kind.CHOSE: _chose,
    Kind.OTHER_ERROR: _other_error,
    Kind.UNCLEAR: _unclear,
    Kind.HELPER_JOINED: _helper_joined,
    Kind.NUDGE: _nudge,
    Kind.EXPIRE: _expire,
    Kind.WITHDRAWN: _withdrawn,
}

_STEP: Final[Mapping[Kind, Handler]] = {
    **_LIVE,
    Kind.ANSWERED: _answered,
    Kind.FAILED: _failed,
    Kind.NOT_SURE: _not_sure,
    Kind.OTHER_CHECKS: _skip,
}

TABLE: Final[Mapping[Phase, Mapping[Kind, Handler]]] = {
    Phase.OFFERED: _row(_STEP),
    Phase.CHOOSING: _row({**_LIVE, Kind.NOT_SURE: _human, Kind.OTHER_CHECKS: _human}),
    Phase.PEOPLE: _row({**_LIVE, Kind.OTHER_CHECKS: _people_then_other, Kind.NOT_SURE: _human}),
    Phase.ESCALATED: _row(
        {
            Kind.FIXED: _solved_after_handover,
            Kind.WANTS_HUMAN: _already,
            Kind.CLAIMED: _claimed,
            Kind.RESOLVED: _resolved,
            Kind.CHOSE: _chose,
            Kind.OTHER_ERROR: _other_error,
            Kind.WITHDRAWN: _overlook,
        }
    ),
    Phase.SOLVED: _row(
        {
            Kind.FAILED: _reopened,
            Kind.WANTS_HUMAN: _human,
            Kind.CHOSE: _chose,
            Kind.OTHER_ERROR: _other_error,
            Kind.WITHDRAWN: _withdrawn,
        }
    ),
    Phase.DISMISSED: _row({Kind.WANTS_HUMAN: _human}),
    Phase.EXPIRED: _row({**_STEP, Kind.NUDGE: _overlook, Kind.EXPIRE: _overlook}),
}
"""What each phase does with each event. The diagram in the README is drawn from it."""
