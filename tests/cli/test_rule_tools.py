"""Growing a rule base from the terminal: list, show, diff, new, suggest."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from bot.storage.rules_folder import default_rules_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

MESSAGE = "EXP-4012: The approval route could not be determined."


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped rules, to be changed."""
    return shutil.copytree(default_rules_path(), tmp_path / "rules")


def test_the_list_has_every_rule_and_what_is_covered(run: Run) -> None:
    told = json.loads(run("rules", "list", "--json").stdout)
    assert "outlook-encrypted-connection" in {rule["id"] for rule in told["rules"]}
    assert told["coverage"][-1]["rules"] == len(told["rules"])
    assert "outlook-encrypted-connection" in run("rules", "list").output


def test_an_overridden_rule_is_named(run: Run, copy: Path) -> None:
    result = run("rules", "list", "shipped", str(copy))
    assert "overridden: outlook-encrypted-connection" in result.output


def test_a_rule_is_shown_as_a_reader_meets_it(run: Run) -> None:
    result = run("rules", "show", "vpn-809-no-answer")
    assert "⇒ 担当者へ" in result.output
    assert "⇒ to the helpdesk" in result.output
    chart = run("rules", "show", "vpn-809-no-answer", "--mermaid", "--lang", "en").output
    assert chart.startswith("flowchart TD")
    assert "--> solved" in chart


def test_a_misspelt_id_is_guessed(run: Run) -> None:
    result = run("rules", "show", "vpn-809-no-anser")
    assert result.exit_code == 2
    assert "Did you mean 'vpn-809-no-answer'?" in result.output


def test_diff_shows_what_people_would_notice(run: Run, copy: Path) -> None:
    assert run("rules", "diff", "shipped", "--rules", str(copy)).exit_code == 0
    path = copy / "vpn" / "vpn-809-no-answer.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("status: tested", "status: retired", 1), "utf-8")
    result = run("rules", "diff", "shipped", "--rules", str(copy))
    assert result.exit_code == 1
    assert "vpn-809-no-answer: status" in result.output
    assert "vpn-809-no-answer: answers" in result.output


def test_a_rule_is_begun_from_a_message(run: Run, tmp_path: Path) -> None:
    result = run("rules", "new", MESSAGE, "--product", "office", "--into", str(tmp_path))
    assert result.exit_code == 0, result.output
    (path,) = tmp_path.glob("office/*.yaml")
    assert "code: EXP-4012" in path.read_text("utf-8")
    again = run("rules", "new", MESSAGE, "--product", "office", "--into", str(tmp_path))
    assert "exists already" in str(again.exception)


def test_a_rule_is_begun_from_a_thread(run: Run) -> None:
    thread = {"messages": [{"text": MESSAGE}, {"text": "same here"}]}
    result = run("rules", "new", "-", "--product", "office", input=json.dumps(thread))
    assert "- text: same here" in result.stdout


def test_what_is_known_already_is_said(run: Run) -> None:
    result = run(
        "rules", "new", "An encrypted connection to your mail server is not available.",
        "--product", "outlook", "--yes",
    )  # fmt: skip
    assert "near already: outlook-encrypted-connection" in result.stderr


def test_without_a_product_the_choice_is_named(run: Run) -> None:
    result = run("rules", "new", "The flux capacitor could not be charged")
    assert "Which product? Give --product, one of" in str(result.exception)


def test_drafts_are_suggested_for_what_no_rule_knows(run: Run, tmp_path: Path) -> None:
    day = [
        {"user": f"U{n}", "ts": f"{n}.1", "text": f"I get “{MESSAGE}” in expenses"}
        for n in range(3)
    ]
    export = tmp_path / "export.zip"
    with zipfile.ZipFile(export, "w") as archive:
        archive.writestr("help/2026-01-31.json", json.dumps(day))
    assert "3 people" in run("rules", "suggest", str(export)).stdout
    (one,) = json.loads(run("rules", "suggest", str(export), "--json").stdout)
    assert (one["people"], one["codes"]) == (3, ["EXP-4012"])
    run("rules", "suggest", str(export), "--into", str(tmp_path / "drafts"))
    assert list((tmp_path / "drafts").rglob("*.yaml"))
