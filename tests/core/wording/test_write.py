"""Replies are short, hold one next step, and always a way to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap.desk import load_rules
from bot.core.conversation.model import Case, Phase, Topic
from bot.core.diagnosis.model import NOT_SURE
from bot.core.rulebook.model import Audience, Bilingual, Rule
from bot.core.text.language import Language, language_of
from bot.core.triage.handover import ticket_for
from bot.core.wording.reply import Action, LineKind, Reply
from bot.core.wording.write import Context, answer_label, label_of, settle, write

BOOK = load_rules().rulebook
CONTEXT = Context(BOOK)
SEED = next(r for r in BOOK.rules if r.id == "outlook-encrypted-connection")
OTHER = next(r for r in BOOK.rules if r.id != SEED.id)
ENDS = {Topic.CLAIMED}
"""Said in passing, without buttons of their own."""


def case_of(rule: Rule | None, language: Language = Language.JA, step: str = "") -> Case:
    return Case(
        id="FC-1",
        asker="U1",
        language=language,
        opened_at=0.0,
        rule_id=rule.id if rule else "",
        quote="メール サーバー",
        turn=1,
        step=step,
        ticket="FC-1",
    )


def every_step() -> list[tuple[Rule, str]]:
    fixes = [(r, f"fix:{c.id}") for r in BOOK.rules for c in r.causes if c.fix]
    return fixes + [(r, f"ask:{c.id}") for r in BOOK.rules for c in r.checks]


def check(reply: Reply, language: Language) -> None:
    assert 1 <= len(reply.lines) <= 5, reply.text
    assert sum(line.kind is LineKind.LEAD for line in reply.lines) <= 1, "one next step"
    assert all(line.text.strip() for line in reply.lines)
    labels = [b.label for b in reply.buttons]
    assert len(set(labels)) == len(labels) <= 25
    assert all(len(label) <= 75 for label in labels)
    assert language_of(reply.text) is language


@pytest.mark.parametrize("language", list(Language))
def test_every_step_of_every_rule_is_short_and_leads_to_a_person(language: Language) -> None:
    for rule, step in every_step():
        case = replace(case_of(rule, language, step), quote="")
        for others in ((), (OTHER.id,)):
            reply = write(Topic.STEP, "", replace(case, others=others), CONTEXT)
            check(reply, language)
            assert {Action.HUMAN, Action.FIXED} <= {b.action for b in reply.buttons}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("topic", list(Topic))
@pytest.mark.parametrize("rule", [SEED, None], ids=["rule", "no rule"])
def test_every_topic_can_be_said(topic: Topic, rule: Rule | None, language: Language) -> None:
    case = replace(case_of(rule, language, "fix:name-not-as-registered"), quote="")
    case = replace(case, candidates=(SEED.id, OTHER.id))
    for contact in (None, Bilingual("Call 1234", "内線 1234 へ")):
        context = Context(BOOK, ticket_for(case, BOOK), contact)
        reply = write(topic, SEED.id, case, context)
        check(reply, language)
        assert reply.buttons or topic in ENDS
        ways = {b.action for b in reply.buttons}
        assert ways & {Action.HUMAN, Action.FIXED} or topic in ENDS


@given(st.from_type(Case), st.sampled_from(Topic), st.text(max_size=5))
def test_whatever_is_stored_something_can_be_said(case: Case, topic: Topic, value: str) -> None:
    case = replace(case, rule_id=SEED.id, candidates=("gone",))
    reply = write(topic, value, case, Context(BOOK, ticket_for(case, BOOK)))
    assert reply.lines
    settle(case, Context(BOOK, ticket_for(case, BOOK)), "yes", "U2")


def test_the_first_answer_tells_what_was_recognised_and_what_it_really_means() -> None:
    case = case_of(SEED, step="fix:name-not-as-registered")
    first = write(Topic.STEP, "", case, CONTEXT).text
    assert SEED.misdirection is not None
    assert "認識した文：「メール サーバー」" in first
    assert SEED.misdirection.ja in first
    later = write(Topic.STEP, "", replace(case, failed=("x",)), CONTEXT).text
    assert SEED.misdirection.ja not in later


def test_another_error_in_the_same_paste_is_named_once_in_one_line() -> None:
    case = replace(case_of(SEED, step="fix:name-not-as-registered"), others=(OTHER.id,))
    first = write(Topic.STEP, "", case, CONTEXT)
    assert sum(OTHER.title.ja in line.text for line in first.lines) == 1
    assert OTHER.title.ja not in write(Topic.STEP, "", replace(case, failed=("x",)), CONTEXT).text


def test_without_a_triage_channel_the_person_is_told_whom_to_contact_and_what_to_say() -> None:
    case = replace(case_of(SEED), phase=Phase.ESCALATED)
    contact = Context(BOOK, ticket_for(case, BOOK), Bilingual("Call 1234", "内線 1234 へ"))
    said = write(Topic.ESCALATED, "", case, contact).text
    assert said.startswith("内線 1234 へ")
    assert SEED.escalate.default.bring[0].ja in said
    assert "引き継ぎました" not in said


def test_what_only_the_helpdesk_can_fix_is_offered_to_be_handed_over() -> None:
    theirs = replace(SEED, audience=Audience.HELPDESK)
    book = replace(BOOK, rules=(theirs,))
    reply = write(Topic.HELPDESK_ONLY, "", case_of(theirs), Context(book))
    check(reply, Language.JA)
    assert reply.buttons[0].action is Action.HUMAN
    assert "担当者の側で対応が必要" in reply.text


def test_a_code_of_several_products_is_asked_about_by_app_else_by_title() -> None:
    case = replace(case_of(None), candidates=(SEED.id, OTHER.id))
    by_app = write(Topic.CHOOSE, "", case, CONTEXT)
    assert by_app.buttons[0].label == BOOK.products[SEED.product].title.ja
    assert [b.value for b in by_app.buttons[:2]] == [SEED.id, OTHER.id]
    twin = replace(OTHER, product=SEED.product)
    by_title = write(Topic.CHOOSE, "", case, Context(replace(BOOK, rules=(SEED, twin))))
    assert by_title.buttons[0].label == SEED.title.ja[:75]


def test_a_settled_message_keeps_its_words_loses_its_buttons_and_tells_the_answer() -> None:
    case = case_of(SEED, step="fix:name-not-as-registered")
    settled = settle(case, CONTEXT, "直りました")
    assert settled.lines[:-1] == write(Topic.STEP, "", case, CONTEXT).lines
    assert settled.lines[-1].text == "回答：直りました"
    assert not settled.buttons
    by_staff = settle(case, CONTEXT, "直りました", "U9")
    assert by_staff.lines[-1].who == "U9"
    unanswered = settle(case, CONTEXT, "")
    assert unanswered.lines == settled.lines[:-1]


WEB_MAIL = SEED.check("web-mail")


@pytest.mark.parametrize(
    ("action", "value", "said"),
    [
        (Action.ANSWER, "opens", "メールが開く"),
        (Action.ANSWER, NOT_SURE, "わからない"),
        (Action.ANSWER, "an answer that is gone", "an answer that is gone"),
        (Action.FIXED, "", "直りました"),
        (Action.FAILED, "", "直りません"),
        (Action.HUMAN, "", "担当者に相談"),
        (Action.NOT_AN_ERROR, "", "エラーではない"),
        (Action.CHOOSE, OTHER.id, OTHER.title.ja),
        (Action.OPEN_OTHER, "gone", "gone"),
    ],
)
def test_a_press_is_told_in_the_words_of_its_button(action: Action, value: str, said: str) -> None:
    case = case_of(SEED, step="ask:web-mail")
    assert label_of(action, value, case, SEED, BOOK) == said


def test_an_answer_to_a_question_rewritten_since_is_shown_as_it_was_given() -> None:
    yes_no = SEED.check("another-line")
    assert answer_label(yes_no, "yes", Language.EN) == "Yes"
    assert answer_label(yes_no, "at home", Language.EN) == "at home"
    assert answer_label(WEB_MAIL, "at home", Language.EN) == "at home"
    assert answer_label(None, "yes", Language.EN) == "yes"
