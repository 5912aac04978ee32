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
    assert told["answered"] == 1
    assert told["changed"] == [
        {"before": [], "after": ["outlook-encrypted-connection"], "messages": 1}
    ]


def test_a_base_that_is_nothing_is_named(run: Run, export: Path) -> None:
    result = run("rules", "backtest", str(export), "--base", "no-such-revision")
    assert "no-such-revision is neither a folder nor a revision" in str(result.exception)
