"""What people ordinarily write at work: the desk, overhearing it, says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap.desk import desk_for_terminal
from bot.helpdesk.incoming import Place, Report

FILES = sorted((Path(__file__).parent / "chatter").glob("*.txt"))
DESK = desk_for_terminal((), None, {})
PLACE = Place("T", "C", "1.0")


def chatter(path: Path) -> list[tuple[int, str]]:
    """One message a line, with the number of its line; `#` begins a remark of ours."""
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    return [(n, line) for n, line in lines if line.strip() and not line.startswith("#")]


def said(text: str) -> list[str]:
    """The rule that speaks up, if one does."""
    done = DESK.step({}, Report(PLACE, "U", "1.0", text), 0.0)
    return [done.note.rule_id] if done.note else []


def test_there_is_chatter_in_both_languages() -> None:
    assert {path.stem for path in FILES} >= {"en", "ja"}
    assert all(len(chatter(path)) >= 200 for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_said_to_ordinary_chatter(path: Path) -> None:
    offenders = [
        f"{path.name}:{number} {', '.join(rules)}: {text}"
        for number, text in chatter(path)
        if (rules := said(text))
    ]
    assert not offenders, "\n" + "\n".join(offenders)
