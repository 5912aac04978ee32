"""Rule folders: stacked, reloaded, and never a traceback for what lies in them."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.core.rulebook.faults import Fault
from bot.storage.rules_folder import RulesFolder, default_rules_path

SAMPLES = Path(__file__).parents[1] / "core/rulebook/samples/rules"
TODAY = date(2026, 11, 22)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLES, tmp_path / "rules")


def codes(folder: RulesFolder) -> list[tuple[str, str]]:
    return [(p.code, Path(p.path).name) for p in folder.load().problems]


def test_a_folder_becomes_a_rule_base(rules: Path) -> None:
    loaded = RulesFolder([rules]).load()

    assert loaded.problems == ()
    assert [r.id for r in loaded.rulebook.rules] == ["vpn-809"]
    assert set(loaded.rulebook.products) == {"vpn", "printer"}
    assert set(loaded.rulebook.teams) == {"network", "accounts"}
    assert loaded.rulebook.rules[0].path == str(rules / "vpn/vpn-809.yaml")
    assert loaded.lint(TODAY) == ()


def test_a_later_folder_replaces_rules_and_adds_teams(rules: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    (ours / "vpn").mkdir(parents=True)
    (ours / "taxonomy.yaml").write_text(
        "products: {}\nteams: {night-shift: {title: {en: Night shift, ja: 夜間担当}}}", "utf-8"
    )
    text = (rules / "vpn/vpn-809.yaml").read_text("utf-8")
    own = ours / "vpn/vpn-809.yaml"
    own.write_text(text.replace("  to: network", "  to: night-shift"), "utf-8")

    loaded = RulesFolder([rules, ours]).load()

    assert loaded.problems == ()
    (rule,) = loaded.rulebook.rules
    assert rule.escalate.default.to == "night-shift"
    assert [(o.id, o.path, o.by) for o in loaded.overridden] == [
        ("vpn-809", str(rules / "vpn/vpn-809.yaml"), str(own))
    ]
    assert loaded.lint(TODAY) == ()  # the replaced rule shares its signatures with nobody


def test_a_changed_file_is_read_again_and_changes_the_version(rules: Path) -> None:
    folder = RulesFolder([rules])
    before = folder.load().rulebook
    file = rules / "vpn/vpn-809.yaml"
    file.write_text(file.read_text("utf-8").replace("error 809\n", "error eight\n"), "utf-8")

    after = folder.load().rulebook

    assert after.rules[0].title.en == "VPN cannot be connected, error eight"
    assert before.version != after.version
    assert folder.load().rulebook.version == after.version


def test_a_changed_taxonomy_is_noticed_by_files_that_did_not_change(rules: Path) -> None:
    folder = RulesFolder([rules])
    assert folder.load().problems == ()
    file = rules / "taxonomy.yaml"
    file.write_text(file.read_text("utf-8").replace("  network:", "  networks:"), "utf-8")

    assert codes(folder) == [(Fault.UNKNOWN_REFERENCE, "vpn-809.yaml")]


def test_a_bad_rule_is_left_out_and_the_others_stay(rules: Path) -> None:
    (rules / "vpn/broken.yaml").write_text("id: broken\nstatus: [", "utf-8")

    loaded = RulesFolder([rules]).load()

    assert [r.id for r in loaded.rulebook.rules] == ["vpn-809"]
    assert [(p.code, p.line) for p in loaded.problems] == [(Fault.SYNTAX, 2)]


def test_lint_tells_what_load_does_not(rules: Path) -> None:
    file = rules / "vpn/vpn-809.yaml"
    file.write_text(file.read_text("utf-8").replace("owner: network-team\n", ""), "utf-8")

    loaded = RulesFolder([rules]).load()

    assert loaded.problems == ()
    assert [p.code for p in loaded.lint(TODAY)] == ["no-owner"]


def test_a_file_in_another_encoding_is_a_problem_on_its_line(rules: Path) -> None:
    (rules / "vpn/sjis.yaml").write_bytes("id: sjis\ntitle: 日本語".encode("shift_jis"))

    (problem,) = RulesFolder([rules]).load().problems

    assert (problem.code, problem.line) == (Fault.UNREADABLE, 2)
    assert "UTF-8" in problem.hint


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(rules: Path) -> None:
    file = rules / "vpn/vpn-809.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    loaded = RulesFolder([rules]).load()

    assert loaded.problems == ()
    assert "\r" not in loaded.rulebook.rules[0].examples[1].text


def test_what_looks_like_a_rule_but_lies_elsewhere_is_named(rules: Path) -> None:
    (rules / "lonely.yaml").write_text("id: lonely", "utf-8")
    (rules / "vpn/short.yml").write_text("id: short", "utf-8")
    (rules / "README.md").write_text("# Rules", "utf-8")
    (rules / "vpn/.#vpn-809.yaml").write_text("an editor's", "utf-8")
    (rules / "..data/vpn").mkdir(parents=True)
    (rules / "..data/vpn/x.yaml").write_text("kubernetes", "utf-8")

    assert codes(RulesFolder([rules])) == [
        (Fault.MISPLACED, "lonely.yaml"),
        (Fault.MISPLACED, "short.yml"),
    ]


def test_a_folder_that_cannot_be_looked_at_is_a_problem(tmp_path: Path) -> None:
    loaded = RulesFolder([tmp_path / ("x" * 300)]).load()

    assert loaded.rulebook.rules == ()
    assert {p.code for p in loaded.problems} == {Fault.UNREADABLE}


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    loaded = RulesFolder([tmp_path / "nowhere"]).load()

    assert loaded.rulebook.rules == ()
    assert {p.code for p in loaded.problems} == {Fault.UNREADABLE}


def test_a_dangling_link_and_a_folder_named_like_a_rule_are_problems(rules: Path) -> None:
    (rules / "vpn/gone.yaml").symlink_to(rules / "vpn/never.yaml")
    (rules / "vpn/folder.yaml").mkdir()

    assert codes(RulesFolder([rules])) == [
        (Fault.UNREADABLE, "folder.yaml"),
        (Fault.UNREADABLE, "gone.yaml"),
    ]


def test_the_rules_that_came_along_are_found() -> None:
    assert (default_rules_path() / "taxonomy.yaml").is_file()


def test_what_never_ends_is_not_read(rules: Path) -> None:
    huge = rules / "vpn" / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte, on paper
    (rules / "vpn" / "endless.yaml").symlink_to("/dev/zero")
    os.mkfifo(rules / "vpn" / "pipe.yaml")
    said = {Path(p.path).name: p.message for p in RulesFolder([rules]).load().problems}
    assert said["huge.yaml"] == "the file has 1,073,741,824 KB"
    assert "no ordinary file" in said["endless.yaml"]
    assert "no ordinary file" in said["pipe.yaml"]
