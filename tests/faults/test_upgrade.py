"""Versions follow each other: rows of an older one, and work only a newer one knows."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack, closing
from dataclasses import fields, replace
from random import Random
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import text
from typing_extensions import override

from bot.helpdesk.codec import INBOUND, ONCE_ONLY
from bot.helpdesk.incoming import Place
from bot.helpdesk.moment import STATE_VERSION
from bot.helpdesk.ports import Done, NewTask
from bot.slack.handler import UNKNOWN_KIND_S, Handler
from bot.slack.ids import Wire, post_id
from bot.slack.worker import Worker
from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.storage.mailbox import open_mailbox
from bot.workbench.standin import cast
from tests.faults.echo_bot import Echo
from tests.faults.indoors import (
    LEASE,
    MONDAY,
    SETTINGS,
    Indoors,
    empty,
    in_memory,
    indoors,
    sqlite_url,
)  # fmt: skip
from tests.helpdesk import office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from bot.helpdesk.incoming import Incoming
    from bot.helpdesk.ports import CaseNote, Json, Lease, Mailbox
    from bot.slack.handler import Step
    from tests.postgres import Postgres


@pytest.fixture(scope="module")
def home() -> Iterator[Indoors]:
    logging.disable(logging.CRITICAL)
    with indoors() as made:
        yield made
    logging.disable(logging.NOTSET)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    with ExitStack() as opened:
        if request.param == "sqlite":
            yield opened.enter_context(sqlite_url())
        else:
            server: Postgres = request.getfixturevalue("postgres")
            yield server.database()


@pytest.fixture
def mailbox(url: str) -> Iterator[Callable[[], Mailbox]]:
    with empty(url) as emptied:
        yield emptied


# --- an older version -----------------------------------------------------------------------------


def test_what_the_first_version_left_is_finished_by_this_one(home: Indoors, url: str) -> None:
    """A message not answered, a post perhaps sent, a reminder due: tables and bodies as of then."""
    engine = make_engine(url)
    migrations.upgrade(engine, "0001")
    home.move_in(in_memory(), office.desk().step)
    people = home.slack.people
    asked, open_, sent = (people.post("sakura", "help-it", office.MAIL_EN).ts for _ in range(3))
    home.slack._web_api._perform(
        "chat.postMessage",
        SETTINGS.bot_token,
        {
            "channel": cast.HELP_IT.id,
            "thread_ts": sent,
            "text": "sent before",
            "metadata": {"event_type": Wire.POSTED, "event_payload": {"id": post_id("post:sent")}},
        },
    )
    rows = [
        ("msg:asked", asked, "report", 0.0, report(asked), None),
        ("timer:open", open_, "timer", MONDAY - 1, timer(open_), None),
        ("post:sent", sent, "post", 0.0, post(sent), MONDAY - 5),
    ]
    with engine.begin() as db:
        for row in rows:
            write_as_then(db, *row)
    engine.dispose()
    with closing(open_mailbox(url, lease_seconds=LEASE, outward=ONCE_ONLY)) as mailbox:
        home.begin(mailbox, office.desk().step)
        home.rest(MONDAY + 60)
        assert [m.text for m in home.slack.replies("help-it", sent)] == ["sent before"]
        (answer,) = home.slack.replies("help-it", asked)
        assert "registered full name" in answer.text
        (nudge,) = home.slack.replies("help-it", open_)
        assert "How did it go?" in nudge.text
        assert mailbox.backlog(home.now).lanes == 0


def write_as_then(  # noqa: PLR0913, PLR0917  (the columns of then)
    db: Connection, id_: str, thread: str, kind: str, due: float, body: Json, tried: float | None
) -> None:
    lane = key(thread)
    state = {"v": 1, "case": CASE} if kind == "timer" else {}
    db.execute(
        text(
            "INSERT INTO task (id, lane, kind, due_at, body, attempts, maybe_sent, first_try, "
            "last_try) VALUES (:id, :lane, :kind, :due, :body, :tries, :sent, :tried, :tried)"
        ),
        {"id": id_, "lane": lane, "kind": kind, "due": due, "body": json.dumps(body),
         "tries": int(tried is not None), "sent": tried is not None, "tried": tried},
    )  # fmt: skip
    db.execute(
        text(
            "INSERT INTO lane (key, state, wake_at, lease_until, fence) "
            "VALUES (:lane, :state, :due, 0, 7)"
        ),
        {"lane": lane, "state": json.dumps(state), "due": due},
    )


CASE: Final = {
    "id": "FC-0001AA", "asker": cast.SAKURA.id, "language": "en", "opened_at": MONDAY - 20_000,
    "rule_id": "mail-refused", "turn": 1, "said": 1, "step": "fix:name",
}  # fmt: skip
"""A conversation with the fields it had in the beginning."""


def key(thread: str) -> str:
    return Place(cast.TEAM.id, cast.HELP_IT.id, thread).key


def place(thread: str) -> Json:
    return {"team": cast.TEAM.id, "channel": cast.HELP_IT.id, "thread": thread}


def report(ts: str) -> Json:
    return {"place": place(ts), "who": cast.SAKURA.id, "ts": ts, "text": office.MAIL_EN}


def timer(thread: str) -> Json:
    return {"place": place(thread), "name": "nudge", "turn": 1}


def post(thread: str) -> Json:
    reply = {"lines": [{"text": "sent before"}]}
    return {"place": place(thread), "lane": key(thread), "turn": 1, "reply": reply}


# --- a newer version beside this one --------------------------------------------------------------


class Newer(Handler):
    """The next version: it also knows `digest`, and states of version 2."""

    __slots__ = ()

    @override
    def _handle(self, lease: Lease) -> Lease | None:
        if lease.task.kind == "digest":
            done = {**lease.state, "v": 2, "digests": lease.state.get("digests", 0) + 1}
            return self.mailbox.finish(lease, Done(state=done), self.clock())
        return self._advance(lease) if lease.task.kind in INBOUND else super()._handle(lease)


@pytest.mark.parametrize("chance", range(4))
def test_two_versions_side_by_side_lose_nothing_and_spoil_nothing(
    home: Indoors, mailbox: Callable[[], Mailbox], chance: int
) -> None:
    """Replicas are exchanged: whichever comes first, what only the newer knows is left to it."""
    home.move_in(mailbox(), keeping(Echo().step))
    dice = Random(chance)  # noqa: S311  (no secret)
    old = home.worker
    handler = Newer(**{f.name: getattr(home.handler, f.name) for f in fields(Handler)})
    new = Worker(home.mailbox, handler, SETTINGS, home.clock)
    threads = [home.slack.people.post("sakura", "help-it", "Error").ts for _ in range(3)]
    for number in range(12):
        thread = dice.choice(threads)
        digest = NewTask(id=f"digest:{number}", lane=key(thread), kind="digest", body={})
        home.mailbox.accept([digest], home.now)
        home.slack.people.post("sakura", "help-it", "Error", thread)
        for payload in home.to_deliver():
            assert home.deliver(payload)
        dice.choice([old, old, new]).drain()
        home.now += dice.choice([0.0, UNKNOWN_KIND_S + 1])
    old.drain()
    waiting = home.mailbox.backlog(home.now + 2 * UNKNOWN_KIND_S).lanes
    assert waiting, "the older version alone cannot end it"
    while home.mailbox.next_wake() is not None:
        home.now += UNKNOWN_KIND_S + 1
        new.drain()
    wanted = [m for m in home.messages("help-it") if not m.bot_id]
    for thread in threads:
        theirs = [m.ts for m in wanted if m.root_ts == thread]
        said = [m.text.split() for m in home.slack.replies("help-it", thread) if m.bot_id]
        assert said == [[str(n), ts] for n, ts in enumerate(theirs, 1)]
    states = [home.mailbox.peek(key(thread)) or {} for thread in threads]
    assert sum(state.get("digests", 0) for state in states) == 12
    notices = [m for m in home.messages("helpdesk-triage") if "digest" in m.text]
    assert len(notices) == 1, "those who run it are told, once"


def keeping(step: Step) -> Step:
    """As this version and the next do: each writes the fields it knows, and no others."""

    def stepping(state: Json, incoming: Incoming, now: float, recent: CaseNote | None) -> Done:
        done = step(state, incoming, now, recent)
        if done.state is None or state.get("v", 1) == 1:
            return done
        return replace(done, state={**state, **done.state})

    return stepping


def test_a_conversation_a_newer_version_wrote_is_left_to_it(
    home: Indoors, mailbox: Callable[[], Mailbox]
) -> None:
    home.move_in(mailbox(), office.desk().step)
    thread = home.slack.people.post("sakura", "help-it", office.MAIL_EN).ts
    later = {"v": STATE_VERSION + 1, "case": None, "told_by_phone": True}
    home.mailbox.accept([NewTask(id="x", lane=key(thread), kind="digest", body={})], home.now)
    lease = home.mailbox.claim("newer", home.now)
    assert lease
    home.mailbox.finish(lease, Done(state=later), home.now)
    for payload in home.to_deliver():
        assert home.deliver(payload)
    home.work()
    assert home.mailbox.peek(key(thread)) == later
    assert not home.slack.replies("help-it", thread)
    assert home.mailbox.next_wake() == home.now + UNKNOWN_KIND_S, "kept for the version that can"
