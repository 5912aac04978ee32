"""What people ordinarily write at work: the desk, overhearing it, says nothing."""

from __future__ import annotations

from pathlib import Path

import chatterbot_corpus
import pytest
import yaml

from bot.bootstrap.desk import desk_for_terminal
from bot.helpdesk.incoming import Place, Report
from bot.helpdesk.overheard import chatter

FILES = sorted((Path(__file__).parent / "chatter").glob("*.txt"))
LANGUAGES = ("english", "japanese")
DESK = desk_for_terminal((), None, {})
PLACE = Place("T", "C", "1.0")


def said(text: str) -> list[str]:
    """The rule that speaks up, if one does."""
    done = DESK.step({}, Report(PLACE, "U", "1.0", text), 0.0)
    return [done.note.rule_id] if done.note else []


def test_there_is_chatter_in_both_languages() -> None:
    assert {path.stem for path in FILES} >= {"en", "ja"}
    assert all(len(list(chatter(path.read_text("utf-8")))) >= 200 for path in FILES)


def corpus(lang: str) -> list[str]:
    """What people say in a public dialogue corpus, each line once."""
    [package] = chatterbot_corpus.__path__
    folder = Path(package) / "data" / lang
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yml"))]
    turns = (str(turn) for file in files for talk in file["conversations"] for turn in talk)
    return [*dict.fromkeys(turn.strip() for turn in turns)]


def test_there_is_a_lot_of_chatter() -> None:
    ours = sum(len(list(chatter(path.read_text("utf-8")))) for path in FILES)
    assert ours + sum(len(corpus(lang)) for lang in LANGUAGES) >= 3_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_said_to_a_corpus_of_dialogues(lang: str) -> None:
    offenders = [(text, rules) for text in corpus(lang) if (rules := said(text))]
    assert not offenders


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_said_to_ordinary_chatter(path: Path) -> None:
    offenders = [
        f"{path.name}:{number} {', '.join(rules)}: {text}"
        for number, text in chatter(path.read_text("utf-8"))
        if (rules := said(text))
    ]
    assert not offenders, "\n" + "\n".join(offenders)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, marks=pytest.mark.xfail(strict=True, reason="a known fault"))
        for _, text in chatter((Path(__file__).parent / "still_answered.txt").read_text("utf-8"))
    ],
)
def test_what_is_still_answered_is_known(text: str) -> None:
    assert said(text) == []
