"""The built page belongs to its sources, and a stale one is noticed without Node."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bot.workbench import page_check

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    copy = tmp_path / "page"
    shutil.copytree(page_check.PAGE, copy, ignore=shutil.ignore_patterns("node_modules"))
    return copy


def test_the_page_in_the_tree_was_built_from_these_sources() -> None:
    assert page_check.faults() == []


def test_a_changed_source_is_noticed(page: Path) -> None:
    source = page / "src" / "i18n.ts"
    source.write_text(source.read_text("utf-8") + "\n", "utf-8")
    assert page_check.faults(page) == [
        "The workbench page was built from other sources than these."
    ]


def test_a_new_source_and_a_new_dependency_are_noticed(page: Path) -> None:
    fresh = page_check.sources_digest(page)
    (page / "src" / "more.ts").write_text("export {};\n", "utf-8")
    more = page_check.sources_digest(page)
    (page / "package-lock.json").write_text("{}\n", "utf-8")
    assert len({fresh, more, page_check.sources_digest(page)}) == 3


def test_notes_and_installed_packages_do_not_count_as_sources(page: Path) -> None:
    (page / "README.md").write_text("other words\n", "utf-8")
    (page / "node_modules").mkdir(exist_ok=True)
    (page / "node_modules" / "x.js").write_text("x\n", "utf-8")
    assert page_check.faults(page) == []


def test_a_file_changed_added_or_lost_after_the_build_is_named(page: Path) -> None:
    (page / "dist" / "index.html").write_text("<p>by hand</p>\n", "utf-8")
    (page / "dist" / "extra.js").write_text("\n", "utf-8")
    (page / "dist" / "assets" / "theme.js").unlink()
    (found,) = page_check.faults(page)
    assert "assets/theme.js, extra.js, index.html" in found


def test_a_page_never_built_is_said_so(page: Path) -> None:
    shutil.rmtree(page / "dist")
    assert page_check.faults(page) == ["The workbench page has not been built."]


def test_the_command_prints_a_sentence_and_the_remedy(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page_check.faults, "__defaults__", (page,))
    assert page_check.main([]) == 0
    shutil.rmtree(page / "dist")
    assert page_check.main([]) == 1
    assert "page_check --write" in capsys.readouterr().err
    assert page_check.main(["--other"]) == 2


def test_build_and_check_agree_on_what_the_sources_are() -> None:
    config = (page_check.PAGE / "vite.config.ts").read_text("utf-8")
    for name in page_check.SOURCES:
        assert f'"{name}"' in config
