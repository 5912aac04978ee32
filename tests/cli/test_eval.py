"""`firstcheck eval`: figures for anybody's messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

ERROR = {"id": "tape", "en": ["The tape drive reported a jam in slot 4."], "ja": [], "codes": []}


def written(path: Path, *entries: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(e) + "\n" for e in entries), "utf-8")
    return str(path)


def test_the_promises_of_the_shipped_rules_are_measured(run: Run) -> None:
    result = run("eval")
    assert result.exit_code == 0, result.output
    assert "example ja" in result.output
    assert "counterexample en" in result.output
    assert "calibration error" in result.output


def test_messages_of_a_file_against_errors_of_a_file(run: Run, tmp_path: Path) -> None:
    errors = written(tmp_path / "errors.jsonl", ERROR)
    said = written(
        tmp_path / "said.jsonl",
        {"text": "The tape drive reported a jam in slot 4.", "kind": "mine", "expected": ["tape"]},
        {"text": "see you at lunch", "kind": "chat"},
    )
    result = run("eval", "--errors", errors, said, "--json", "--svg", str(tmp_path / "c.svg"))
    told = json.loads(result.stdout)
    assert told["errors"][0]["kind"] == "mine"
    assert told["errors"][0]["right"]["count"] == 1
    assert told["silent"][0]["wrong"]["count"] == 0
    assert (tmp_path / "c.svg").read_text("utf-8").startswith("<svg")


def test_misses_are_listed(run: Run, tmp_path: Path) -> None:
    errors = written(tmp_path / "errors.jsonl", ERROR)
    said = written(tmp_path / "said.jsonl", {"text": "it is broken", "expected": ["tape"]})
    result = run("eval", "--errors", errors, said, "--misses")
    assert '"text": "it is broken"' in result.output


def test_a_line_that_is_no_json_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text('{"text": "a"}\nnonsense\n', "utf-8")
    result = run("eval", str(path))
    assert result.exit_code == 2
    assert "said.jsonl:2 is not JSON" in result.output
