"""`make` explains itself, also where it cannot go on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKE = shutil.which("make")

pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A fresh copy of what `make run` looks at, without .venv."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "deploy" / "requirements.txt", tmp_path / "deploy")
    return tmp_path


def make(where: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    assert MAKE is not None
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "PYTHON"))}
    return subprocess.run(
        [MAKE, *arguments],
        cwd=where,
        capture_output=True,
        text=True,
        check=False,
        env=environ | ({"PATH": path} if path else {}),
    )


def program(folder: Path, name: str, script: str) -> str:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def test_make_alone_lists_every_target() -> None:
    listed = make(ROOT).stdout
    targets = re.findall(r"^\.PHONY: (\S+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert len(targets) >= 14
    assert [target for target in targets if f"make {target} " not in listed] == []


def test_a_python_that_is_too_old_is_named(elsewhere: Path) -> None:
    old = program(elsewhere, "python3.8", "exit 1")
    done = make(elsewhere, "run", f"PYTHON={old}")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert old in done.stderr
    assert not (elsewhere / ".venv").exists()


def test_no_python_new_enough_is_said_so_with_the_one_found(elsewhere: Path) -> None:
    tools = elsewhere / "tools"
    tools.mkdir()
    for tool in ("sh", "test", "echo", "true"):
        (tools / tool).symlink_to(shutil.which(tool) or "")
    for name in ("python3", "python3.11"):
        program(tools, name, 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    done = make(elsewhere, "run", path=str(tools))
    assert done.returncode != 0
    assert "needs Python 3.11 or newer, but found: Python 3.9.2" in done.stderr


def test_a_python_without_venv_gets_a_hint(elsewhere: Path) -> None:
    bare = program(elsewhere, "python", 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    done = make(elsewhere, "run", f"PYTHON={bare}")
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stderr


def test_what_is_installed_is_not_installed_again(elsewhere: Path) -> None:
    binaries = elsewhere / ".venv" / "bin"
    binaries.mkdir(parents=True)
    program(binaries, "python", 'echo "$@" >>installed')
    program(binaries, "firstcheck", "echo started")
    for _ in range(2):
        assert make(elsewhere, "run").stdout == "started\n"
    ran = (elsewhere / "installed").read_text(encoding="utf-8").splitlines()
    installed = [line for line in ran if "pip install" in line]
    assert len(installed) == 2
    assert "--require-hashes" in installed[0]
    later = (elsewhere / ".venv" / ".run").stat().st_mtime + 5
    os.utime(elsewhere / "deploy" / "requirements.txt", (later, later))
    make(elsewhere, "run")
    ran = (elsewhere / "installed").read_text(encoding="utf-8").splitlines()
    assert len([line for line in ran if "pip install" in line]) == 4
