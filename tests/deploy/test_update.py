"""An update as the guide has it, from a clone to the version after, and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.deploy.test_backup import ROOT, Server
from tests.e2e.conftest import until
from tests.e2e.test_operations import SEED, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GIT, MAKE = shutil.which("git") or "", shutil.which("make") or ""
pytestmark = pytest.mark.skipif(not (GIT and MAKE), reason="needs git and make")
SOURCES = ["bot", "rules", "deploy", "Makefile", "pyproject.toml"]
MIGRATION = """
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    op.execute("CREATE TABLE newer (id INTEGER)")
"""


class Clone:
    """`/opt/firstcheck` and where it was cloned from; pip is asked, and fetches nothing."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.here = folder / "origin", folder / "opt/firstcheck"
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        self.origin.mkdir()
        for name in SOURCES:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.origin / name, ignore=ignored)
            else:
                shutil.copy(ROOT / name, self.origin)
        self._git("init", "--quiet")
        self._commit()
        self._git("clone", "--quiet", str(self.origin), str(self.here))
        self.installed = folder / "installed"
        tools = self.here / ".venv/bin"
        tools.mkdir(parents=True)
        self._tool(
            tools / "python",
            f'case "$2" in pip|compileall) echo "$@" >>"{self.installed}"; exit;; esac\n'
            f'PYTHONPATH="{self.here}" exec "{sys.executable}" "$@"',
        )
        self._tool(tools / "firstcheck", f'exec "{tools}/python" -m bot "$@"')
        (self.here / ".venv/.run").touch()

    def publish(self, before: str) -> None:
        """A version with another table, another lock and another unit."""
        file = self.origin / "bot/storage/migrations/versions/9999_newer.py"
        file.write_text(MIGRATION.format(before=before), "utf-8")
        for name in ("deploy/requirements.txt", "deploy/systemd/firstcheck.service"):
            with (self.origin / name).open("a", encoding="utf-8") as changed:
                changed.write("# newer\n")
        self._commit()

    def _commit(self) -> None:
        self._git("add", "--all", "--force")
        self._git("-c", "user.name=n", "-c", "user.email=e", "commit", "--quiet", "-m", "version")

    def _git(self, *words: str) -> None:
        nobodys = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull}
        subprocess.run([GIT, "-C", str(self.origin), *words], env=nobodys, check=True)

    def _tool(self, file: Path, script: str) -> None:
        file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        file.chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


@pytest.fixture
def server(clone: Clone, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "var/lib/firstcheck").mkdir(parents=True)
    for name in ("var/backups", "etc/systemd/system", "usr/local/bin"):
        (tmp_path / name).mkdir(parents=True)
    database = f"sqlite:///{tmp_path}/var/lib/firstcheck/firstcheck.sqlite3"
    with site(database, tmp_path) as made:
        made.root = clone.here
        yield Server(tmp_path, made)


def revision(server: Server) -> str:
    with closing(sqlite3.connect(server.folder / "var/lib/firstcheck/firstcheck.sqlite3")) as db:
        return str(db.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_an_update_goes_on_with_what_was_begun_and_can_be_undone(
    server: Server, clone: Clone
) -> None:
    server.start()
    people = server.site.standin.people
    before = people.post("sakura", "help-it", SEED)
    until(lambda: server.answers(before) == 1, "it is answered")
    old = revision(server)

    clone.publish(before=old)
    server.follow("update")
    assert revision(server) == "9999"
    assert "-r deploy/requirements.txt" in clone.installed.read_text()
    unit = server.folder / "etc/systemd/system/firstcheck.service"
    assert "# newer" in unit.read_text("utf-8")
    after = people.post("alex", "help-it", SEED)
    until(lambda: server.answers(after) == 1, "the newer version answers")

    clone.installed.unlink()
    assert "restored from" in server.follow("update-undone")
    assert revision(server) == old
    assert "-r deploy/requirements.txt" in clone.installed.read_text()
    assert "# newer" not in unit.read_text("utf-8")
    again = people.post("alex", "help-it", SEED)
    until(lambda: server.answers(again) == 1, "the version before answers")
    assert [server.answers(m) for m in (before, after)] == [1, 1]


def test_an_update_that_fails_leaves_the_bot_as_it_is(server: Server, clone: Clone) -> None:
    server.start()
    clone.origin.rename(clone.origin.with_name("away"))
    with pytest.raises(AssertionError, match="/origin"):
        server.follow("update")
    [process] = server.site.processes
    assert process.poll() is None
    asked = server.site.standin.people.post("sakura", "help-it", SEED)
    until(lambda: server.answers(asked) == 1, "it is answered")
