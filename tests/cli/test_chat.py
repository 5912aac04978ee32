"""`firstcheck chat`: a whole conversation, typed or piped."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]
    Started = Callable[..., subprocess.CompletedProcess[bytes]]

EN = "An encrypted connection to your mail server is not available."


def test_buttons_are_pressed_by_number_and_answers_typed(run: Run) -> None:
    result = run("chat", input=f"{EN}\n2\nsign-in is refused\nfixed!\n")
    assert result.exit_code == 0
    for words in ("[1] It works now", "[2] Didn't help", "outlook.office.com", "solved"):
        assert words in result.stdout


def test_at_a_terminal_people_are_told_whom_to_contact(run: Run) -> None:
    result = run("chat", input=f"{EN}\nhuman\n")
    assert "Contact: your company's helpdesk" in result.stdout
    assert "Handed over" not in result.stdout


def test_an_empty_line_ends_it(run: Run) -> None:
    result = run("chat", input=f"\n{EN}\n")
    assert result.exit_code == 0
    assert "Add the account again" not in result.stdout


def test_a_number_that_is_no_button_is_an_answer_like_any_other(run: Run) -> None:
    result = run("chat", input=f"{EN}\n99\n")
    assert result.exit_code == 0
    assert "please use the buttons" in result.stdout


def test_after_one_case_another_error_starts_anew(run: Run) -> None:
    result = run("chat", input=f"{EN}\nfixed\nAADSTS50020\n")
    assert "solved" in result.stdout
    assert "AADSTS50020" in result.stdout


def test_a_piped_dialogue_ends_with_the_pipe(started: Started) -> None:
    done = started("chat", "--lang", "ja", input=f"{EN}\nまだだめです\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "どうなりますか" in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="terminals are opened otherwise there")
def test_a_paste_of_several_lines_at_a_terminal_is_one_report() -> None:
    here, there = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        stdin=there,
        stdout=there,
        stderr=there,
        env=clean(os.environ),
    ) as process:
        os.close(there)
        shown = read_until(here, "> ")
        os.write(here, f"Outlook says:\n{EN}\nClick Next to go on.\n".encode())
        shown += read_until(here, "Not an error", "> ")
        os.write(here, b"\n")
        assert process.wait(20) == 0
    os.close(here)
    assert shown.count("Recognised") == 1
    assert "please use the buttons" not in shown


def read_until(terminal: int, *marks: str) -> str:
    """What the terminal shows, until all these words were seen or nothing comes any more."""
    shown = ""
    while not all(mark in shown for mark in marks):
        if not select.select([terminal], [], [], 20.0)[0]:
            break
        shown += os.read(terminal, 4096).decode("utf-8", "replace")
    return shown
