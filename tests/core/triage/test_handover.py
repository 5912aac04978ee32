"""The ticket holds everything that is known, so that nobody has to ask again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.model import Case
from bot.core.diagnosis.model import NOT_SURE
from bot.core.rulebook.model import Bilingual, Rule, Rulebook
from bot.core.rulebook.parse import parse_rule, parse_taxonomy
from bot.core.text.language import Language
from bot.core.triage.handover import escalation_class, ticket_for
from bot.core.triage.model import Finding, TicketStatus

TAXONOMY, _ = parse_taxonomy(
    "taxonomy.yaml",
    """
products:
  vpn: {title: {en: VPN, ja: VPN}, words: [vpn]}
teams:
  network: {title: {en: Network team, ja: ネットワーク担当}}
  accounts: {title: {en: Accounts team, ja: アカウント担当}}
""",
)
SOURCE = """
id: vpn-gives-up
status: draft
product: vpn
title: {en: VPN gives up, ja: VPN がつながらない}
signatures:
  - phrase: The VPN server gave up on this connection
causes:
  - id: restart
    title: {en: a hung client, ja: クライアントの不調}
    likelihood: common
    fix: {en: Restart the VPN client., ja: VPN を起動し直してみてください。}
  - id: sign-out
    title: {en: an old session, ja: 古い接続}
    fix: {en: Sign out and in again., ja: サインインし直してみてください。}
  - id: line
    title: {en: the line, ja: 回線}
    likelihood: occasional
  - id: licence
    title: {en: no licence, ja: ライセンス不足}
    likelihood: occasional
    escalate: licences
checks:
  - id: web
    title: {en: the web portal, ja: Web 版}
    ask: {en: Does the web portal open?, ja: Web 版は開けますか？}
    answer: yes_no
    "yes": {rules_out: [line]}
    "no": {points_to: [line], rules_out: [licence]}
  - id: place
    title: {en: the place, ja: 場所}
    ask: {en: Where are you?, ja: どちらでお使いですか？}
    answer: choice
    choices:
      - id: home
        label: {en: At home, ja: 自宅}
        points_to: [line]
      - id: office
        label: {en: In the office, ja: 社内}
        points_to: [licence]
  - id: since
    title: {en: since when, ja: いつから}
    ask: {en: Since when?, ja: いつからですか？}
    answer: text
escalate:
  to: network
  bring:
    - {en: the name of the network, ja: ネットワーク名}
  classes:
    licences:
      title: {en: licence, ja: ライセンス}
      to: accounts
      bring:
        - {en: the plan, ja: プラン}
"""


def _rule() -> Rule:
    rule, problems = parse_rule("rules/vpn/vpn-gives-up.yaml", SOURCE, TAXONOMY)
    assert rule, problems
    return rule


RULE = _rule()
BOOK = Rulebook((RULE,), TAXONOMY.products, TAXONOMY.teams, "abc123")
CASE = Case(
    id="FC-1A2B3C",
    asker="U1",
    language=Language.EN,
    opened_at=0.0,
    rule_id="vpn-gives-up",
    quote="The VPN server gave up",
    ticket="FC-1A2B3C",
)


def both(en: str, ja: str) -> Bilingual:
    return Bilingual(en=en, ja=ja)


def test_everything_answered_tried_ruled_out_and_left_comes_along() -> None:
    case = replace(
        CASE,
        answers={"web": "yes", "place": "office", "since": "this morning"},
        failed=("restart",),
    )
    ticket = ticket_for(case, BOOK, "https://slack.example/p1")
    assert (ticket.id, ticket.asker, ticket.language) == ("FC-1A2B3C", "U1", Language.EN)
    assert (ticket.rule, ticket.rules_version) == ("vpn-gives-up", "abc123")
    assert ticket.title == RULE.title
    assert ticket.quote == "The VPN server gave up"
    assert ticket.url == "https://slack.example/p1"
    assert ticket.answers == (
        Finding(both("the web portal", "Web 版"), both("yes", "はい")),
        Finding(both("the place", "場所"), both("In the office", "社内")),
        Finding(both("since when", "いつから"), both("this morning", "this morning")),
    )
    assert ticket.tried == (
        Finding(both("a hung client", "クライアントの不調"), both("didn't help", "直らなかった")),
    )
    assert ticket.ruled_out == (both("the line", "回線"),)
    assert [t.en for t in ticket.likely] == ["no licence", "an old session"]
    assert ticket.status is TicketStatus.OPEN


def test_it_goes_to_the_team_of_the_likeliest_cause_with_what_that_team_needs() -> None:
    licence = replace(CASE, answers={"place": "office"})
    assert escalation_class(licence, RULE) == "licences"
    assert ticket_for(licence, BOOK).team == both("Accounts team", "アカウント担当")
    assert ticket_for(licence, BOOK).bring == (both("the plan", "プラン"),)


def test_while_that_is_open_it_goes_where_the_rule_says() -> None:
    assert escalation_class(CASE, RULE) == ""
    assert ticket_for(CASE, BOOK).team == both("Network team", "ネットワーク担当")
    assert ticket_for(CASE, BOOK).bring == (both("the name of the network", "ネットワーク名"),)


def test_nothing_tried_is_called_likely_and_three_causes_are_enough() -> None:
    assert [t.en for t in ticket_for(CASE, BOOK).likely] == [
        "a hung client",
        "an old session",
        "the line",
    ]
    tried = replace(CASE, failed=("restart", "sign-out"))
    assert [t.en for t in ticket_for(tried, BOOK).likely] == ["the line", "no licence"]


@pytest.mark.parametrize("rule_id", ["", "a-rule-that-was-deleted"])
def test_without_a_rule_it_is_a_ticket_all_the_same(rule_id: str) -> None:
    ticket = ticket_for(replace(CASE, rule_id=rule_id), BOOK, "https://slack.example/p1")
    assert (ticket.id, ticket.asker, ticket.rule) == ("FC-1A2B3C", "U1", "")
    assert ticket.quote == CASE.quote
    assert ticket.url
    assert ticket.title.en
    assert ticket.team.ja == "ヘルプデスク"


def test_a_rule_renamed_since_is_found_by_its_old_id() -> None:
    renamed = Rulebook((replace(RULE, id="new", replaces=("vpn-gives-up",)),), teams=BOOK.teams)
    assert ticket_for(CASE, renamed).rule == "new"


def test_a_rule_rewritten_since_still_gives_a_ticket() -> None:
    case = replace(CASE, answers={"web": "at home", "gone": "yes"}, failed=("gone",))
    ticket = ticket_for(case, BOOK)
    assert ticket.answers == (
        Finding(both("the web portal", "Web 版"), both("at home", "at home")),
    )
    assert ticket.tried == ()


ANSWERS = {"web": ["yes", "no"], "place": ["home", "office"], "since": ["Monday"]}


@given(
    st.fixed_dictionaries(
        {}, optional={k: st.sampled_from([*v, NOT_SURE]) for k, v in ANSWERS.items()}
    ),
    st.sets(st.sampled_from(["restart", "sign-out"])),
)
def test_no_fact_is_lost_on_the_way(answers: dict[str, str], failed: set[str]) -> None:
    ticket = ticket_for(replace(CASE, answers=answers, failed=tuple(failed)), BOOK)
    assert len(ticket.answers) == len(answers)
    assert len(ticket.tried) == len(failed)
    assert all(f.result.en and f.result.ja for f in (*ticket.answers, *ticket.tried))
    assert not set(ticket.likely) & set(ticket.ruled_out)
    assert not set(ticket.likely) & {f.about for f in ticket.tried}
    assert ticket.bring
