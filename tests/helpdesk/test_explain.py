"""Why: everything the page and `--why` show, as plain JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.wording.reply import Action
from bot.helpdesk.explain import lane as explain_lane
from bot.helpdesk.explain import why
from tests.helpdesk.office import CODE, MAIL_EN, MAIL_JA, Lane, desk

DESK = desk()

WHY = {"original", "normalised", "language", "band", "silent", "matches", "diagnosis", "case"}
MATCH = {"rule", "title", "score", "band", "span", "quote", "signature", "needs_context", "reasons"}
CASE = {"rule", "phase", "turn", "step", "quote", "answers", "tried", "skipped", "ticket"}
CAUSE = {"id", "title", "probability", "arithmetic", "ruled_out_by"}
OPTION = {"step", "title", "cost", "why"}
ANSWER = {"check", "title", "value", "label", "from"}


def told(text: str, *, direct: bool = False) -> dict[str, Any]:
    """The explanation as the page receives it: through JSON."""
    explained: dict[str, Any] = json.loads(json.dumps(why(DESK, text, direct=direct)))
    return explained


def test_an_answer_is_explained_from_the_words_to_the_arithmetic() -> None:
    explained = told(f"Outlook: {MAIL_EN} The web version opens.")
    assert set(explained) >= WHY
    assert (explained["language"], explained["band"], explained["silent"]) == (
        "en",
        "confident",
        "",
    )
    match = explained["matches"][0]
    assert set(match) >= MATCH
    assert (match["rule"], match["band"]) == ("mail-refused", "confident")
    start, end = match["span"]
    assert explained["original"][start:end] == match["quote"] == MAIL_EN.rstrip(".")
    assert all(r["feature"] and r["words"] for r in match["reasons"])
    assert set(explained["case"]) >= CASE
    (answer,) = explained["case"]["answers"]
    assert set(answer) >= ANSWER
    assert (answer["check"], answer["label"], answer["from"]) == ("web", "Yes", "paste")


def test_the_causes_and_options_add_up() -> None:
    diagnosis = told(MAIL_JA)["diagnosis"]
    assert diagnosis["rule"] == "mail-refused"
    assert diagnosis["next"] == diagnosis["options"][0]["step"] == "fix:name"
    assert all(set(c) >= CAUSE for c in diagnosis["causes"])
    assert all(set(o) >= OPTION for o in diagnosis["options"])
    assert sum(c["probability"] for c in diagnosis["causes"]) <= 1.001
    assert diagnosis["why"].startswith("pinned first by the author")


@pytest.mark.parametrize(
    ("text", "why_silent"),
    [
        ("good morning", "no rule resembles it"),
        ("mail service refused to add account", "the best match, mail-refused, reaches 0."),
        ("", "there is no text in it"),
    ],
)
def test_silence_is_explained_too(text: str, why_silent: str) -> None:
    explained = told(text)
    assert explained["silent"].startswith(why_silent)
    assert explained["case"] is explained["diagnosis"] is None


def test_said_directly_it_explains_what_it_would_ask() -> None:
    explained = told(CODE, direct=True)
    assert explained["case"]["phase"] == "choosing"
    assert [m["needs_context"] for m in explained["matches"]] == [True, True]
    assert explained["silent"] == ""


def test_a_conversation_is_shown_as_it_stands() -> None:
    lane = Lane(DESK)
    assert explain_lane(DESK, {}) is None
    lane.say(MAIL_EN)
    lane.press(Action.FAILED)
    shown = json.loads(json.dumps(explain_lane(DESK, lane.state)))
    assert set(shown) >= CASE
    assert (shown["phase"], shown["tried"], shown["step"]) == ("offered", ["name"], "fix:password")
    assert "its fix did not help" in json.dumps(shown["diagnosis"]["causes"])


@given(st.text(max_size=120))
def test_any_text_is_explained(text: str) -> None:
    assert told(text)["original"] == text
