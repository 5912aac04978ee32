"""What monitoring is told: the truth, also when the database is away."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any

import pytest

from bot import __version__
from bot.errors import StorageError
from bot.helpdesk.ports import Backlog
from bot.telemetry.health import Health, observed, observed_in_public
from bot.telemetry.metrics import Metrics


def down() -> Backlog:
    raise StorageError("no connection")


def metrics(*, database: bool = True) -> Metrics:
    made = Metrics()
    made.watch((lambda: Backlog(3, 1.5)) if database else down, lambda: 2)
    return made


def get(app: Any, path: str, method: str = "GET") -> tuple[int, str]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path}
    asyncio.run(app(scope, None, send))
    return sent[0]["status"], sent[1]["body"].decode()


def health(*, alive: bool = True, ready: bool = True) -> Health:
    return Health({"threads": lambda: alive}, {"database": lambda: ready})


@pytest.mark.parametrize(
    ("alive", "ready", "healthz", "readyz"),
    [(True, True, 200, 200), (True, False, 200, 503), (False, True, 503, 503)],
)
def test_alive_and_ready_are_two_things(
    alive: bool,  # noqa: FBT001  (the case)
    ready: bool,  # noqa: FBT001
    healthz: int,
    readyz: int,
) -> None:
    app = observed(health(alive=alive, ready=ready), metrics())
    assert get(app, "/healthz")[0] == healthz
    status, body = get(app, "/readyz")
    assert status == readyz
    assert json.loads(body)["checks"] == {"threads": alive, "database": ready}


def test_a_check_that_breaks_or_takes_too_long_is_no_good_sign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.telemetry.health.PATIENCE", 0.05)
    never = threading.Event()
    hangs = Health({}, {"database": lambda: never.wait(20)})
    breaks = Health({}, {"database": lambda: bool(1 / 0)})
    assert get(observed(hangs, metrics()), "/readyz")[0] == 503
    assert get(observed(breaks, metrics()), "/readyz")[0] == 503
    never.set()


def test_metrics_are_read_also_without_a_database() -> None:
    counted = metrics(database=False)
    counted.event("accepted", 0.02)
    status, text = get(observed(health(), counted), "/metrics")
    assert status == 200
    assert 'firstcheck_events_total{outcome="accepted"} 1.0' in text
    assert 'firstcheck_ack_seconds_bucket{le="0.025"} 1.0' in text
    assert "firstcheck_database_up 0.0" in text
    assert "firstcheck_backlog" not in text


def test_the_backlog_is_read_when_it_is_asked_for() -> None:
    text = get(observed(health(), metrics()), "/metrics")[1]
    assert "firstcheck_backlog_conversations 3.0" in text
    assert "firstcheck_backlog_seconds 1.5" in text
    assert "firstcheck_sockets 2.0" in text
    assert f'firstcheck_build_info{{version="{__version__}"}} 1.0' in text


def test_what_worries_is_shown_before_it_happens() -> None:
    text = get(observed(health(), metrics()), "/metrics")[1]
    assert 'firstcheck_events_total{outcome="refused"} 0.0' in text
    assert 'firstcheck_tasks_total{kind="post",outcome="set_aside"} 0.0' in text
    assert 'firstcheck_tasks_total{kind="unknown",outcome="left"} 0.0' in text


def test_nothing_else_is_served() -> None:
    assert get(observed(health(), metrics()), "/")[0] == 404
    assert get(observed(health(), metrics()), "/healthz", "POST")[0] == 404


async def inner(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inner"})


def test_where_the_world_can_ask_it_is_told_yes_or_no() -> None:
    app = observed_in_public(health(ready=False), inner)
    assert get(app, "/healthz") == (200, '{"ok": true}')
    assert get(app, "/readyz") == (503, '{"ok": false}')
    assert get(app, "/metrics") == (200, "inner")
    assert get(app, "/healthz", "POST") == (200, "inner")


def test_asking_often_is_no_work_for_the_database() -> None:
    asked: list[int] = []

    def answers() -> bool:
        asked.append(1)
        time.sleep(0.05)
        return True

    app = observed(Health({}, {"database": answers}), metrics())

    async def story() -> None:
        async def send(_message: Any) -> None:
            pass

        scope = {"type": "http", "method": "GET", "path": "/readyz"}
        await asyncio.gather(*(app(scope, None, send) for _ in range(50)))
        await asyncio.gather(*(app(scope, None, send) for _ in range(50)))

    asyncio.run(story())
    assert len(asked) == 1
