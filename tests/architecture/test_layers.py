from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import bot

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "bot"
CODE = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if not {"node_modules", "_rules"} & set(path.relative_to(ROOT).parts)
)


def test_the_layers_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize(
    "name",
    sorted(
        path.stem
        for path in PACKAGE.iterdir()
        if not path.name.startswith("_") and (path.is_dir() or path.suffix == ".py")
    ),
)
def test_the_map_names_every_package(name: str) -> None:
    assert bot.__doc__ is not None
    assert f"`bot.{name}`" in bot.__doc__ or f"`bot/{name}`" in bot.__doc__


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_grows_too_long_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 370


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    first = path.read_text(encoding="utf-8").lstrip().split("\n", 1)[0]
    assert first.startswith(('"""', 'r"""'))
