"""What was read before is found again, only that, and nothing else comes out of the file."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from bot.storage.rules_cache import RulesCache
from bot.storage.rules_folder import RulesFolder, default_rules_path

if TYPE_CHECKING:
    from pathlib import Path

TAXONOMY = "products: {office: {title: {en: Office, ja: Office}}}\nteams: {}\n"
DRAFT = """\
id: office-flux
status: draft
product: office
title: {en: Flux capacitor, ja: 次元転移装置}
signatures:
  - phrase: The flux capacitor could not be charged.
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    (folder / "office").mkdir(parents=True)
    (folder / "taxonomy.yaml").write_text(TAXONOMY, "utf-8")
    (folder / "office" / "office-flux.yaml").write_text(DRAFT, "utf-8")
    return folder


def folder(cache: Path, *rules: Path) -> RulesFolder:
    """As at the start of a program."""
    return RulesFolder(rules, RulesCache(cache, rules))


def test_the_same_rules_and_version_come_from_the_cache(tmp_path: Path) -> None:
    shipped = default_rules_path()
    plain = RulesFolder([shipped]).load()
    cold = folder(tmp_path / "cache", shipped).load()
    warm = folder(tmp_path / "cache", shipped).load()
    assert list((tmp_path / "cache").glob("rules-*.bin"))
    assert plain.rulebook == cold.rulebook == warm.rulebook
    assert {reading.root for reading in warm.readings} == {None}


def test_a_changed_file_is_read_anew(tmp_path: Path, rules: Path) -> None:
    assert folder(tmp_path / "cache", rules).load().rulebook.rules[0].title.en == "Flux capacitor"
    path = rules / "office" / "office-flux.yaml"
    path.write_text(DRAFT.replace("Flux capacitor", "Flux"), "utf-8")
    assert folder(tmp_path / "cache", rules).load().rulebook.rules[0].title.en == "Flux"


def test_a_file_saved_while_it_runs_leaves_all_of_them_cached(
    tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = rules / "office" / "office-time.yaml"
    other.write_text(DRAFT.replace("office-flux", "office-time"), "utf-8")
    running = folder(tmp_path / "cache", rules)
    running.load()
    path = rules / "office" / "office-flux.yaml"
    path.write_text(DRAFT.replace("Flux capacitor", "Flux"), "utf-8")
    running.load()
    monkeypatch.setattr("bot.storage.rules_folder.read_rule", _parsed)
    again = folder(tmp_path / "cache", rules).load().rulebook
    assert [rule.title.en for rule in again.rules] == ["Flux", "Flux capacitor"]


def _parsed(path: str, *_: object) -> None:
    raise AssertionError(f"{path} was parsed again")


def test_a_rule_is_checked_again_when_its_taxonomy_changes(tmp_path: Path, rules: Path) -> None:
    assert not folder(tmp_path / "cache", rules).load().problems
    (rules / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    (problem,) = folder(tmp_path / "cache", rules).load().problems
    assert problem.code == "unknown-reference"


def test_a_copy_elsewhere_knows_where_it_lies(tmp_path: Path, rules: Path) -> None:
    (rule,) = folder(tmp_path / "cache", rules).load().rulebook.rules
    (again,) = folder(tmp_path / "cache", rules).load().rulebook.rules
    assert rule.path == again.path == str(rules / "office" / "office-flux.yaml")


def test_lint_finds_its_places_in_what_was_cached(tmp_path: Path, rules: Path) -> None:
    from datetime import date

    path = rules / "office" / "office-flux.yaml"
    path.write_text(DRAFT.replace("次元転移装置", "Flux capacitor device"), "utf-8")
    today = date(2026, 11, 26)
    cold = folder(tmp_path / "cache", rules).load().lint(today)
    assert [(p.line, p.code) for p in cold] == [(4, "wrong-language")]
    assert folder(tmp_path / "cache", rules).load().lint(today) == cold


class _Evil:
    @override
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('run')",)


@pytest.mark.parametrize("blob", [pickle.dumps(_Evil()), b"", b"\x80\x05K\x01.", b"rubbish"])
def test_what_is_no_rule_is_neither_run_nor_taken(tmp_path: Path, rules: Path, blob: bytes) -> None:
    cache = tmp_path / "cache"
    wanted = folder(cache, rules).load().rulebook
    (file,) = cache.glob("rules-*.bin")
    key = file.read_bytes()[:32]
    bad = bytes(32) + blob
    file.write_bytes(key + len(bad).to_bytes(8) + bad)
    assert folder(cache, rules).load().rulebook == wanted
    file.write_bytes(key + blob)  # cut in the middle
    assert folder(cache, rules).load().rulebook == wanted


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path, rules: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    assert folder(tmp_path / "cache", rules).load().rulebook.rules
