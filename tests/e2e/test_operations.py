"""The bot as its operators see it: halves of it on PostgreSQL, health, metrics, and the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.workbench.standin import StandinThread
from tests.e2e.conftest import ROOT, _free_port, _options, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import Postgres

SEED = "Outlookの設定で「メール サーバーに対して、暗号化された接続を使用できません」と出ます"
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Site:
    """A workspace and the processes of one installation."""

    def __init__(self, standin: StandinThread, database: str, log: Path) -> None:
        self.standin = standin
        self.database = database
        self.log = log
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str, **environ: str) -> tuple[subprocess.Popen[bytes], int]:
        """`firstcheck run …`, and the port of its health."""
        port = _free_port()
        settings = {
            "SLACK_BOT_TOKEN": self.standin.bot_token,
            "SLACK_API_URL": self.standin.base_url,
            "SLACK_APP_TOKEN": self.standin.app_token,
            "FIRSTCHECK_DATABASE": self.database,
            "FIRSTCHECK_HEALTH_PORT": str(port),
        }
        clean = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", *words],
                cwd=ROOT,
                env={**clean, **settings, **environ},
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process, port

    def ready(self, port: int) -> None:
        until(lambda: get(port, "/readyz")[0] == 200, "it is ready")


@contextmanager
def site(database: str, folder: Path) -> Iterator[Site]:
    with StandinThread(_options()) as standin:
        made = Site(standin, database, folder / "log")
        try:
            yield made
        finally:
            for process in made.processes:
                process.kill()
                process.wait()


@pytest.fixture
def shared(postgres: Postgres, tmp_path: Path) -> Iterator[Site]:
    with site(postgres.database(), tmp_path) as made:
        yield made


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Site]:
    with site(f"sqlite:///{tmp_path}/db.sqlite3", tmp_path) as made:
        yield made


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body; 0 where nobody listens."""
    try:
        with NO_PROXY.open(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def checks(port: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(port, "/readyz")[1])["checks"]
    return found


def test_one_half_listens_and_another_works(shared: Site) -> None:
    _, ingress = shared.start("--role", "ingress")
    shared.ready(ingress)
    asked = shared.standin.people.post("sakura", "help-it", SEED)
    until(lambda: 'outcome="accepted"} 1.0' in get(ingress, "/metrics")[1], "it is taken")
    assert "firstcheck_backlog_conversations 1.0" in get(ingress, "/metrics")[1]
    assert shared.standin.replies(asked.channel, asked.ts) == []

    _, worker = shared.start("--role", "worker")
    shared.ready(worker)
    until(lambda: bool(shared.standin.replies(asked.channel, asked.ts)), "it is answered")
    assert shared.standin.standin.sockets.connections == 2, "the ingress's; a worker needs none"
    shown = get(worker, "/metrics")[1]
    assert 'firstcheck_tasks_total{kind="post",outcome="sent"} 1.0' in shown
    assert "暗号化" not in shown
    assert asked.user not in shown


def test_ready_is_the_truth(shared: Site, postgres: Postgres) -> None:
    postgres.stop()
    _, port = shared.start(FIRSTCHECK_SOCKETS="1")
    until(lambda: "waiting for the database" in shared.log.read_text(), "it waits")
    postgres.start()
    shared.ready(port)
    postgres.stop()
    try:
        until(lambda: get(port, "/readyz")[0] == 503, "it says so")
        assert checks(port)["database"] is False
        assert get(port, "/healthz")[0] == 200, "a restart would not help"
        assert "firstcheck_database_up 0.0" in get(port, "/metrics")[1]
    finally:
        postgres.start()
    shared.ready(port)
    asked = shared.standin.people.post("sakura", "help-it", SEED)
    until(lambda: bool(shared.standin.replies(asked.channel, asked.ts)), "it is answered")


def test_a_bot_without_slack_is_alive_and_not_ready_and_ends_when_told(alone: Site) -> None:
    process, port = alone.start(SLACK_API_URL="http://127.0.0.1:9/api/")
    until(lambda: get(port, "/healthz")[0] == 200, "it is alive")
    assert checks(port) == {
        "threads": True, "database": True, "not_stopping": True, "slack_connected": False
    }  # fmt: skip
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_it_ends_within_ten_seconds_while_slack_keeps_it_waiting(alone: Site) -> None:
    process, port = alone.start()
    alone.ready(port)
    alone.standin.faults.delay("chat.postMessage", 60.0)
    alone.standin.people.post("sakura", "help-it", SEED)
    until(lambda: "firstcheck_backlog_conversations 1.0" in get(port, "/metrics")[1], "it is busy")
    time.sleep(0.5)
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert time.monotonic() - start < 20  # 6 s; a busy machine takes its time


def test_a_second_bot_on_the_same_file_is_told_why_it_may_not(alone: Site) -> None:
    _, port = alone.start()
    alone.ready(port)
    second, _ = alone.start()
    assert second.wait(30) == 2
    assert "is in use by another Firstcheck" in alone.log.read_text()


def test_a_port_that_is_taken_is_named_with_its_setting(alone: Site) -> None:
    with StandinThread() as other:
        taken = other.base_url.rsplit(":", 1)[1].split("/")[0]
        process, _ = alone.start(FIRSTCHECK_HEALTH_PORT=taken)
        assert process.wait(30) == 2
    assert "Change FIRSTCHECK_HEALTH_PORT" in alone.log.read_text()


def test_the_port_slack_uses_shows_no_metrics(alone: Site) -> None:
    port = str(_free_port())
    secret = alone.standin.standin.signing_secret
    by_http = {"SLACK_SIGNING_SECRET": secret, "SLACK_APP_TOKEN": "", "FIRSTCHECK_HTTP_PORT": port}
    process, _ = alone.start(**by_http, FIRSTCHECK_HEALTH_PORT="")
    alone.ready(int(port))
    assert get(int(port), "/metrics") == (404, "")
    assert get(int(port), "/readyz") == (200, '{"ok": true}')
    process.send_signal(signal.SIGTERM)
    process.wait(30)

    _, health = alone.start(**by_http)
    alone.ready(health)
    assert get(health, "/metrics")[0] == 200
    assert [get(int(port), path)[0] for path in ("/metrics", "/healthz", "/readyz")] == [404] * 3
