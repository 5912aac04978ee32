"""What the helpdesk reads in the triage channel."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rulebook.model import Bilingual
from bot.core.text.language import Language, language_of
from bot.core.triage.model import Finding, Ticket, TicketStatus
from bot.core.wording.card import card
from bot.core.wording.reply import Action, LineKind

YES = Bilingual("yes", "はい")
TICKET = Ticket(
    id="FC-1A2B3C",
    asker="U1",
    language=Language.JA,
    rule="vpn-gives-up",
    rules_version="abc123",
    title=Bilingual("VPN gives up", "VPN がつながらない"),
    quote="接続できません",
    team=Bilingual("Network team", "ネットワーク担当"),
    answers=(
        Finding(Bilingual("web portal opens", "Web 版が開く"), YES),
        Finding(Bilingual("place", "場所"), Bilingual("At home", "自宅")),
    ),
    tried=(Finding(Bilingual("a hung client", "不調"), Bilingual("didn't help", "直らなかった")),),
    ruled_out=(Bilingual("the line", "回線"),),
    likely=(Bilingual("no licence", "ライセンス不足"), Bilingual("the profile", "設定")),
    bring=(Bilingual("the plan", "プラン"),),
    url="https://example.slack.com/archives/C1/p1",
)


def test_all_that_is_known_in_english() -> None:
    reply = card(TICKET, Language.EN)
    assert [line.text.strip() for line in reply.lines] == [
        "FC-1A2B3C  VPN gives up",
        "asked (for Network team)",
        'Recognised: "接続できません"',
        "Answers: web portal opens → yes; place → At home",
        "Tried: a hung client → didn't help",
        "Ruled out: the line",
        "Still possible: no licence; the profile",
        "To ask for: the plan",
        "Open the thread",
        "Rule vpn-gives-up (rules version abc123)",
        "Unclaimed",
    ]
    assert reply.lines[0].kind is LineKind.LEAD
    assert reply.lines[1].who == "U1"
    assert [line.url for line in reply.lines if line.url] == [TICKET.url]


def test_all_that_is_known_in_japanese() -> None:
    assert [line.text.strip() for line in card(TICKET, Language.JA).lines] == [
        "FC-1A2B3C　VPN がつながらない",
        "さんからの相談（宛先：ネットワーク担当）",
        "認識した文：「接続できません」",
        "回答：Web 版が開く → はい、場所 → 自宅",
        "試したこと：不調 → 直らなかった",
        "除外できた原因：回線",
        "残る原因：ライセンス不足、設定",
        "確認してほしいこと：プラン",
        "スレッドを開く",
        "ルール vpn-gives-up（版 abc123）",
        "未対応",
    ]


def test_what_is_not_known_takes_no_room() -> None:
    bare = replace(TICKET, rule="", quote="", answers=(), tried=(), ruled_out=(), likely=())
    bare = replace(bare, bring=(), url="")
    assert len(card(bare, Language.EN).lines) == 3


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("status", "buttons"),
    [
        (TicketStatus.OPEN, [Action.CLAIM, Action.RESOLVE]),
        (TicketStatus.CLAIMED, [Action.RESOLVE]),
        (TicketStatus.RESOLVED, []),
        (TicketStatus.SOLVED_BY_ASKER, []),
    ],
)
def test_the_buttons_are_those_that_make_sense(
    status: TicketStatus, buttons: list[Action], language: Language
) -> None:
    reply = card(replace(TICKET, status=status, by="U9"), language)
    assert [b.action for b in reply.buttons] == buttons
    assert {b.value for b in reply.buttons} <= {"FC-1A2B3C"}
    assert all(language_of(b.label) is language for b in reply.buttons)


@pytest.mark.parametrize(
    ("status", "who", "words"),
    [
        (TicketStatus.CLAIMED, "U9", "is on it"),
        (TicketStatus.RESOLVED, "U9", "resolved it"),
        (TicketStatus.SOLVED_BY_ASKER, "", 'The asker pressed "It works now"'),
    ],
)
def test_the_last_line_says_how_it_stands(status: TicketStatus, who: str, words: str) -> None:
    last = card(replace(TICKET, status=status, by="U9"), Language.EN).lines[-1]
    assert (last.who, last.text.strip(), last.kind) == (who, words, LineKind.SMALL)


@given(st.from_type(Ticket), st.sampled_from(Language))
def test_any_ticket_has_a_card(ticket: Ticket, language: Language) -> None:
    reply = card(ticket, language)
    assert reply.lines[1].who == ticket.asker
    assert len(reply.lines) <= 11
    assert all(line.text for line in reply.lines)
