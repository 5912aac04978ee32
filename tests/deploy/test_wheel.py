"""The wheel holds what runs, and nothing that does not."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import bot

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    assert wheel.name == f"firstcheck-{bot.__version__}-py3-none-any.whl"
    return zipfile.ZipFile(wheel).namelist()


def test_the_rules_are_in_it(names: list[str]) -> None:
    rules = {path.relative_to(ROOT / "rules").as_posix() for path in ROOT.glob("rules/**/*.yaml")}
    assert {f"bot/_rules/{rule}" for rule in rules} <= set(names)


def test_every_module_is_in_it(names: list[str]) -> None:
    modules = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("bot/**/*.py")
        if "node_modules" not in path.parts
    }
    assert modules <= set(names)


def test_the_built_page_is_in_it_and_its_sources_are_not(names: list[str]) -> None:
    assert "bot/workbench/page/dist/index.html" in names
    page = [name for name in names if name.startswith("bot/workbench/page/")]
    assert all(name.startswith("bot/workbench/page/dist/") for name in page)


def test_nothing_private_or_foreign_is_in_it(names: list[str]) -> None:
    foreign = ("node_modules", "__pycache__", ".sqlite3", ".env", "tests/", ".git")
    assert not [name for name in names if any(part in name for part in foreign)]


def test_the_licence_and_the_command_are_in_it(names: list[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)
