"""What people ordinarily write at work: the desk, overhearing it, says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap.desk import desk_for_terminal
from bot.helpdesk.incoming import Place, Report
from bot.helpdesk.overheard import chatter

FILES = sorted((Path(__file__).parent / "chatter").glob("*.txt"))
DESK = desk_for_terminal((), None, {})
PLACE = Place("T", "C", "1.0")


def said(text: str) -> list[str]:
    """The rule that speaks up, if one does."""
    done = DESK.step({}, Report(PLACE, "U", "1.0", text), 0.0)
    return [done.note.rule_id] if done.note else []


def test_there_is_chatter_in_both_languages() -> None:
    assert {path.stem for path in FILES} >= {"en", "ja"}
    assert all(len(list(chatter(path.read_text("utf-8")))) >= 200 for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_said_to_ordinary_chatter(path: Path) -> None:
    offenders = [
        f"{path.name}:{number} {', '.join(rules)}: {text}"
        for number, text in chatter(path.read_text("utf-8"))
        if (rules := said(text))
    ]
    assert not offenders, "\n" + "\n".join(offenders)
