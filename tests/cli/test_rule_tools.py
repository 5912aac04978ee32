"""Growing a rule base from the terminal: list, show, diff, new, suggest."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from bot.bootstrap.desk import load_rules
from bot.core.diagnosis.flow import flow
from bot.core.diagnosis.flow_svg import as_svg
from bot.core.text.language import Language
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place, Report
from bot.storage.mailbox import open_mailbox
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


def test_the_way_of_every_rule_can_be_drawn(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "way.svg"
    result = run("rules", "show", "outlook-encrypted-connection", "--svg", str(path))
    assert result.output.split() == [str(tmp_path / f"way.{lang}.svg") for lang in ("ja", "en")]
    for rule in load_rules().rulebook.rules:
        for language in Language:
            svg = as_svg(flow(rule, language), rule.title.in_(language), language)
            root = ET.fromstring(svg)  # noqa: S314  (made here)
            assert "http:" not in svg.replace("http://www.w3.org/2000/svg", "")
            words = "".join(root.itertext())
            assert {"ja": "担当者へ", "en": "to the helpdesk"}[language.value] in words


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
    fix = "choosing a cost centre fixed it for taro@contoso.com"
    thread = {"messages": [{"text": MESSAGE}, {"text": "same here"}, {"text": fix}]}
    result = run("rules", "new", "-", "--product", "office", input=json.dumps(thread))
    assert "- text: 'EXP-4012: The approval" in result.stdout
    assert "#     choosing a cost centre fixed it for [address]" in result.stdout
    assert "- text: same here" not in result.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"messages": 5}', "no Slack thread"),
        (b'[{"a": 1}]', "no Slack thread"),
        (b"\x00\x01\x02", "is no text"),
        (b"  \n", "There is no text to begin"),
        (b"hm", "too little"),
    ],
)
def test_a_file_that_is_no_message_is_said_to_be_none(
    run: Run, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "thread.json"
    path.write_bytes(content)
    result = run("rules", "new", str(path), "--product", "office")
    assert words in str(result.exception)


def test_an_error_that_is_json_itself_is_a_message(run: Run) -> None:
    error = '{"error": {"code": "EXP-4012", "message": "Approval route could not be determined"}}'
    result = run("rules", "new", error, "--product", "office")
    assert result.exit_code == 0, result.output
    assert "phrase: Approval route could not be determined" in result.stdout


def test_a_file_of_a_japanese_windows_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "error.txt"
    path.write_text("承認経路を特定できませんでした（経費）", "cp932")
    result = run("rules", "new", str(path), "--product", "office")
    assert "phrase: 承認経路を特定できませんでした（経費）" in result.stdout


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--product", "ofice"), "Did you mean 'office'?"),
        (("--product", "office", "--id", "../x"), "cannot be an id"),
        (("--product", "office", "--id", "vpn-809-no-answer"), "exists already: "),
    ],
)
def test_a_wrong_flag_is_said_so(run: Run, flags: tuple[str, ...], words: str) -> None:
    assert words in str(run("rules", "new", MESSAGE, *flags).exception)


def test_a_file_that_is_not_there_is_not_taken_for_the_message(run: Run) -> None:
    result = run("rules", "new", "thraed.json", "--product", "office")
    assert "There is no file thraed.json" in str(result.exception)


def test_a_new_rule_lints_clean_beside_the_shipped_ones(run: Run, tmp_path: Path) -> None:
    run("rules", "new", MESSAGE, "--product", "office", "--into", str(tmp_path))
    result = run("rules", "lint", "shipped", str(tmp_path))
    assert result.exit_code == 0, result.output


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
    drafts = tmp_path / "drafts"
    run("rules", "suggest", str(export), "--into", str(drafts))
    assert [path.name for path in drafts.glob("*/*.yaml")] == [
        "unsorted-exp-4012-approval-route-could.yaml"
    ]
    linted = run("rules", "lint", "shipped", str(drafts))
    assert linted.exit_code == 0, linted.output
    again = run("rules", "suggest", str(export), "--into", str(drafts))
    assert "0 errors that no rule knows" in again.stderr
    (draft,) = drafts.glob("*/*.yaml")
    draft.write_text("# an hour's work, not done yet\ntitle: [", "utf-8")
    run("rules", "suggest", str(export), "--into", str(drafts))
    assert draft.read_text("utf-8").startswith("# an hour's work")
    assert len(list(drafts.glob("unsorted/*.yaml"))) == 2


def test_drafts_are_suggested_from_what_the_bot_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/firstcheck.sqlite3"
    monkeypatch.setenv("FIRSTCHECK_DATABASE", url)
    mailbox = open_mailbox(url)
    for n in range(3):
        report = Report(Place("T1", "C1", str(n)), f"U{n}", str(n), f"I get “{MESSAGE}”")
        mailbox.accept([new_task(f"msg:{n}", report.place.key, report)], 1.0)
    result = run("rules", "suggest", "--from-db")
    assert "3 people      3 messages" in result.stdout
    assert MESSAGE in result.stdout
    assert run("rules", "suggest", "--from-db", "--without", "C1").stdout.strip() == ""
    mailbox.close()


def test_one_of_export_and_database_is_wanted(run: Run) -> None:
    assert "Give an EXPORT, or --from-db" in run("rules", "suggest").output
