"""`firstcheck ask`: an error in, the first check out, and an exit status for scripts."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]
    Started = Callable[..., subprocess.CompletedProcess[bytes]]

JA = "メール サーバーに対して、暗号化された接続を使用できません。"
EN = "An encrypted connection to your mail server is not available."


@pytest.mark.parametrize(
    ("text", "meaning", "check"),
    [
        (JA, "設定画面への入力内容が原因", "→ 設定をやり直し"),
        (EN, "something entered in the set-up screen", "→ Add the account again."),
    ],
)
def test_it_says_what_the_error_means_and_what_to_check_first(
    run: Run, text: str, meaning: str, check: str
) -> None:
    result = run("ask", text)
    assert result.exit_code == 0
    assert meaning in result.stdout
    assert check in result.stdout
    assert not result.stderr


@pytest.mark.parametrize(("lang", "words"), [("ja", "認識した文"), ("en", "Recognised:")])
def test_the_language_can_be_chosen(run: Run, lang: str, words: str) -> None:
    for text in (JA, EN):
        assert words in run("ask", "--lang", lang, text).stdout


def test_an_error_no_rule_fits_is_status_one(run: Run) -> None:
    result = run("ask", "the blue thing says QX-17 and stops")
    assert result.exit_code == 1
    assert "I don't have advice for this one yet." in result.stdout


def test_candidates_to_choose_from_are_an_answer(run: Run) -> None:
    result = run("ask", "--json", "0x8004de40")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["case"]


def test_why_shows_the_words_the_score_and_the_arithmetic(run: Run) -> None:
    shown = run("ask", "--why", EN).stdout
    for words in ("Normalised", "outlook-encrypted-connection", "common 6", "fix:name-not-as"):
        assert words in shown
    assert "pinned first by the author" in shown


def test_why_shows_what_there_is_where_nothing_was_recognised(run: Run) -> None:
    result = run("ask", "--why", "good morning")
    assert result.exit_code == 1
    assert "nothing resembles it" in result.stdout


def test_json_is_one_object_with_the_answer_and_the_reasons(run: Run) -> None:
    told = json.loads(run("ask", "--json", JA).stdout)
    assert told["answer"].startswith("認識した文")
    assert "直りました" in told["buttons"]
    assert told["matches"][0]["rule"] == "outlook-encrypted-connection"
    assert told["diagnosis"]["next"] == "fix:name-not-as-registered"


@pytest.mark.parametrize("args", [["-"], []], ids=["dash", "nothing"])
def test_the_text_may_come_through_a_pipe(run: Run, args: list[str]) -> None:
    result = run("ask", *args, input=f"Outlook:\n{EN}\n")
    assert result.exit_code == 0
    assert "Add the account again." in result.stdout


@pytest.mark.parametrize("text", ["", "  \n"])
def test_without_text_it_says_what_is_missing(run: Run, text: str) -> None:
    for result in (run("ask", text), run("ask", "-", input=text)):
        assert result.exit_code == 2
        assert "There is no text to look at." in result.stderr
        assert "Traceback" not in result.output


@pytest.mark.skipif(os.name != "posix", reason="terminals are opened otherwise there")
def test_alone_at_a_terminal_it_says_how_to_ask(started: Started) -> None:
    here, there = os.openpty()
    done = started("ask", stdin=there)
    os.close(there)
    os.close(here)
    assert done.returncode == 2
    assert b"Paste the error as TEXT" in done.stderr


def test_rules_can_be_named_and_are_refused_with_their_problems(run: Run, tmp_path: Path) -> None:
    result = run("ask", "--rules", str(tmp_path / "nowhere"), EN)
    assert result.exit_code != 0
    (tmp_path / "vpn").mkdir()
    (tmp_path / "vpn" / "broken.yaml").write_text("id: broken\nstatsu: draft\n", "utf-8")
    assert run("ask", "--rules", "shipped", "--rules", str(tmp_path), EN).exit_code != 0


# --- In a process of its own --------------------------------------------------------------------


def test_broken_rules_are_listed_and_end_it(started: Started, tmp_path: Path) -> None:
    (tmp_path / "vpn").mkdir()
    (tmp_path / "vpn" / "broken.yaml").write_text("id: broken\nstatsu: draft\n", "utf-8")
    done = started("ask", "--rules", "shipped", "--rules", str(tmp_path), EN)
    assert done.returncode == 2
    assert b"broken.yaml:2:1 unknown-key" in done.stderr
    assert done.stderr.endswith(b"firstcheck: The rules have problems; nothing was started.\n")
    assert b"Traceback" not in done.stderr
    assert not done.stdout


def test_it_warns_of_nothing(started: Started) -> None:
    done = started("ask", EN)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Add the account again." in done.stdout


def test_firstcheck_rules_and_language_count_here_too(started: Started, tmp_path: Path) -> None:
    (tmp_path / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    empty = started("ask", EN, env={"FIRSTCHECK_RULES": str(tmp_path)})
    assert empty.returncode == 2
    assert b"There is no rule" in empty.stderr
    named = started("ask", "--rules", "shipped", EN, env={"FIRSTCHECK_RULES": str(tmp_path)})
    assert named.returncode == 0
    for language, words in (("ja", "担当者に送りますか？"), ("en", "Shall I send it")):
        done = started("ask", "QX-17", env={"FIRSTCHECK_LANGUAGE": language})
        assert words in done.stdout.decode("utf-8")


def test_a_wrong_setting_is_named(started: Started) -> None:
    done = started("ask", EN, env={"FIRSTCHECK_LANGUAGE": "de", "SLACK_BOT_TOKEN": "xoxb-1"})
    assert done.returncode == 2
    assert b"FIRSTCHECK_LANGUAGE" in done.stderr
    assert b"SLACK_BOT_TOKEN" not in done.stderr, "no tokens are needed here"
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_terminal_makes_it_stumble(started: Started, encoding: str) -> None:
    for raw in (f"{JA} 🙂".encode(), JA.encode("cp932"), b"\xff\xfe"):
        done = started("ask", "-", input=raw, env={"PYTHONIOENCODING": encoding})
        assert done.returncode in (0, 1), done.stderr
        assert not done.stderr


def test_bytes_that_are_no_text_are_no_trouble_as_an_argument(started: Started) -> None:
    for flag in ("--why", "--json"):
        done = started(b"ask", flag.encode(), b"\xff\xfe " + EN.encode())
        assert done.returncode == 0, done.stderr
        assert not done.stderr
