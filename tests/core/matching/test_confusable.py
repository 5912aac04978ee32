"""Phrases that the matcher cannot tell apart are named where they stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.matching.confusable import confusable
from bot.core.rulebook.assemble import assemble
from bot.core.rulebook.parse import parse_taxonomy, read_rule

if TYPE_CHECKING:
    from bot.core.rulebook.problems import Problem

SAMPLES = Path(__file__).parents[1] / "rulebook" / "samples" / "rules"
TAXONOMY = parse_taxonomy("taxonomy.yaml", (SAMPLES / "taxonomy.yaml").read_text("utf-8"))[0]


def problems(*signatures: str) -> list[Problem]:
    """What is wrong with draft rules, each with one of `signatures`."""
    readings = [
        read_rule(
            f"rules/vpn/vpn-{number}.yaml",
            f"id: vpn-{number}\nstatus: draft\nproduct: vpn\ntitle: {{en: A title, ja: 題名}}\n"
            f"signatures:\n  - {signature}\n",
            TAXONOMY,
        )
        for number, signature in enumerate(signatures)
    ]
    assert not [p for reading in readings for p in reading.problems]
    drafts = [reading.draft for reading in readings if reading.draft]
    return confusable(assemble(drafts, TAXONOMY)[0], readings)


def test_messages_of_their_own_are_left_alone() -> None:
    assert not problems(
        "phrase: マイクロホンの入力レベルを調整できませんでした",
        "phrase: カメラの焦点距離を測定できませんでした",
        "phrase: The remote gateway refused the pre-shared key",
    )


@pytest.mark.parametrize("phrase", ["できませんでした。", "エラーが発生しました", "Could not open"])
def test_what_hundreds_of_messages_say_may_not_act_alone(phrase: str) -> None:
    (problem,) = problems(f"phrase: {phrase}")
    assert (problem.code, problem.line) == ("generic-phrase", 6)
    assert not problems(f"phrase: {phrase}\n    weak: yes", "code: XQ-4711")


def test_a_message_that_is_taken_for_anothers_is_named_with_the_other() -> None:
    found = problems(
        "phrase: The remote gateway {server} refused the key",
        "phrase: The remote gateway {any} refused the key",
    )
    assert {p.code for p in found} == {"confusable-phrase"}
    assert any("vpn-0" in p.message for p in found)


def test_telling_words_are_words_of_the_phrase() -> None:
    (problem,) = problems("phrase: 受信トレイの同期を完了できませんでした\n    telling: [送信]")
    assert (problem.code, problem.line) == ("telling-missing", 6)
