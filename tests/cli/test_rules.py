"""`firstcheck rules`: every problem at its line, and an exit status for CI."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from bot.storage.rules_folder import default_rules_path

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]
    Started = Callable[..., subprocess.CompletedProcess[bytes]]

SEED = default_rules_path() / "outlook" / "outlook-encrypted-connection.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rule folder with the taxonomy and one sound rule."""
    (tmp_path / "outlook").mkdir()
    for name in ("taxonomy.yaml", "fragments.yaml"):
        shutil.copy(default_rules_path() / name, tmp_path)
    (tmp_path / "outlook" / SEED.name).write_text(SEED.read_text("utf-8"), "utf-8")
    return tmp_path


def spoil(folder: Path, old: str, new: str) -> Path:
    path = folder / "outlook" / SEED.name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    return path


def test_sound_rules_lint_clean(run: Run, folder: Path) -> None:
    for args in ((), (str(folder),), ("shipped", str(folder))):
        result = run("rules", "lint", *args)
        assert result.exit_code == 0, result.output
        assert result.stdout.rstrip().endswith(", no problems")


def test_a_problem_is_told_by_file_line_and_column(run: Run, folder: Path) -> None:
    path = spoil(folder, "likelihood: common", "likelyhood: common")
    line = path.read_text("utf-8")[: path.read_text("utf-8").index("likelyhood")].count("\n") + 1
    result = run("rules", "lint", str(folder))
    assert result.exit_code == 1
    assert f"{path}:{line}:5 unknown-key" in result.stdout
    assert "did you mean “likelihood”?" in result.stdout
    assert result.stderr == "1 problem\n"


def test_lint_finds_what_parses_but_should_not_be_said(run: Run, folder: Path) -> None:
    spoil(folder, "title:\n  en: Outlook cannot", "title:\n  en: 暗号化 Outlook cannot")
    result = run("rules", "lint", str(folder))
    assert result.exit_code == 1
    assert "wrong-language" in result.stdout


def test_json_holds_the_same_problems(run: Run, folder: Path) -> None:
    path = spoil(folder, "status: tested", "status: perfect")
    result = run("rules", "lint", "--json", str(folder))
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert set(problem) == {"path", "line", "column", "code", "message", "hint"}
    assert (problem["path"], problem["line"]) == (str(path), 2)
    fine = run("rules", "lint", "--json")
    assert (fine.exit_code, json.loads(fine.stdout)) == (0, {"problems": []})


@pytest.mark.parametrize("source", ["", "- a\n- list", "id: [", "\tid: x", "just words"])
def test_whatever_is_in_a_file_it_is_told_and_not_thrown(
    run: Run, folder: Path, source: str
) -> None:
    (folder / "outlook" / "odd.yaml").write_text(source, "utf-8")
    result = run("rules", "lint", str(folder))
    assert result.exit_code == 1
    assert "odd.yaml:1:" in result.stdout


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    result = run("rules", "lint", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "nowhere" in result.stdout


def test_examples_that_come_true(run: Run, folder: Path) -> None:
    result = run("rules", "test", str(folder))
    assert result.exit_code == 0
    assert "examples of 1 rule come true" in result.stdout


def test_a_dialogue_that_comes_out_otherwise_is_told_by_its_line(run: Run, folder: Path) -> None:
    path = spoil(folder, "- concludes: solved", "- concludes: licence")
    result = run("rules", "test", str(folder))
    assert result.exit_code == 1
    assert str(path) in result.stdout
    assert "dialogue-differs" in result.stdout
    assert "it should conclude as 'licence', but the conversation is solved" in result.stdout


def test_one_rule_can_be_tested_alone_and_must_exist(run: Run) -> None:
    assert run("rules", "test", "--rule", "vpn-809-no-answer").exit_code == 0
    result = run("rules", "test", "--rule", "vpn-809")
    assert result.exit_code == 2
    assert "There is no rule vpn-809." in result.stderr


def test_the_schema_is_the_one_beside_the_rules(run: Run) -> None:
    result = run("rules", "schema")
    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")


def test_firstcheck_rules_counts_here_too(run: Run, folder: Path) -> None:
    spoil(folder, "status: tested", "status: perfect")
    for command in ("lint", "test"):
        result = run("rules", command, env={"FIRSTCHECK_RULES": str(folder)})
        assert result.exit_code == 1
        assert "perfect" in result.stdout


def test_a_draft_of_ones_own_lies_on_top_of_the_shipped_rules(
    started: Started, tmp_path: Path
) -> None:
    (tmp_path / "vpn").mkdir()
    (tmp_path / "vpn" / "mine.yaml").write_text("id: mine\n", "utf-8")
    done = started("rules", "lint", "shipped", str(tmp_path))
    assert done.returncode == 1
    assert b"mine.yaml:1:1" in done.stdout
    assert b"Traceback" not in done.stderr


def test_one_file_is_linted_beside_all_others(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "office" / "office-mail.yaml"
    path.parent.mkdir()
    (tmp_path / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    text = (
        "id: office-mail\nstatus: draft\nproduct: office\ntitle: {en: Mail, ja: メール}\n"
        "signatures:\n  - phrase: An encrypted connection to your mail server is not available.\n"
    )
    path.write_text(text, "utf-8")
    result = run("rules", "lint", str(path))
    assert result.exit_code == 1
    assert f"{path}:6:5 shared-signature" in result.output
    assert f"{path}:6:5 confusable-phrase" in result.output
    path.write_text(text.replace("An encrypted", "The flux capacitor; no"), "utf-8")
    assert run("rules", "lint", "shipped", str(path)).exit_code == 0
    assert "There is no file" in run("rules", "lint", str(tmp_path / "x" / "y.yaml")).output


def test_chatter_must_be_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.txt"
    path.write_text("# lunch\nlunch? I can't today\n", "utf-8")
    rule = ("--rule", "outlook-encrypted-connection")
    fine = run("rules", "test", *rule, "--chatter", str(tmp_path))
    assert fine.exit_code == 0, fine.output
    assert "1 line of chatter left alone" in fine.output
    path.write_text("ok\nAn encrypted connection to your mail server is not available.\n", "utf-8")
    result = run("rules", "test", *rule, "--chatter", str(path))
    assert result.exit_code == 1
    assert f"{path}:2:1 chatter-answered outlook-encrypted-connection" in result.output
    path.write_bytes(b"\x83\x8d")
    assert "is not UTF-8" in str(run("rules", "test", *rule, "--chatter", str(path)).exception)
