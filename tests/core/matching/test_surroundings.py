"""What people say around an error decides whether the desk may speak unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.core.matching.surroundings import Cue, cue

LINES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("surroundings.yaml").read_text("utf-8")
)
ERRORS = (
    "サーバーに接続できません。解決しない場合は、もう一度やり直してください。",
    "The disk is full. If you see this again, the problem was not resolved.",
    "0x80070035",
)


def heard(line: str, error: str = ERRORS[2]) -> Cue | None:
    text = line.replace("{e}", error)
    start = text.index(error)
    return cue(text, [(start, start + len(error))])


def right(kind: str, *, held_out: bool) -> float:
    """The share of the lines of `kind` on which the desk does as it should."""
    said = [heard(x, e) for x in LINES[kind][int(held_out) :: 2] for e in ERRORS]
    return sum((one is None) == (kind == "open") for one in said) / len(said)


@pytest.mark.parametrize("line", LINES["open"][::2])
@pytest.mark.parametrize("error", ERRORS)
def test_who_asks_or_reports_is_answered(line: str, error: str) -> None:
    assert heard(line, error) is None


@pytest.mark.parametrize("line", LINES["solved"][::2] + LINES["announced"][::2])
def test_who_tells_it_is_over_or_teaches_is_not(line: str) -> None:
    assert heard(line) is not None


@pytest.mark.parametrize(("kind", "least"), [("open", 0.97), ("solved", 0.85), ("announced", 0.9)])
def test_it_holds_on_lines_nobody_tuned_on(kind: str, least: float) -> None:
    assert right(kind, held_out=True) >= least


def test_the_words_that_told_are_given() -> None:
    assert heard("{e} - never mind, all my fault") == Cue("solved", "never mind")
    assert heard("【周知】「{e}」が出ています") == Cue("announced", "【周知")


def test_the_words_of_the_error_itself_say_nothing() -> None:
    error = "The issue was resolved. If you see this, please note it is fixed now."
    assert heard("{e}", error) is None
    assert heard("I get {e}", error) is None


def test_no_other_voice_counts() -> None:
    assert heard("{e}\n> it is fixed now") is None
    assert heard("画面に「解決しました」とありますが {e}") is None


def test_what_is_far_away_says_nothing() -> None:
    assert heard("解決しました。" + "あ" * 300 + "\n{e}") is None
