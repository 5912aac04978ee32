"""Whatever happens, a conversation keeps its promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bootstrap.desk import load_rules
from bot.core.conversation.machine import TABLE, advance, offer_choice, offer_people, open_case
from bot.core.conversation.model import (
    Advance,
    Case,
    Event,
    HandOver,
    Kind,
    Limits,
    Phase,
    Say,
    Settle,
)
from bot.core.diagnosis.model import NOT_SURE
from bot.core.rulebook.model import Audience, Rule
from bot.core.text.language import Language
from bot.errors import IllegalEvent

RULES = load_rules().rulebook.rules
LIMITS = Limits()
SEED = next(r for r in RULES if r.id == "outlook-encrypted-connection")


def fresh() -> Case:
    return Case(id="FC-1", asker="U1", language=Language.JA, opened_at=0.0)


def opened(rule: Rule = SEED) -> Advance:
    return open_case(fresh(), rule, LIMITS)


def answers_of(rule: Rule, case: Case) -> list[str]:
    kind, _, key = case.step.partition(":")
    check = rule.check(key) if kind == "ask" else None
    return [a.id for a in check.answers] + [NOT_SURE] if check else []


@st.composite
def walks(draw: st.DrawFn) -> tuple[Rule, list[tuple[Case, Event, Advance]]]:
    """A rule and a random walk through its conversation: (before, event, after) triples."""
    rule = draw(st.sampled_from(RULES))
    case = opened(rule).case
    steps = []
    for _ in range(draw(st.integers(1, 25))):
        kind = draw(st.sampled_from(list(Kind)))
        possible = answers_of(rule, case) if kind is Kind.ANSWERED else [SEED.id, "unknown"]
        event = Event(kind, draw(st.sampled_from(possible)) if possible else "")
        target = next((r for r in RULES if r.id == event.value), rule)
        try:
            after = advance(case, event, target if kind is Kind.CHOSE else rule, LIMITS)
        except IllegalEvent:
            continue
        steps.append((case, event, after))
        rule, case = (target if kind is Kind.CHOSE else rule), after.case
    return rule, steps


@given(walks())
@settings(max_examples=200, deadline=None)
def test_no_event_sequence_breaks_it_or_loses_the_way_to_a_person(
    walk: tuple[Rule, list[tuple[Case, Event, Advance]]],
) -> None:
    rule, steps = walk
    for _, _, after in steps:
        human = advance(after.case, Event(Kind.WANTS_HUMAN), rule, LIMITS)
        assert human.case.phase is Phase.ESCALATED
        assert any(isinstance(e, HandOver) for e in human.effects) or after.case.ticket


@given(walks())
@settings(max_examples=200, deadline=None)
def test_nothing_is_offered_twice_unless_it_was_put_off(
    walk: tuple[Rule, list[tuple[Case, Event, Advance]]],
) -> None:
    for _, _, after in walk[1]:
        case = after.case
        if case.phase is Phase.OFFERED:
            kind, _, key = case.step.partition(":")
            assert key not in (case.failed if kind == "fix" else case.answers)


@given(walks())
@settings(max_examples=200, deadline=None)
def test_people_are_offered_after_two_failed_fixes_or_five_questions(
    walk: tuple[Rule, list[tuple[Case, Event, Advance]]],
) -> None:
    for _, event, after in walk[1]:
        case = after.case
        if event.kind in (Kind.FAILED, Kind.ANSWERED) and case.phase is Phase.OFFERED:
            assert case.past_limits or (len(case.failed) < 2 and case.questions < 5)


@given(walks())
@settings(max_examples=100, deadline=None)
def test_a_thread_is_never_flooded(walk: tuple[Rule, list[tuple[Case, Event, Advance]]]) -> None:
    few = Limits(messages=3)
    rule = walk[0]
    case = opened(rule).case
    said = 1
    for _, event, _ in walk[1]:
        try:
            after = advance(case, event, rule, few)
        except IllegalEvent:
            continue
        if after.case.phase is not Phase.ESCALATED:
            said += sum(isinstance(e, Say) for e in after.effects)
        case = after.case
    assert said <= few.messages


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_an_entry_for_everything_that_can_happen(phase: Phase) -> None:
    assert set(TABLE[phase]) == set(Kind)


def test_an_illegal_answer_names_the_state_and_changes_nothing() -> None:
    case = opened().case
    with pytest.raises(IllegalEvent, match="no question is open"):
        advance(case, Event(Kind.ANSWERED, "yes"), SEED, LIMITS)


def test_the_first_answer_offers_the_pinned_fix() -> None:
    assert opened().case.step == "fix:name-not-as-registered"


def test_it_works_now_settles_the_message_and_closes() -> None:
    after = advance(opened().case, Event(Kind.FIXED), SEED, LIMITS)
    assert after.case.phase is Phase.SOLVED
    assert any(isinstance(e, Settle) for e in after.effects)


def test_solved_too_early_goes_on_where_it_was() -> None:
    solved = advance(opened().case, Event(Kind.FIXED), SEED, LIMITS).case
    again = advance(solved, Event(Kind.FAILED), SEED, LIMITS).case
    assert again.phase is Phase.OFFERED
    assert again.failed == ("name-not-as-registered",)


def test_not_an_error_mutes_but_leaves_the_way_to_a_person() -> None:
    muted = advance(opened().case, Event(Kind.NOT_AN_ERROR), SEED, LIMITS).case
    assert muted.phase is Phase.DISMISSED
    for kind in set(Kind) - {Kind.WANTS_HUMAN}:
        assert advance(muted, Event(kind), SEED, LIMITS) == Advance(muted)


def test_a_reminder_comes_once() -> None:
    case = opened().case
    nudged = advance(case, Event(Kind.NUDGE), SEED, LIMITS)
    assert nudged.effects
    assert not advance(nudged.case, Event(Kind.NUDGE), SEED, LIMITS).effects


def test_beside_a_human_helper_it_neither_nudges_nor_asks_back() -> None:
    quiet = advance(opened().case, Event(Kind.HELPER_JOINED), SEED, LIMITS).case
    assert not advance(quiet, Event(Kind.NUDGE), SEED, LIMITS).effects
    assert not advance(quiet, Event(Kind.UNCLEAR), SEED, LIMITS).effects


def test_a_closed_conversation_is_revived_by_a_press() -> None:
    expired = advance(opened().case, Event(Kind.EXPIRE), SEED, LIMITS).case
    assert expired.phase is Phase.EXPIRED
    assert advance(expired, Event(Kind.FAILED), SEED, LIMITS).case.phase is Phase.OFFERED


def test_another_error_is_offered_once_and_becomes_a_case_of_its_own() -> None:
    other = next(r for r in RULES if r.id != SEED.id and r.audience is Audience.EMPLOYEE)
    case = opened().case
    offered = advance(case, Event(Kind.OTHER_ERROR, other.id), SEED, LIMITS)
    assert offered.effects
    assert not advance(offered.case, Event(Kind.OTHER_ERROR, other.id), SEED, LIMITS).effects
    chosen = advance(offered.case, Event(Kind.CHOSE, other.id), other, LIMITS).case
    assert (chosen.rule_id, chosen.id, chosen.failed) == (other.id, "FC-1-2", ())


def test_a_rule_that_is_gone_leads_to_people() -> None:
    after = advance(opened().case, Event(Kind.FAILED), None, LIMITS)
    assert after.case.phase is Phase.PEOPLE


def test_choosing_none_of_the_candidates_leads_to_people() -> None:
    case = offer_choice(fresh(), (SEED.id,)).case
    assert advance(case, Event(Kind.OTHER_CHECKS), None, LIMITS).case.phase is Phase.ESCALATED


def test_without_a_rule_the_helpdesk_is_offered_and_nothing_else_is_asked() -> None:
    case = offer_people(fresh()).case
    assert case.phase is Phase.PEOPLE
    assert advance(case, Event(Kind.WANTS_HUMAN), None, LIMITS).case.ticket == case.id


def test_a_ticket_reopened_by_the_asker_keeps_its_number() -> None:
    handed = advance(opened().case, Event(Kind.WANTS_HUMAN), SEED, LIMITS).case
    resolved = advance(handed, Event(Kind.RESOLVED, "U9"), SEED, LIMITS).case
    again = advance(resolved, Event(Kind.FAILED), SEED, LIMITS)
    assert again.case.ticket == handed.ticket
    assert any(isinstance(e, HandOver) for e in again.effects)


def test_the_state_survives_being_stored() -> None:
    from bot.helpdesk.codec import from_json, to_json

    case = replace(opened().case, answers={"web-mail-opens": "opens"}, failed=("x",))
    assert from_json(to_json(case), Case) == case
