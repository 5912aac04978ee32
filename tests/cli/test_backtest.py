"""`firstcheck rules backtest`, as an author uses it before a rule goes live."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

EN = "An encrypted connection to your mail server is not available."


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.zip"
    texts = [f"hi, I get: {EN}", "lunch? <b>&amp;</b>", "thanks!"]
    day = [
        {"type": "message", "user": f"U{n}", "ts": f"{1769817600 + n}.0001", "text": text}
        for n, text in enumerate(texts)
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("help/2026-01-31.json", json.dumps(day))
    return path


def test_a_summary_and_a_page_that_needs_nothing_else(
    run: Run, export: Path, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    result = run("rules", "backtest", str(export), "--html", str(page))
    assert result.exit_code == 0, result.output
    assert "3 messages, 1 answered" in result.output
    html = page.read_text("utf-8")
    assert "outlook-encrypted-connection" in html
    assert "http" not in html.replace("http-equiv", "")
    assert "<script" not in html


def test_everything_as_json_with_what_changes(run: Run, export: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    result = run("rules", "backtest", str(export), "--base", str(base), "--json")
    told = json.loads(result.stdout)
    (change,) = told["changed"]
    assert (change["before"], change["after"]) == ([], ["outlook-encrypted-connection"])
    assert change["messages"] == 1
    assert EN in change["excerpts"][0]["text"]
    assert "rules" not in told
    shown = run("rules", "backtest", str(export), "--base", str(base)).stdout
    assert "1 treated otherwise" in shown
    assert "silence → outlook-encrypted-connection" in shown
    assert "#help: hi, I get" in shown


def test_near_misses_and_rates_are_told(run: Run, export: Path) -> None:
    told = json.loads(run("rules", "backtest", str(export), "--json").stdout)
    assert (told["answered"], told["per_thousand"]) == (1, 333.33)
    assert told["channels"]["help"] == {"messages": 3, "answered": 1, "per_thousand": 333.33}
    assert told["rules"]["outlook-encrypted-connection"]["answered"] == 1


def test_a_channel_that_is_not_there_is_named(run: Run, export: Path) -> None:
    result = run("rules", "backtest", str(export), "--without", "hlep")
    assert "has no channel hlep to leave out. Did you mean help?" in str(result.exception)


def test_a_base_that_is_nothing_is_named(run: Run, export: Path) -> None:
    result = run("rules", "backtest", str(export), "--base", "no-such-revision")
    assert "no-such-revision is neither a folder nor a revision" in str(result.exception)


def test_a_report_that_cannot_be_written_is_said_before_the_work(run: Run, export: Path) -> None:
    result = run("rules", "backtest", str(export), "--html", "/no/such/folder/report.html")
    assert result.exit_code == 2
    assert "There is no folder /no/such/folder" in result.output


def test_rules_that_are_not_there_are_not_taken_for_silence(run: Run, export: Path) -> None:
    result = run("rules", "backtest", str(export), "--rules", "no-such-folder")
    assert "The rules cannot be used" in str(result.exception)


def test_the_page_of_a_comparison_shows_only_what_differs(
    run: Run, export: Path, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    run("rules", "backtest", str(export), "--base", "shipped", "--html", str(page))
    html = page.read_text("utf-8")
    assert "treated otherwise" in html
    assert "By channel" not in html


@pytest.mark.parametrize("base", ["--output=x", "-x"])
def test_a_base_is_no_option_of_git(run: Run, export: Path, base: str) -> None:
    result = run("rules", "backtest", str(export), f"--base={base}")
    assert "neither a folder nor a revision" in str(result.exception)
