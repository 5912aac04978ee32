from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.model import Case, Event, Kind, Phase
from bot.core.conversation.typed import Said, event_for, said
from bot.core.text.language import Language


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("はい", Said.YES),
        ("はい！", Said.YES),
        ("いいえ", Said.NO),
        ("直りました", Said.FIXED),
        ("直りましたー！", Said.FIXED),
        ("治りました。", Said.FIXED),
        ("届きました", Said.FIXED),
        ("入れました！", Said.FIXED),
        ("見られました", Said.FIXED),
        ("映りました", Said.FIXED),
        ("印刷できました", Said.FIXED),
        ("ﾀﾞﾒでした", Said.FAILED),
        ("だめでした", Said.FAILED),
        ("まだだめです", Said.FAILED),
        ("わかりません", Said.NOT_SURE),
        ("担当者", Said.HUMAN),
        ("担当者につないでもらえますか", Said.HUMAN),
        ("ＹＥＳ", Said.YES),
        ("no", Said.NO),
        ("It works now!", Said.FIXED),
        ("fixed", Said.FIXED),
        ("still brokn", Said.FAILED),
        ("Still broken.", Said.FAILED),
        ("not sure", Said.NOT_SURE),
        ("human", Said.HUMAN),
        ("can I talk to a human please", Said.HUMAN),
        ("I'd like to talk to somebody", Said.HUMAN),
        ("誰かに直接聞きたいです", Said.HUMAN),
        ("エラーではない", Said.NOT_AN_ERROR),
    ],
)
def test_typed_answers_count_as_well_as_buttons(text: str, meant: Said) -> None:
    assert said(text) is meant


@pytest.mark.parametrize(
    "text",
    [
        "ありがとうございます、試してみます",
        "Outlookのバージョンは2019です",
        "I will try that after lunch and come back to you",
        "",
        "👍",
        "名前の欄ってどこですか",
    ],
)
def test_ordinary_remarks_are_not_taken_for_answers(text: str) -> None:
    assert said(text) is None


@given(st.text(max_size=400))
def test_any_text_is_read_without_trouble(text: str) -> None:
    said(text)


@pytest.mark.parametrize(
    ("phase", "candidates", "yes", "no"),
    [
        (Phase.OFFERED, (), Event(Kind.FIXED), Event(Kind.FAILED)),
        (Phase.CHOOSING, ("a",), Event(Kind.CHOSE, "a"), Event(Kind.OTHER_CHECKS)),
        (Phase.CHOOSING, ("a", "b"), None, Event(Kind.OTHER_CHECKS)),
        (Phase.PEOPLE, (), Event(Kind.WANTS_HUMAN), None),
        (Phase.SOLVED, (), None, None),
        (Phase.ESCALATED, (), None, None),
    ],
)
def test_yes_and_no_answer_what_was_asked_last(
    phase: Phase, candidates: tuple[str, ...], yes: Event | None, no: Event | None
) -> None:
    case = Case(
        id="FC-1", asker="U", language=Language.JA, opened_at=0, phase=phase, candidates=candidates
    )
    assert event_for("はい", case, None) == yes
    assert event_for("いいえ", case, None) == no
