"""Backup, restore and upgrade as the guide has them: its own commands, beside a bot that runs."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from bot.errors import StorageError
from bot.storage.backup import back_up, restore
from bot.storage.mailbox import open_mailbox
from bot.workbench.standin import Channel, cast
from tests.deploy.guide import commands
from tests.e2e.conftest import until
from tests.e2e.test_operations import SEED, Site, site
from tests.postgres import Postgres, programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.workbench.standin import Message

ROOT = Path(__file__).parents[2]
AT_ONCE = {"FIRSTCHECK_QUIET": "1s", "FIRSTCHECK_WORKERS": "2"}


class Server:
    """A machine as the guide makes it, in a folder: its paths, its user's command, its service."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.site = site
        self.folder = folder
        self.tools = folder / "tools"
        self.tools.mkdir()
        self._tool("sudo", 'exec "$@"')
        self._tool("install", '/usr/bin/env -i PATH=/usr/bin:/bin install "${@/#firstcheck/root}"')
        self._tool("firstcheck", f'PYTHONPATH="{site.root}" exec "{sys.executable}" -m bot "$@"')
        self._tool("systemctl", f'echo "$1" >>"{folder}/asked"')
        self._tool("date", 'exec /bin/date --date="2026-11-26 09:30" "$@"')  # as the guide has it

    def follow(self, name: str, **environ: str) -> str:
        """Run a block of the guide; what it prints. The service is stopped and started for real."""
        said = ""
        for line in commands()[name].strip().replace("&&\n", "&& ").splitlines():
            said += self._run(self._here(line), environ)
            match self._asked():
                case "stop":
                    self.stop()
                case "start":
                    self.start()
                case "restart":
                    self.stop()
                    self.start()
        return said

    def start(self) -> None:
        self.site.ready(self.site.start(**AT_ONCE)[1])

    def stop(self) -> None:
        while self.site.processes:
            process = self.site.processes.pop()
            process.send_signal(signal.SIGTERM)
            assert process.wait(15) == 0

    def answers(self, asked: Message) -> int:
        return len(self.site.standin.replies(asked.channel, asked.ts))

    def _here(self, line: str) -> str:
        line = re.sub(r"-o \S+ ", "", line)  # the user exists on the server only
        return re.sub(r"/(var|opt|etc/systemd|usr/local)/", rf"{self.folder}/\1/", line)

    def _run(self, line: str, environ: Mapping[str, str]) -> str:
        foreign = ("FIRSTCHECK_", "MAKE", "GIT_")
        clean = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        more = {"FIRSTCHECK_DATABASE": self.site.database, **environ}
        path = os.pathsep.join([str(self.tools), *map(str, programs()), os.environ["PATH"]])
        done = subprocess.run(
            ["/bin/sh", "-ec", line], env={**clean, **more, "PATH": path}, cwd=self.folder,
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _asked(self) -> str:
        asked = self.folder / "asked"
        words = asked.read_text().split() if asked.exists() else []
        asked.unlink(missing_ok=True)
        return words[-1] if words else ""

    def _tool(self, name: str, script: str) -> None:
        file = self.tools / name
        file.write_text(f"#!/bin/bash\n{script}\n", "utf-8")
        file.chmod(0o755)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "var/lib/firstcheck").mkdir(parents=True)
    (tmp_path / "var/backups").mkdir()
    database = f"sqlite:///{tmp_path}/var/lib/firstcheck/firstcheck.sqlite3"
    with site(database, tmp_path) as made:
        yield Server(tmp_path, made)


def test_a_backup_of_a_running_bot_is_put_back_and_nothing_is_said_twice(server: Server) -> None:
    server.start()
    standin = server.site.standin
    everyone = (cast.SAKURA.id, cast.ALEX.id, cast.BOT.id)
    other = Channel(id="C0OTHER0001", name="other-floor", members=everyone)
    standin.people.add_channel(other)
    answered = standin.people.post("sakura", "help-it", SEED)
    until(lambda: server.answers(answered) == 1, "it is answered")
    standin.faults.rate_limit("chat.postMessage", retry_after=5)
    waiting = standin.people.post("alex", other.id, SEED)
    until(lambda: _open_posts(server) == 1, "its answer waits")

    assert "backed up to" in server.follow("backup")
    assert server.answers(waiting) == 0
    until(lambda: server.answers(waiting) == 1, "the bot goes on")
    later = standin.people.post("sakura", other.id, SEED)
    until(lambda: server.answers(later) == 1, "the backup does not know of this one")

    said = server.follow("restore")
    assert "restored from" in said
    assert "up to date" in said
    until(lambda: _open_posts(server) == 0, "what had waited is found in Slack")
    assert [server.answers(m) for m in (answered, waiting, later)] == [1, 1, 1]

    new = standin.people.post("alex", "help-it", SEED)
    until(lambda: server.answers(new) == 1, "it goes on with what is new")


def test_the_database_of_before_is_kept(server: Server) -> None:
    server.start()
    server.follow("backup")
    asked = server.site.standin.people.post("sakura", "help-it", SEED)
    until(lambda: server.answers(asked) == 1, "it is answered")
    before = re.findall(r"of before is (\S+);", server.follow("restore"))
    with closing(sqlite3.connect(before[0])) as db:
        assert db.execute("SELECT count(*) FROM conversation").fetchone() == (1,)


def test_a_running_bot_keeps_its_database(server: Server) -> None:
    server.start()
    server.follow("backup")
    [copy] = (server.folder / "var/backups/firstcheck").iterdir()
    with pytest.raises(StorageError, match="in use by another Firstcheck"):
        restore(server.site.database, copy, time.time())


def test_a_copy_that_is_none_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/db.sqlite3"
    open_mailbox(url).close()
    was = (tmp_path / "db.sqlite3").read_bytes()
    (tmp_path / "junk").write_text("no database", "utf-8")
    sqlite3.connect(tmp_path / "empty").close()
    (tmp_path / "cut").write_bytes(was[: len(was) // 2])
    back_up(url, tmp_path / "good")
    with closing(sqlite3.connect(tmp_path / "good")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    for name, told in {
        "junk": "not a database",
        "empty": "is no backup of Firstcheck",
        "cut": "could not be restored",
        "good": "newer version",
        "nowhere": "There is no backup",
    }.items():
        with pytest.raises(StorageError, match=told):
            restore(url, tmp_path / name, time.time())
        assert (tmp_path / "db.sqlite3").read_bytes() == was
        assert not list(tmp_path.glob("*.part*"))


def test_a_backup_is_never_written_over_and_only_for_its_owner(tmp_path: Path) -> None:
    url, copy = f"sqlite:///{tmp_path}/db.sqlite3", tmp_path / "copy"
    open_mailbox(url).close()
    back_up(url, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    with pytest.raises(StorageError, match="exists already"):
        back_up(url, copy)
    with pytest.raises(StorageError, match="could not be written"):
        back_up(url, tmp_path / "no/folder")
    with pytest.raises(StorageError, match="pg_dump"):
        back_up("postgresql://bot@127.0.0.1/bot", copy)


def test_postgresql_is_dumped_and_put_back_and_nothing_is_said_twice(
    postgres: Postgres, tmp_path: Path
) -> None:
    if not programs():
        pytest.skip("this wheel has no pg_dump")
    with site(_owned(postgres), tmp_path) as made:
        server = Server(tmp_path, made)
        made.ready(made.start("--role", "ingress")[1])
        asked = made.standin.people.post("sakura", "help-it", SEED)
        until(lambda: _count(server, "kind = 'report'") == 1, "it is taken")
        server.follow("backup-postgresql")
        made.ready(made.start("--role", "worker", **AT_ONCE)[1])
        until(lambda: server.answers(asked) == 1, "it is answered")
        server.stop()

        said = server.follow("restore-postgresql")
        assert "to be looked for in Slack before they are done: 1" in said
        assert "up to date" in said
        assert _count(server, "kind = 'report' AND done_at IS NULL") == 1
        made.ready(made.start(**AT_ONCE)[1])
        until(lambda: _count(server, "kind = 'post' AND done_at IS NOT NULL") == 1, "it is found")
        assert server.answers(asked) == 1
        server.stop()


def _owned(postgres: Postgres) -> str:
    """A database whose owner may do no more than that."""
    url = make_url(postgres.database())
    postgres.do(f"CREATE ROLE {url.database}_bot LOGIN")
    postgres.do(f"ALTER DATABASE {url.database} OWNER TO {url.database}_bot")
    owned = url.set(username=f"{url.database}_bot")
    return owned.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgresql")


def _open_posts(server: Server) -> int:
    return _count(server, "kind = 'post' AND done_at IS NULL")


def _count(server: Server, where: str) -> int:
    from sqlalchemy import create_engine, text

    engine = create_engine(server.site.database)
    with engine.connect() as db:
        found: int = db.execute(text(f"SELECT count(*) FROM task WHERE {where}")).scalar_one()  # noqa: S608  (ours)
    engine.dispose()
    return found
