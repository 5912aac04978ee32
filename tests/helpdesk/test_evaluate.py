"""The figures we publish are counted as they say."""

from __future__ import annotations

import pytest

from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Rulebook
from bot.core.text.normalise import read
from bot.helpdesk.evaluate import Message, evaluate, judge, wilson, with_errors, with_quotes

TAPE = {"id": "tape", "en": ["The tape drive on {any} is jammed."], "ja": [], "codes": ["TAPE-7"]}
MOON = {"id": "moon", "en": [], "ja": ["月面基地との通信が途切れました。"]}


def evaluated(*entries: dict[str, object]) -> tuple[Rulebook, list[Message], Matcher]:
    book, messages = with_quotes(with_errors(Rulebook(()), [TAPE, MOON]), entries)
    return book, messages, Matcher(book)


def test_right_wrong_and_uncalled_for_answers_are_told_apart() -> None:
    tape = "The tape drive on srv1 is jammed."
    _, messages, matcher = evaluated(
        {"text": tape, "expected": ["tape"], "kind": "verbatim"},
        {"text": tape, "expected": ["moon"], "kind": "verbatim"},
        {"text": "今日は暑いですね", "expected": ["moon"], "kind": "verbatim"},
        {"text": tape, "kind": "chat"},
        {"text": "lunch?", "kind": "chat"},
    )
    result = evaluate([judge(m, matcher.match(read(m.text))) for m in messages])
    everything = result.errors[-1]
    assert (everything.kind, everything.right.of) == ("all", 3)
    assert (everything.right.count, everything.wrong.count) == (1, 1)
    assert result.silent[-1].wrong.value == 0.5
    assert 0 < result.calibration_error < 1


def test_of_two_errors_both_must_be_found() -> None:
    both = "The tape drive on srv1 is jammed.\n月面基地との通信が途切れました。"
    _, messages, matcher = evaluated(
        {"text": both, "expected": ["tape", "moon"]},
        {"text": "TAPE-7 とは何のエラーですか", "expected": ["tape", "moon"]},
    )
    judged = [judge(m, matcher.match(read(m.text))) for m in messages]
    assert [one.right for one in judged] == [True, False]


def test_what_a_message_quotes_is_known_and_only_open_ones_are_answered() -> None:
    quote = "The coffee subsystem reported an empty tank"
    book, messages, matcher = evaluated(
        {"text": f'How do I fix "{quote}"?', "quote": quote, "kind": "open"},
        {"text": f'"{quote}" is solved, thanks', "quote": quote, "kind": "solved"},
    )
    assert len(book.rules) == 3, "one rule for one error, however often it is quoted"
    judged = [judge(m, matcher.match(read(m.text))) for m in messages]
    assert judged[0].right
    assert not judged[1].answered
    assert judged[1].best_is_right, "it is recognised all the same"


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    share = wilson(count, of)
    assert share.low == pytest.approx(low, abs=1e-4)
    assert share.high == pytest.approx(high, abs=1e-4)
