"""What many pastes tell of rules that are missing."""

from __future__ import annotations

from bot.core.matching.matcher import Matcher
from bot.helpdesk.unknown import Unknown
from tests.core.matching.rules import ENCRYPTED_JA, ORDINARY


def test_unknown_errors_are_grouped_and_ranked_by_people() -> None:
    unknown = Unknown(Matcher(ORDINARY))
    for user, file in (("U1", "a.xlsx"), ("U2", "売上.xlsx"), ("U3", "b2.xlsx")):
        unknown.hear(user, f"「{file} の集計に失敗しました。もう一度お試しください」と出ます")
    for _ in range(5):
        unknown.hear("U9", 'I see "The flux capacitor could not be charged"')
    unknown.hear("U4", f"「{ENCRYPTED_JA}」と出ます")
    unknown.hear("U5", "お昼に行きませんか")
    first, second = unknown.groups()
    assert (len(first.people), first.messages) == (3, 3)
    assert "集計に失敗しました" in first.message
    assert "{file}" in first.message
    assert (len(second.people), second.messages) == (1, 5)
    assert unknown.groups(least=2) == [first]


def test_what_is_solved_or_only_talked_about_is_no_report() -> None:
    unknown = Unknown(Matcher(ORDINARY))
    unknown.hear("U1", '"The flux capacitor could not be charged" is fixed now, thanks')
    unknown.hear("U2", f"「{ENCRYPTED_JA}」の件、直りました")
    assert unknown.groups() == []


def test_a_code_is_shown_as_it_is() -> None:
    unknown = Unknown(Matcher(ORDINARY))
    unknown.hear("U1", "EXP-4012: The approval route could not be determined.")
    (group,) = unknown.groups()
    assert group.message == "EXP-4012: The approval route could not be determined."
