"""A kept rule base recognises what a fresh one does, and is never worth a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.matching.matcher import Matcher, phrases_of
from bot.core.text.normalise import read
from bot.storage.compiled_cache import CompiledCache
from bot.storage.rules_cache import cache_folder
from tests.core.matching.rules import ENCRYPTED_EN, ENCRYPTED_JA, ORDINARY, book, rule

if TYPE_CHECKING:
    from pathlib import Path

    from bot.core.matching.compiled import Compiled
    from bot.core.rulebook.model import Rulebook

REPORTS = (ENCRYPTED_JA, f"help: {ENCRYPTED_EN[:-4]}", "暗号化された接続を…", "lunch?")


def compiled(folder: Path, rulebook: Rulebook = ORDINARY) -> Compiled:
    return CompiledCache(folder).compiled([phrase for _, phrase in phrases_of(rulebook)])


def test_the_kept_one_recognises_what_a_fresh_one_does(tmp_path: Path) -> None:
    compiled(tmp_path)
    kept, fresh = Matcher(ORDINARY, compiled=compiled(tmp_path)), Matcher(ORDINARY)
    for report in REPORTS:
        assert kept.match(read(report)) == fresh.match(read(report))


def test_it_is_read_and_not_compiled_again(tmp_path: Path) -> None:
    compiled(tmp_path)
    [place] = tmp_path.iterdir()
    (place / "anchors.txt").write_text(
        (place / "anchors.txt").read_text(encoding="utf-8").replace("x", "y"), encoding="utf-8"
    )
    assert "x" not in "".join(compiled(tmp_path).anchors)


@pytest.mark.parametrize("name", ["heads.npy", "records.npy", "filed.npy", "anchors.txt"])
def test_a_broken_one_is_compiled_again(tmp_path: Path, name: str) -> None:
    compiled(tmp_path)
    [place] = tmp_path.iterdir()
    (place / name).write_bytes(b"")
    again = Matcher(ORDINARY, compiled=compiled(tmp_path))
    assert again.match(read(ENCRYPTED_JA)).found


def test_other_phrases_are_another_rule_base(tmp_path: Path) -> None:
    compiled(tmp_path)
    other = book(rule("another", "The frobnicator has lost its second gasket."))
    matcher = Matcher(other, compiled=compiled(tmp_path, other))
    assert matcher.match(read("The frobnicator has lost its second gasket.")).found


def test_only_a_few_are_kept(tmp_path: Path) -> None:
    for number in range(8):
        compiled(tmp_path, book(rule("one", f"The gasket number {number} is missing again.")))
    assert len(list(tmp_path.iterdir())) <= 4


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    occupied = tmp_path / "a-file"
    occupied.write_text("")
    assert Matcher(ORDINARY, compiled=compiled(occupied / "cache")).match(read(ENCRYPTED_EN)).found


def test_the_folder_follows_the_system_s_setting(tmp_path: Path) -> None:
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "firstcheck"
    ours = cache_folder({"XDG_CACHE_HOME": "relative"})
    assert ours is None or ours.is_absolute()
