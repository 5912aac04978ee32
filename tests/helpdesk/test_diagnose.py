"""A person pastes an error; what is said, in which language, and what is never kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.model import Phase
from bot.core.text.language import Language
from bot.core.wording.reply import Action
from bot.helpdesk.ports import CaseNote
from tests.helpdesk.office import (
    ASKER,
    CHANNEL,
    CODE,
    COLLEAGUE,
    DM,
    MAIL_EN,
    MAIL_JA,
    THEIRS,
    VPN_EN,
    VPN_JA,
    Lane,
    desk,
)

JA, EN = Language.JA, Language.EN
NEAR = "mail service refused to add account"
"""Like an error we know, but not surely it."""


def heard(text: str, lane: Lane | None = None, **more: Any) -> Lane:
    lane = lane or Lane()
    lane.say(text, **more)
    return lane


def asked(text: str, **more: Any) -> Lane:
    return heard(text, Lane(place=DM), direct=True, **more)


# --- What is answered ---------------------------------------------------------------------------


def test_an_overheard_error_gets_its_first_check_in_the_thread() -> None:
    lane = heard(MAIL_EN)
    (post,) = lane.posts
    assert (post.place, post.turn, post.tracked) == (CHANNEL, 1, True)
    assert "most often the name differs" in post.reply.text
    assert "Enter the registered full name." in post.reply.text
    assert lane.case.step == "fix:name"


@pytest.mark.parametrize("text", [NEAR, "good morning", "VPN のご利用は 18 時までです", CODE])
def test_what_is_not_surely_an_error_is_met_with_silence(text: str) -> None:
    lane = heard(text)
    assert not lane.tasks
    assert not lane.state
    assert lane.why


def test_a_near_match_said_to_us_is_asked_about() -> None:
    lane = asked(NEAR)
    assert lane.phase() is Phase.CHOOSING
    assert [b.value for b in lane.reply.buttons if b.action is Action.CHOOSE] == ["mail-refused"]
    assert Action.HUMAN in lane.buttons()


def test_an_unknown_error_said_to_us_leads_to_the_helpdesk() -> None:
    lane = asked("the blue thing says QX-17 and stops")
    assert lane.phase() is Phase.PEOPLE
    assert lane.case.quote == "the blue thing says QX-17 and stops"
    assert "I don't have advice for this one yet." in lane.reply.text
    assert lane.reply.buttons[0].action is Action.HUMAN


def test_a_code_of_several_apps_is_asked_about_when_said_to_us() -> None:
    lane = asked(f"error {CODE}")
    assert lane.case.candidates == ("update-failed", "vpn-gave-up")
    assert {b.label for b in lane.reply.buttons} >= {"VPN", "Windows"}
    lane.say("VPN です", direct=True)
    assert lane.case.rule_id == "vpn-gave-up"
    assert "VPN を起動し直して" in lane.reply.text


def test_the_words_around_a_code_may_tell_its_app() -> None:
    assert heard(f"windows update が {CODE} で止まります").case.rule_id == "update-failed"


def test_what_only_the_helpdesk_can_fix_is_handed_over_at_once_if_wanted() -> None:
    lane = heard(THEIRS)
    assert lane.phase() is Phase.PEOPLE
    assert "please use the web version." in lane.reply.text
    lane.press(Action.HUMAN)
    assert lane.tickets[0].ticket.rule == "server-room"


@pytest.mark.parametrize("text", [f"{MAIL_EN}\n{VPN_EN}", f"{MAIL_EN} (and {VPN_EN})"])
def test_of_two_errors_one_is_answered_and_the_other_named_in_one_line(text: str) -> None:
    lane = heard(text)
    assert (lane.case.rule_id, lane.case.others) == ("mail-refused", ("vpn-gave-up",))
    assert [line.text for line in lane.reply.lines if "VPN gave up" in line.text] == [
        'Also in your message: "VPN gave up".'
    ]


def test_nobody_is_asked_what_the_paste_already_says() -> None:
    lane = heard(f"{MAIL_EN} The web version opens, though.")
    assert lane.case.answers == {"web": "yes"}
    assert lane.case.questions == 0
    lane.press(Action.FAILED)
    assert lane.case.step == "ask:since"


# --- Which language -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param(f"アカウント追加でこれが出ます。{MAIL_EN}", JA, id="their own Japanese"),
        pytest.param(f"Adding my account gives me {MAIL_JA}", EN, id="their own English"),
        pytest.param(MAIL_JA, JA, id="only the Japanese error"),
        pytest.param(MAIL_EN, EN, id="only the English error"),
        pytest.param(f"Outlook: {MAIL_JA}", JA, id="a product's name is no sentence"),
        pytest.param(f"{MAIL_EN}\n{VPN_JA}", EN, id="two errors: of the one answered"),
        pytest.param(f"{MAIL_JA}\n{VPN_EN}", JA, id="two errors the other way round"),
        pytest.param(f"I get both of these today:\n{MAIL_JA}\n{VPN_EN}", EN, id="both, in English"),
        pytest.param(f"vpn が {CODE} で切れます", JA, id="a code in Japanese"),
        pytest.param(f"my vpn stops with {CODE}", EN, id="a code in English"),
    ],
)
@pytest.mark.parametrize("locale", ["", "ja-JP", "en-GB"])
def test_the_answer_is_in_the_language_of_the_person_else_of_the_error(
    text: str, language: Language, locale: str
) -> None:
    for default in Language:
        lane = heard(text, Lane(desk(language=default)), locale=locale)
        assert lane.case.language is language


@pytest.mark.parametrize(
    ("locale", "default", "language"),
    [("en-US", JA, EN), ("ja-JP", EN, JA), ("", EN, EN), ("", JA, JA), ("fr-FR", JA, EN)],
)
@pytest.mark.parametrize("text", [CODE, f"vpn {CODE}", "QX-17"])
def test_where_words_do_not_tell_their_slack_does_and_then_the_admin(
    text: str, locale: str, default: Language, language: Language
) -> None:
    lane = Lane(desk(language=default), DM)
    lane.say(text, direct=True, locale=locale)
    assert lane.case.language is language


def test_one_language_may_be_asked_for() -> None:
    assert heard(MAIL_EN, Lane(desk(only_language=JA))).case.language is JA


# --- Once is enough -----------------------------------------------------------------------------


def note(lane: Lane, minutes_ago: float, rule: str, phase: str) -> CaseNote:
    return CaseNote(
        lane="T1:C1:0.5",
        team="T1",
        channel="C1",
        asker=ASKER,
        rule_id=rule,
        phase=phase,
        opened_at=0.0,
        updated_at=lane.now + 60.0 - 60.0 * minutes_ago,
    )


@pytest.mark.parametrize(
    ("minutes", "rule", "phase", "answered"),
    [
        pytest.param(5, "mail-refused", "offered", False, id="being looked at"),
        pytest.param(5, "mail-refused", "escalated", False, id="with the helpdesk"),
        pytest.param(31, "mail-refused", "offered", True, id="too long ago"),
        pytest.param(5, "vpn-gave-up", "offered", True, id="another error"),
        pytest.param(5, "mail-refused", "solved", True, id="solved, and here again"),
        pytest.param(5, "mail-refused", "claimed", True, id="a ticket in the triage channel"),
    ],
)
def test_the_same_error_by_the_same_person_is_answered_once_in_half_an_hour(
    minutes: float, rule: str, phase: str, *, answered: bool
) -> None:
    lane = Lane()
    lane.say(MAIL_EN, recent=note(lane, minutes, rule, phase))
    assert bool(lane.posts) is answered
    assert bool(lane.why) is not answered


def test_in_a_direct_message_the_same_error_again_is_answered_again() -> None:
    lane = Lane(place=DM)
    recent = replace(note(lane, 1, "mail-refused", "offered"), lane="T1:D1:0.5", channel="D1")
    lane.say(MAIL_EN, direct=True, recent=recent)
    assert lane.posts


# --- Nothing to read ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n ", "　"])
def test_a_message_without_words_is_passed_over_unless_it_was_for_us(text: str) -> None:
    assert not heard(text, has_files=True).tasks
    bare = asked(text)
    assert "エラーの文をそのまま" in bare.reply.text
    assert not bare.posts[0].tracked
    assert not bare.state, "no case was opened"
    assert "picture" in asked(text, has_files=True, locale="en-US").reply.text


# --- What is kept -------------------------------------------------------------------------------

SECRETS = {
    "password: Tr0ub4dor&3": "Tr0ub4dor&3",
    "パスワードは Hanako!2026 です": "Hanako!2026",
    "Bearer abcdefgh12345678": "abcdefgh12345678",
    "mail to hanako.yamada@example.co.jp": "hanako.yamada@example.co.jp",
    "https://x.example/cb?code=s3cr3tc0de": "s3cr3tc0de",
    "090-1234-5678": "090-1234-5678",
}


@pytest.mark.parametrize(("said", "secret"), SECRETS.items())
@pytest.mark.parametrize("error", [MAIL_EN, NEAR, "something else broke"])
def test_no_secret_in_a_paste_is_kept_or_passed_on(said: str, secret: str, error: str) -> None:
    lane = asked(f"{said} {error} {said}")
    first = [lane.state, *(t.body for t in lane.tasks)]
    lane.press(Action.HUMAN)
    assert lane.tickets
    kept = json.dumps([*first, lane.state, *(t.body for t in lane.tasks)], ensure_ascii=False)
    assert secret not in kept


@pytest.mark.parametrize(("said", "secret"), SECRETS.items())
def test_nor_is_one_in_a_typed_answer(said: str, secret: str) -> None:
    lane = heard(f"{MAIL_EN} The web version opens, though.")
    lane.press(Action.FAILED)
    assert lane.case.step == "ask:since"
    lane.say(said)
    kept = json.dumps([lane.state, *(t.body for t in lane.tasks)], ensure_ascii=False)
    assert lane.case.answers["since"]
    assert secret not in kept


# --- The same again -----------------------------------------------------------------------------


def test_done_again_after_a_crash_it_is_the_same_to_the_letter() -> None:
    first, again = heard(MAIL_EN), heard(MAIL_EN)
    assert [t.id for t in first.tasks] == [t.id for t in again.tasks]
    assert (first.state, first.tasks) == (again.state, again.tasks)


def test_cases_have_numbers_of_their_own() -> None:
    lane, other = Lane(), Lane(place=DM)
    lane.say(MAIL_EN)
    other.say(MAIL_EN, who=COLLEAGUE, direct=True)
    assert lane.case.id != other.case.id
    assert lane.case.id.startswith("FC-")


@given(st.text(max_size=200))
def test_any_text_is_survived_and_what_is_said_to_us_is_answered(text: str) -> None:
    assert asked(text).posts
    lane = heard(text)
    json.dumps([lane.state, *(t.body for t in lane.tasks)])
