"""Several processes on one PostgreSQL: one clock, nothing done twice, a server that restarts."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.errors import LostLease, StorageError
from bot.helpdesk.ports import Done, NewTask
from bot.storage import migrations, tables
from bot.storage.database_clock import READ_EVERY, DatabaseClock, elapsed
from bot.storage.engine import make_engine
from bot.storage.mailbox import open_mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from bot.helpdesk.ports import Lease
    from bot.storage.mailbox import SqlMailbox
    from tests.postgres import Postgres


def task(id_: str, lane: str = "A") -> NewTask:
    return NewTask(id=id_, lane=lane, kind="event", body={})


def finish_crosswise(
    mailbox: SqlMailbox, lease: Lease | None, turn: int, both: threading.Barrier
) -> None:
    """Finish with new tasks for the other lane, at the same time as the other lane's worker."""
    assert lease is not None
    other = "B" if lease.lane == "A" else "A"
    more = [task(f"{lease.lane}{turn}:{k}", other) for k in range(5)]
    both.wait()
    following = mailbox.finish(lease, Done(new=more), 1.0)
    while following:
        following = mailbox.finish(following, Done(), 1.0)


@pytest.fixture
def replicas(postgresql_url: str) -> Iterator[list[SqlMailbox]]:
    with ExitStack() as opened:
        yield [opened.enter_context(closing(open_mailbox(postgresql_url))) for _ in range(3)]


def test_replicas_share_the_work_and_keep_the_order(replicas: list[SqlMailbox]) -> None:
    done: list[str] = []

    def work(mailbox: SqlMailbox, name: str) -> None:
        lease = mailbox.claim(name, 1.0)
        while lease:
            done.append(lease.task.id)
            lease = mailbox.finish(lease, Done(), 1.0)

    wanted = [(f"L{n % 7}", n) for n in range(70)]
    replicas[0].accept([task(f"{lane}:{n:02}", lane) for lane, n in wanted], 1.0)
    threads = [
        threading.Thread(target=work, args=(box, f"r{n}")) for n, box in enumerate(replicas * 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(done) == Counter(f"{lane}:{n:02}" for lane, n in wanted)
    for lane in {lane for lane, _ in wanted}:
        mine = [id_ for id_ in done if id_.startswith(lane)]
        assert mine == sorted(mine)


def test_a_dead_replicas_work_is_taken_over_when_its_lease_ends(replicas: list[SqlMailbox]) -> None:
    dead, other, _ = replicas
    dead.accept([task("e1")], 1.0)
    lease = dead.claim("dead", 1.0)
    assert lease is not None
    assert other.claim("other", lease.until - 0.1) is None
    assert other.claim("other", lease.until) is not None
    with pytest.raises(LostLease):
        dead.finish(lease, Done(), lease.until + 1)


def test_a_replica_frozen_in_the_middle_of_a_transaction_keeps_nobody_waiting(
    replicas: list[SqlMailbox],
) -> None:
    """Its connection stands, and so would its lock on the conversation."""
    frozen, other, _ = replicas
    other.accept([task("e1")], 1.0)
    begun, go_on = threading.Event(), threading.Event()

    def work(db: Connection) -> int:
        done = db.execute(update(tables.lane).values(fence=tables.lane.c.fence)).rowcount
        if not begun.is_set():
            begun.set()
            go_on.wait(60)
        return done

    with ThreadPoolExecutor() as pool:
        held = pool.submit(frozen._write_on, work)
        assert begun.wait(10)
        start = time.monotonic()
        other.accept([task("e2")], 2.0)
        assert other.claim("other", 2.0) is not None
        assert time.monotonic() - start < 30, "as long as the frozen one was held here"
        go_on.set()
        assert held.result(10) == 1, "what it had begun is done again"


def test_conversations_that_write_to_each_other_do_not_block_each_other(
    replicas: list[SqlMailbox],
) -> None:
    """Each holds its own lane and wakes the other's: PostgreSQL undoes one, and it goes on."""
    for turn in range(15):
        replicas[0].accept([task(f"a{turn}", "A"), task(f"b{turn}", "B")], 1.0)
        leases = [box.claim(f"r{n}", 1.0) for n, box in enumerate(replicas[:2])]
        both = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            for lease, box in zip(leases, replicas, strict=False):
                pool.submit(finish_crosswise, box, lease, turn, both)
        assert replicas[0].backlog(2.0).lanes == 0


def test_replicas_that_tidy_at_the_same_moment_do_it_once_and_disturb_nobody(
    replicas: list[SqlMailbox],
) -> None:
    """The hourly tick, while messages come in and are done."""
    old = [task(f"old{n}", f"L{n % 300}") for n in range(1200)]
    replicas[0].accept(old, 1.0)
    lease = replicas[0].claim("w", 1.0)
    while lease:
        lease = replicas[0].finish(lease, Done(result={"said": "x"}), 1.0)
    tick = threading.Barrier(3)

    def tidy(mailbox: SqlMailbox) -> int:
        tick.wait()
        return mailbox.set_right(100.0) + mailbox.purge(50.0)

    fresh = [task(f"new{n}", f"L{n % 300}") for n in range(600)]
    with ThreadPoolExecutor(4) as pool:
        tidied = [pool.submit(tidy, box) for box in replicas]
        for n in range(0, 600, 20):
            assert replicas[0].accept(fresh[n : n + 20], 100.0) == 20
        assert sum(future.result() for future in tidied) <= 1200 + 300, "nothing is counted twice"
    replicas[1].purge(50.0)
    done: list[str] = []
    lease = replicas[1].claim("w", 101.0)
    while lease:
        done.append(lease.task.id)
        lease = replicas[1].finish(lease, Done(), 101.0)
    assert sorted(done) == sorted(t.id for t in fresh)
    assert replicas[2].accept(old, 101.0) == 0, "what was done is still known"


def test_replicas_that_start_together_make_the_tables_once(postgres: Postgres) -> None:
    url = postgres.database()
    with ThreadPoolExecutor(4) as pool:
        boxes = list(pool.map(lambda _: open_mailbox(url), range(4)))
    boxes[0].accept([task("e1")], 1.0)
    assert boxes[3].claim("w", 1.0) is not None
    for box in boxes:
        box.close()


def test_nothing_is_written_into_tables_that_are_up_to_date(postgresql_url: str) -> None:
    """So that the bot may run without the right to change them."""
    engine = make_engine(postgresql_url)
    with engine.begin() as holder:
        holder.exec_driver_sql("LOCK TABLE alembic_version IN SHARE MODE")
        open_mailbox(postgresql_url).close()
    engine.dispose()


def test_a_cut_connection_costs_one_call_at_most(postgres: Postgres) -> None:
    with closing(open_mailbox(postgres.database())) as mailbox:
        mailbox.accept([task("e1")], 1.0)
        postgres.disconnect_all()
        assert mailbox.accept([task("e2")], 1.0) == 1
        assert mailbox.backlog(2.0).lanes == 1


def test_a_server_that_is_down_is_named_and_comes_back(postgres: Postgres) -> None:
    with closing(open_mailbox(postgres.database())) as mailbox:
        postgres.stop()
        try:
            with pytest.raises(StorageError, match="could not be written"):
                mailbox.accept([task("e1")], 1.0)
            with pytest.raises(StorageError, match="could not be read"):
                mailbox.backlog(1.0)
        finally:
            postgres.start()
        assert mailbox.accept([task("e1")], 1.0) == 1


def test_the_clock_of_all_is_the_databases(postgresql_url: str) -> None:
    passed = 0.0
    engine = make_engine(postgresql_url)
    clock = DatabaseClock(engine, lambda: elapsed() + passed)
    with engine.connect() as db:
        server = float(
            db.exec_driver_sql("SELECT extract(epoch FROM clock_timestamp())").scalar_one()
        )
    assert abs(clock() - server) < 5
    before = clock()
    passed = READ_EVERY / 2
    assert clock() - before >= passed, "in between, what passes here is added"
    passed = 10 * READ_EVERY
    clock()
    assert abs(clock() - time.time()) < 60, "and what goes wrong here is put right again"
    engine.dispose()


def test_a_clock_outlives_its_database(postgres: Postgres) -> None:
    ahead = 0.0
    engine = make_engine(postgres.database())
    clock = DatabaseClock(engine, lambda: elapsed() + ahead)
    before = clock()
    postgres.stop()
    try:
        ahead = 2 * READ_EVERY
        assert clock() >= before + ahead
    finally:
        postgres.start()
    engine.dispose()


def test_rows_of_the_version_before_are_done_by_this_one(postgres: Postgres) -> None:
    """Both versions are at work while replicas are exchanged one by one."""
    url = postgres.database()
    engine = make_engine(url)
    migrations.upgrade(engine, "0001")
    old = (
        "INSERT INTO task (id, lane, kind, due_at, body, attempts, maybe_sent) "
        "VALUES ('{0}', 'A', 'event', 0, '{{}}', 0, false)"
    )
    with engine.begin() as db:
        db.exec_driver_sql(old.format("before"))
        db.exec_driver_sql(
            "INSERT INTO lane (key, wake_at, lease_until, fence) VALUES ('A', 0, 0, 0)"
        )
    with closing(open_mailbox(url)) as mailbox:
        with engine.begin() as db:
            db.exec_driver_sql(old.format("meanwhile"))
        first = mailbox.claim("w", 1.0)
        assert first is not None
        second = mailbox.finish(first, Done(), 1.0)
        assert second is not None
        assert (first.task.id, second.task.id) == ("before", "meanwhile")
    engine.dispose()
