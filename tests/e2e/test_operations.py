"""The bot as its operators see it: halves of it on PostgreSQL, health, metrics, and the end."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.workbench.standin import StandinThread
from bot.workbench.standin.cast import SATO
from tests.e2e.conftest import ROOT, _free_port, _options, until
from tests.e2e.test_reload import DRAFT

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
        self.root = ROOT
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
                cwd=self.root,
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
    wanted = [get(port, "/metrics")[1] for port in (ingress, worker)]
    assert "firstcheck_sockets_wanted 2.0" in wanted[0]
    assert "firstcheck_sockets_wanted 0.0" in wanted[1]
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
        failed = re.compile(r"^firstcheck_database_errors_total [1-9]", re.MULTILINE)
        until(lambda: bool(failed.search(get(port, "/metrics")[1])), "it is counted")
    finally:
        postgres.start()
    shared.ready(port)
    asked = shared.standin.people.post("sakura", "help-it", SEED)
    until(lambda: bool(shared.standin.replies(asked.channel, asked.ts)), "it is answered")


def test_rules_that_cannot_serve_are_shown_until_they_are_mended(
    alone: Site, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    _, port = alone.start(FIRSTCHECK_RULES=str(rules) + ":shipped")
    alone.ready(port)
    assert "firstcheck_rules_refused 0.0" in get(port, "/metrics")[1]
    (rules / "broken.yaml").write_text("id: [", encoding="utf-8")
    until(lambda: "firstcheck_rules_refused 1.0" in get(port, "/metrics")[1], "it is seen")
    (rules / "broken.yaml").unlink()
    until(lambda: "firstcheck_rules_refused 0.0" in get(port, "/metrics")[1], "it is over")


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
    assert second.wait(30) == 3, "which a service manager tries again"
    assert "FIRSTCHECK_DATABASE: " in alone.log.read_text()
    assert "is in use by another Firstcheck" in alone.log.read_text()


def test_a_port_that_is_taken_is_named_with_its_setting(alone: Site) -> None:
    with StandinThread() as other:
        taken = other.base_url.rsplit(":", 1)[1].split("/")[0]
        process, _ = alone.start(FIRSTCHECK_HEALTH_PORT=taken)
        assert process.wait(30) == 2
    assert "cannot be listened on: Address already in use. Change" in alone.log.read_text()
    assert "Change FIRSTCHECK_HEALTH_PORT" in alone.log.read_text()


@pytest.mark.parametrize(
    ("wrong", "named", "status"),
    [
        ({"FIRSTCHECK_RULES": "shipped:/nowhere/rules"}, "correct FIRSTCHECK_RULES", 2),
        (
            {"FIRSTCHECK_DATABASE": "sqlite:////proc/firstcheck.sqlite3"},
            "FIRSTCHECK_DATABASE: The",
            3,
        ),
        ({"FIRSTCHECK_DATABASE": "postgresql://127.0.0.1:9/x?sslmod=no"}, 'option "sslmod".\n', 3),
    ],
)
def test_what_cannot_be_used_is_named_with_its_setting(
    alone: Site, wrong: dict[str, str], named: str, status: int
) -> None:
    process, _ = alone.start(**wrong)
    assert process.wait(30) == status
    said = alone.log.read_text()
    assert named in said
    assert "Traceback" not in said


def test_a_half_without_a_token_does_not_open_the_workbench(alone: Site) -> None:
    process, _ = alone.start("--role", "worker", SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    assert process.wait(30) == 2
    assert "SLACK_BOT_TOKEN is not set" in alone.log.read_text()


def test_a_bot_whose_token_slack_refuses_does_not_start(alone: Site) -> None:
    process, _ = alone.start(SLACK_BOT_TOKEN="xoxb-not-it")
    assert process.wait(30) == 2
    said = alone.log.read_text()
    assert "SLACK_BOT_TOKEN: Slack refuses it: invalid_auth; copy the Bot User OAuth Token" in said
    assert "Traceback" not in said


def test_what_a_bot_lacks_in_slack_is_said_at_the_start(alone: Site) -> None:
    process, port = alone.start(FIRSTCHECK_TRIAGE_CHANNEL="C0NOWHERE")
    alone.ready(port)
    until(lambda: "at work" in alone.log.read_text(), "it works all the same")
    lacks = "WARNING bot: FIRSTCHECK_TRIAGE_CHANNEL: Slack says channel_not_found; invite the bot"
    assert lacks in alone.log.read_text()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_what_staff_ask_of_one_process_all_do(shared: Site, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    settings = {
        "FIRSTCHECK_RULES": os.pathsep.join(["shipped", str(rules)]),
        "FIRSTCHECK_STAFF": SATO.id,
        "WATCHFILES_FORCE_POLLING": "true",  # as on a disk that tells nobody of changes
        "WATCHFILES_POLL_DELAY_MS": "3600000",
    }
    for role in ("ingress", "worker", "worker"):
        _, port = shared.start("--role", role, **settings)
        shared.ready(port)
    (rules / "office").mkdir()
    (rules / "office" / "office-flux.yaml").write_text(DRAFT, "utf-8")
    shared.standin.people.command("sato", "general", "/firstcheck", "reload")
    read = "rules reloaded: version"
    until(lambda: shared.log.read_text().count(read) == 3, "all have read the rules")
    time.sleep(3.0)
    assert shared.log.read_text().count(read) == 3


@pytest.mark.parametrize("reason", ["link_disabled", "too_many_websockets"])
def test_a_bot_that_is_sent_away_does_not_hammer_slack_and_comes_back(
    alone: Site, reason: str
) -> None:
    _, port = alone.start(FIRSTCHECK_SOCKETS="1")
    alone.ready(port)
    slack = alone.standin.standin

    def asked() -> int:
        return [call.method for call in slack.calls].count("apps.connections.open")

    before = asked()
    slack.send_sockets_away(reason)
    until(lambda: get(port, "/readyz")[0] == 503, "it says that Slack is not connected")
    time.sleep(7.0)
    assert 1 <= asked() - before <= 3, "after 2, 4 and 8 seconds"
    slack.send_sockets_away("")
    alone.ready(port)
    root = alone.standin.people.post("sakura", "help-it", SEED)
    until(lambda: bool(alone.standin.replies(root.channel, root.ts)), "it is answered")


@pytest.mark.parametrize("role", ["all", "ingress", "worker"])
def test_it_is_not_ready_first_and_then_ends_in_time_under_load(shared: Site, role: str) -> None:
    process, port = shared.start("--role", role)
    shared.ready(port)
    others = {"all": ["all"], "ingress": ["ingress", "worker"], "worker": ["worker", "ingress"]}
    for other in others[role]:
        shared.ready(shared.start("--role", other)[1])
    over = threading.Event()
    load = threading.Thread(target=_post_until, args=(shared.standin, over), daemon=True)
    load.start()
    time.sleep(1.5)
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    until(lambda: get(port, "/readyz")[0] in {503, 0}, "it says so")
    assert get(port, "/readyz")[0] == 503, "before it stops to listen"
    assert checks(port)["not_stopping"] is False
    assert process.wait(30) == 0
    took = time.monotonic() - start
    over.set()
    load.join()
    assert took < 10
    assert "cut short" not in shared.log.read_text()
    taken = shared.standin.standin
    until(lambda: all(one.acked for one in taken.deliveries), "the others take all")


def _post_until(standin: StandinThread, over: threading.Event) -> None:
    """A load: thirty messages a second, some of which are answered."""
    for number in itertools.count():
        if over.wait(1 / 30):
            return
        text = SEED if number % 10 == 0 else "おはようございます"
        standin.people.post(("sakura", "alex", "sato")[number % 3], "help-it", text)


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
