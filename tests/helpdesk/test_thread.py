"""From a thread: the error, who else has it, and the words of the solution."""

from __future__ import annotations

from bot.helpdesk.thread import read_thread

ERROR = "EXP-4012: The approval route could not be determined."


def test_the_error_its_echoes_and_the_solution_are_told_apart() -> None:
    thread = read_thread(
        [
            "hi, do you have a minute?",
            f"I get {ERROR}",
            "same here",
            f"me too: {ERROR}",
            "did you choose a cost centre?",
            f"choosing one fixed it, no more {ERROR}",
        ]
    )
    assert thread.reports == (f"I get {ERROR}", f"me too: {ERROR}")
    assert thread.notes == (
        "same here",
        "did you choose a cost centre?",
        f"choosing one fixed it, no more {ERROR}",
    )


def test_of_a_long_thread_what_solved_it_is_kept() -> None:
    talk = [f"and what about number {n}?" for n in range(40)]
    thread = read_thread(
        [ERROR, *talk[:20], "プロフィールで原価センターを選ぶ", "直りました", *talk[20:]]
    )
    assert "プロフィールで原価センターを選ぶ" in thread.notes
    assert "直りました" in thread.notes
    assert len(thread.notes) <= 8


def test_without_any_error_the_first_message_is_the_report() -> None:
    assert read_thread(["it is broken", "what is?"]).reports == ("it is broken",)
