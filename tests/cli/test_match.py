"""`firstcheck match`: JSON lines in, JSON lines out, each before the next is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]
    Started = Callable[..., subprocess.CompletedProcess[bytes]]

EN = "An encrypted connection to your mail server is not available."
DRAFT = """\
id: toaster-burns
status: draft
product: vpn
title: {en: The toaster burns, ja: トースターが焦げる}
signatures:
  - phrase: The toaster subsystem reported a burnt slice
"""


def line(text: object, id_: object = 1) -> str:
    return json.dumps({"id": id_, "text": text}) + "\n"


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(row) for row in result.stdout.splitlines()]


@pytest.fixture
def drafts(tmp_path: Path) -> str:
    (tmp_path / "vpn").mkdir()
    (tmp_path / "vpn" / "toaster-burns.yaml").write_text(DRAFT, "utf-8")
    return str(tmp_path)


def test_every_line_gets_one_with_its_id_the_rules_and_where(run: Run) -> None:
    result = run("match", input=line(f"Outlook: {EN}", "a") + "\n" + line("good morning", 7))
    first, second = answers(result)
    assert (first["id"], first["replied"]) == ("a", True)
    best = first["matches"][0]
    assert best["rule"] == "outlook-encrypted-connection"
    assert 0.9 < best["score"] <= 1
    start, end = best["span"]
    assert f"Outlook: {EN}"[start:end] == EN.rstrip(".")
    assert second == {"id": 7, "replied": False, "matches": []}


def test_only_what_would_be_answered_unasked_counts_as_replied(run: Run) -> None:
    (near,) = answers(run("match", input=line("encrypted connection mail server not available")))
    assert near["matches"]
    assert isinstance(near["replied"], bool)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{not json\n", "line 2 is not JSON"),
        ('["a list"]\n', 'line 2 needs a "text"'),
        ('{"id": 1}\n', 'line 2 needs a "text"'),
        (line(5), 'line 2 needs a "text"'),
    ],
)
def test_a_bad_line_is_named_after_the_good_ones_were_answered(
    run: Run, bad: str, told: str
) -> None:
    result = run("match", input=line(EN) + bad + line(EN))
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(answers(result)) == 1


def test_nothing_in_nothing_out(run: Run) -> None:
    result = run("match", input="")
    assert (result.exit_code, result.stdout) == (0, "")


def test_drafts_speak_only_when_asked_for(run: Run, drafts: str) -> None:
    args = ("match", "--rules", "shipped", "--rules", drafts)
    text = line("The toaster subsystem reported a burnt slice")
    (held,) = answers(run(*args, input=text))
    assert not held["replied"]
    (spoken,) = answers(run(*args, "--include-drafts", input=text))
    assert spoken["replied"]
    assert spoken["matches"][0]["rule"] == "toaster-burns"


def test_a_half_written_draft_is_used_as_far_as_it_goes(run: Run, drafts: str) -> None:
    path = Path(drafts) / "vpn" / "toaster-burns.yaml"
    path.write_text(DRAFT.replace("status:", "staus:"), "utf-8")
    args = ("match", "--rules", "shipped", "--rules", drafts, "--include-drafts")
    result = run(*args, input=line("The toaster subsystem reported a burnt slice"))
    assert answers(result)[0]["matches"][0]["rule"] == "toaster-burns"
    assert f"{path}:2:1 unknown-key" in result.stderr


def test_each_line_is_answered_before_the_next_is_sent() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "match"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean(os.environ),
    ) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(line(EN, number).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr
        assert process.stderr.read() == b""


def test_a_reader_that_goes_away_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "match"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean(os.environ),
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        process.stdin.write(line(EN).encode() * 3)
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr
        assert process.stderr.read() == b""


def test_half_a_surrogate_in_json_is_no_trouble(started: Started) -> None:
    done = started("match", input=b'{"id": "\\ud800", "text": "\\udc00 hello"}\n')
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["replied"] is False


def test_firstcheck_rules_counts_here_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    result = run("match", input=line(EN), env={"FIRSTCHECK_RULES": str(tmp_path)})
    assert answers(result)[0]["matches"] == []
