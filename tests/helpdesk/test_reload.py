"""What staff are told when the rules were read again."""

from __future__ import annotations

from dataclasses import replace

from bot.core.rulebook.model import Rule, Rulebook, Status
from bot.core.rulebook.problems import Problem
from bot.helpdesk.codec import from_json
from bot.helpdesk.incoming import Place, ReloadAsked
from bot.helpdesk.outward import OpenDm
from bot.helpdesk.reload import News, announcement, answer, told
from tests.helpdesk.office import BOOK

FIRST, SECOND, *REST = BOOK.rules
WRONG = tuple(
    Problem(f"rules/a/r{n:02}.yaml", 2, 9, "unknown-word", "“drafty” is none") for n in range(15)
)


def book(*rules: Rule, version: str = "other") -> Rulebook:
    return replace(BOOK, rules=rules, version=version)


def test_new_changed_and_gone_rules_are_named() -> None:
    before = book(FIRST, SECOND, version="1")
    after = book(replace(FIRST, status=Status.RETIRED), REST[0], version="2")
    text = told(News(before, after, after)).text
    for words in (f"追加：{REST[0].id}", f"Changed: {FIRST.id}", f"Gone: {SECOND.id}", "版 2"):
        assert words in text


def test_a_rule_that_only_moved_has_not_changed() -> None:
    after = book(replace(FIRST, path="elsewhere/x.yaml"), version="1")
    text = told(News(book(FIRST, version="1"), after, after)).text
    assert "The rules are the same as before" in text
    assert FIRST.id not in text


def test_what_is_wrong_is_quoted_and_not_without_end() -> None:
    text = told(News(BOOK, BOOK, book(FIRST), WRONG)).text
    assert "rules/a/r11.yaml:2:9 unknown-word" in text
    assert "r12" not in text
    assert "And 3 more" in text
    assert f"version {BOOK.version}" in text


def test_an_empty_folder_is_a_fault_too() -> None:
    assert "ルールが一つもありません" in told(News(BOOK, BOOK, book())).text


def test_the_same_fault_is_announced_under_the_same_id() -> None:
    first = announcement(News(BOOK, BOOK, book(FIRST), WRONG), "C1")
    again = announcement(News(BOOK, BOOK, book(FIRST), WRONG), "C1")
    other = announcement(News(BOOK, BOOK, book(FIRST), WRONG[:1]), "C1")
    assert first
    assert other
    assert first == again
    assert first.id != other.id


def test_nothing_is_announced_while_nothing_is_wrong() -> None:
    assert announcement(News(BOOK, BOOK, BOOK), "C1") is None
    mended = announcement(News(BOOK, BOOK, BOOK, mended="abc"), "C1")
    assert mended
    assert mended.id == "rules:mended:abc"


def test_who_asked_is_told_directly() -> None:
    asked = ReloadAsked(Place("T1", "reload", "1.2"), "U1")
    opening = from_json(answer(asked, News(BOOK, BOOK, BOOK)).body, OpenDm)
    assert opening.who == "U1"
    assert opening.reply
    assert "前回と同じ" in opening.reply.text
