"""The short form: real processes, killed, frozen and cut off; nothing lost, nothing answered twice.

`make faults` is the long form. The controls take a safeguard out and must be caught.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults import stories
from tests.faults.trial import trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.trial import Trial
    from tests.postgres import Postgres

pytestmark = [pytest.mark.faults, pytest.mark.timeout(400)]


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Trial]:
    with trial(f"sqlite:///{tmp_path}/db.sqlite3", tmp_path, seed=1) as made:
        yield made


@pytest.fixture
def on_http(tmp_path: Path) -> Iterator[Trial]:
    with trial(f"sqlite:///{tmp_path}/db.sqlite3", tmp_path, seed=3, http=True) as made:
        yield made


@pytest.fixture
def on_postgresql(postgres: Postgres, tmp_path: Path) -> Iterator[Trial]:
    with trial(postgres.database(), tmp_path, seed=2) as made:
        yield made


def test_killed_at_any_moment_on_a_file(on_sqlite: Trial) -> None:
    stories.killed(on_sqlite, kills=8)
    verdict = on_sqlite.judge()
    assert verdict.clean, verdict
    assert verdict.acked > 50


def test_replicas_killed_and_frozen_at_any_moment(on_postgresql: Trial) -> None:
    stories.replicas_killed(on_postgresql, kills=6, freezes=1)
    verdict = on_postgresql.judge()
    assert verdict.clean, verdict


def test_replicas_exchanged_one_by_one_leave_nothing_unanswered(on_postgresql: Trial) -> None:
    seen = stories.rolled(on_postgresql, times=3, rate=8.0)
    verdict = on_postgresql.judge()
    assert verdict.clean, verdict
    assert on_postgresql.pressed
    assert seen.connections >= 3, "who goes is replaced first"
    assert seen.unacknowledged <= 3, "what meets a connection on its way out, at most"


def test_gone_at_every_place_that_matters(on_sqlite: Trial) -> None:
    stories.exits(on_sqlite)
    verdict = on_sqlite.judge()
    assert verdict.clean, verdict


def test_gone_around_the_acknowledgement_of_a_request_of_slacks(on_http: Trial) -> None:
    stories.exits_over_http(on_http)
    verdict = on_http.judge()
    assert verdict.clean, verdict


def test_killed_while_reminders_fire(on_sqlite: Trial) -> None:
    stories.reminders(on_sqlite)
    verdict = on_sqlite.judge()
    assert verdict.clean, verdict


def test_a_full_disk_costs_nothing_but_time(on_http: Trial) -> None:
    stories.disk_full(on_http)
    verdict = on_http.judge()
    assert verdict.clean, verdict
    assert verdict.acked > 50


def test_frozen_with_a_request_ready_to_be_sent(on_postgresql: Trial) -> None:
    stories.frozen_before_the_write(on_postgresql)
    verdict = on_postgresql.judge()
    assert verdict.clean, verdict


def test_a_dead_replicas_work_is_taken_over(on_postgresql: Trial) -> None:
    assert stories.taken_over(on_postgresql) < 60
    assert on_postgresql.judge().clean


def test_the_database_restarts(on_postgresql: Trial, postgres: Postgres) -> None:
    stories.database_away(on_postgresql, postgres.stop, postgres.start)
    verdict = on_postgresql.judge()
    assert verdict.clean, verdict


# --- controls: the harness notices ----------------------------------------------------------------


def test_a_bot_that_answers_in_its_listener_is_caught(on_sqlite: Trial) -> None:
    stories.listener_killed(on_sqlite, kills=4)
    verdict = on_sqlite.judge(state=False, patience=5.0)
    assert verdict.lost
    assert verdict.doubled


def test_posting_again_without_looking_is_caught(on_sqlite: Trial) -> None:
    stories.exits(on_sqlite, ("write:after",), FAULTS_CONTROL="no_lookup")
    assert on_sqlite.judge().doubled


def test_sending_without_asking_for_the_lease_is_caught(on_postgresql: Trial) -> None:
    stories.frozen_before_the_write(on_postgresql, FAULTS_CONTROL="no_guard")
    assert on_postgresql.judge().doubled


def test_reading_later_than_two_quiet_times_is_the_documented_limit(on_sqlite: Trial) -> None:
    stories.blind_look_ups(on_sqlite, messages=3)
    verdict = on_sqlite.judge()
    assert verdict.lost == 0
    assert verdict.doubled == 3
