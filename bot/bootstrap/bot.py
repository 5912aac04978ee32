"""Everything behind the socket, wired: mailbox, workers, messenger and the desk."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy.exc import OperationalError

from bot.bootstrap.clock import clock as wall_clock
from bot.bootstrap.role import Role
from bot.core.text.language import Language
from bot.core.wording.reply import Line, Reply
from bot.core.wording.sentences import sentence
from bot.errors import StorageError
from bot.helpdesk.codec import ONCE_ONLY
from bot.helpdesk.ports import Mailbox, Meter, NewTask, Unmeasured
from bot.helpdesk.reload import News, announcement
from bot.slack.directory import Directory
from bot.slack.handler import Handler
from bot.slack.logs import where
from bot.slack.messenger import Messenger
from bot.slack.operators import Operators
from bot.slack.settings import SlackSettings
from bot.slack.worker import Worker
from bot.storage.mailbox import SqlMailbox
from bot.storage.mailbox import open_mailbox as open_sql_mailbox
from bot.storage.writer import GroupCommit

if TYPE_CHECKING:
    from bot.config import Config
    from bot.helpdesk.incoming import Incoming, Report
    from bot.helpdesk.ports import CaseNote, Done, Json

log = logging.getLogger("bot")

_AN_HOUR: Final = 3600.0
_POLL: Final = 0.5
_SHARED_POLL: Final = 0.25
"""Seconds between looks for what is due, and where there are others, for what they accepted."""
_WORK_ENDS: Final = 5.0
_COMMIT_ENDS: Final = 2.0
_WATCH_ENDS: Final = 0.5
"""Seconds each is given to end; with those of `serve` and `listen` less than ten together."""


class Desks(Protocol):
    """The desk in force, and whatever exchanges it; see `bot.bootstrap.desk.LiveDesk`."""

    @property
    def listeners(self) -> list[Callable[[News], None]]:
        """Who is told when it was exchanged, or could not be."""

    def step(
        self, state: Json, incoming: Incoming, now: float, recent: CaseNote | None = None
    ) -> Done:
        """What follows from one incoming thing."""

    def matters(self, report: Report) -> bool:
        """Whether it is more than chatter."""

    def reload(self) -> News:
        """Exchange it now, if there is a new one."""

    def watch(self, stop: threading.Event) -> None:
        """Exchange it when there is a new one, until told to stop. Blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """How a bot is put together, where it differs from one process alone."""

    retention: float = 0.0
    """Seconds that text is kept; 0 is for ever."""
    role: Role = Role.ALL
    meter: Meter = field(default_factory=Unmeasured)
    language: Language = Language.JA
    """Of what those who run it are told."""
    directory: Directory | None = None
    """Where many workspaces install the app."""
    beside: Callable[[threading.Event], None] | None = None
    """What else goes on in a thread of its own until told to stop."""


@dataclass(frozen=True, slots=True)
class Bot:
    """Mailbox, workers and the desk, wired. `start` it, feed it through `accept`, `stop` it."""

    live: Desks
    mailbox: Mailbox
    accept: Callable[[Sequence[NewTask]], Future[None]]
    """Done when the tasks are kept; then Slack may be told."""
    start: Callable[[], None]
    stop: Callable[[], bool]
    """Finish what is being done; whether all ended in time."""
    alive: Callable[[], bool]
    """Whether all its threads are there and get on with their work."""
    clock: Callable[[], float]
    """The time it goes by."""


def make_bot(
    settings: SlackSettings, live: Desks, mailbox: Mailbox, wiring: Wiring | None = None
) -> Bot:
    """The bot over this mailbox, answering through the Slack of `settings`.

    Raises:
        StorageError: the database cannot be asked for its time.
    """
    wiring = wiring or Wiring()
    clock = (mailbox.clock() if isinstance(mailbox, SqlMailbox) else None) or wall_clock
    handler = Handler(
        mailbox=mailbox,
        step=live.step,
        messenger=Messenger(settings, clock, directory=wiring.directory),
        failure_reply=failure_reply,
        settings=settings,
        clock=clock,
        operators=Operators(settings.triage_channel, wiring.language, wiring.directory),
        meter=wiring.meter,
        directory=wiring.directory,
    )
    commit = GroupCommit(mailbox)
    worker = Worker(mailbox, handler, settings, clock, commit.waiting)
    over = threading.Event()

    def accept(tasks: Sequence[NewTask]) -> Future[None]:
        kept = commit.accept(tasks, clock())
        kept.add_done_callback(partial(_count_failure, wiring.meter))
        kept.add_done_callback(lambda _: worker.notify())
        return kept

    def tell_staff(news: News) -> None:
        if settings.triage_channel and (task := announcement(news, settings.triage_channel)):
            accept((task,))

    live.listeners.append(tell_staff)

    def start() -> None:
        if wiring.beside:
            threading.Thread(target=wiring.beside, args=(over,), daemon=True).start()
        if not wiring.role.works:
            return
        worker.start()
        tidying = (mailbox, wiring.retention, clock, over)
        threading.Thread(target=_tidy_hourly, args=tidying, daemon=True).start()

    def stop() -> bool:
        over.set()
        commit.close(_COMMIT_ENDS)
        ended = worker.stop(_WORK_ENDS)
        mailbox.close()
        return ended

    def alive() -> bool:
        return commit.alive() and worker.alive()

    return Bot(live, mailbox, accept, start, stop, alive, clock)


def _count_failure(meter: Meter, kept: Future[None]) -> None:
    if not kept.cancelled() and isinstance(kept.exception(), StorageError):
        meter.database_failed()


def _tidy_hourly(
    mailbox: Mailbox, retention: float, clock: Callable[[], float], over: threading.Event
) -> None:
    """Mend what a wrong clock left, and forget what is older than the retention period, if any."""
    while True:
        try:
            if lanes := mailbox.set_right(clock()):
                log.warning("the clock was set back: %d conversations go on at once", lanes)
            if retention and (rows := mailbox.purge(clock() - retention)):
                log.info("purged %d rows", rows)
        except StorageError as error:
            log.error("not tidied; trying again in an hour: %s", error)  # noqa: TRY400  (it names no row)
        except Exception as error:  # noqa: BLE001  (a bug must not keep for ever what people pasted)
            log.error("not tidied; trying again in an hour: %s", where(error))  # noqa: TRY400
        if over.wait(_AN_HOUR):
            return


def failure_reply(token: str) -> Reply:
    """What a person is told when something broke: a sentence and the token, in both languages."""
    return Reply(tuple(Line(sentence("failure", language, token=token)) for language in Language))


def slack_settings(config: Config) -> SlackSettings:
    """What the Slack face is told."""
    return SlackSettings(
        bot_token=config.bot_token,
        app_token=config.app_token,
        signing_secret=config.signing_secret,
        base_url=config.api_url,
        triage_channel=config.triage_channel,
        staff=config.staff,
        answer_connect=config.answer_connect,
        many=config.many,
        workers=config.workers,
        sockets=config.sockets,
        http_timeout_s=config.slack_timeout,
        quiet_s=config.quiet,
        poll_s=_POLL if config.alone else _SHARED_POLL,
    )


def open_mailbox(config: Config) -> SqlMailbox:
    """The durable mailbox. A PostgreSQL that does not answer yet is waited for, however long.

    Raises:
        StorageError: the database cannot be used.
    """
    pause = 1.0
    while True:
        try:
            return open_sql_mailbox(config.database, lease_seconds=config.lease, outward=ONCE_ONLY)
        except StorageError as error:
            if not isinstance(error.__cause__, OperationalError) or config.alone:
                raise StorageError(f"FIRSTCHECK_DATABASE: {error}") from error
            log.warning("waiting for the database (FIRSTCHECK_DATABASE): %s", error)
            time.sleep(pause)
            pause = min(2 * pause, 15.0)


@contextmanager
def running(bot: Bot) -> Iterator[threading.Event]:
    """The bot at work, its rules watched, until the context ends. Gives the event that ends it."""
    over = threading.Event()
    watcher = threading.Thread(target=bot.live.watch, args=(over,), daemon=True)
    watcher.start()
    _reload_on_hangup(bot.live)
    bot.start()
    try:
        yield over
    finally:
        over.set()
        if not bot.stop():
            log.warning("some work was cut short; it goes on at the next start")
        watcher.join(_WATCH_ENDS)


def _reload_on_hangup(live: Desks) -> None:
    """SIGHUP reads the rules again, as with other servers; where there is such a thing."""
    if hasattr(signal, "SIGHUP") and threading.current_thread() is threading.main_thread():
        signal.signal(
            signal.SIGHUP, lambda *_: threading.Thread(target=live.reload, daemon=True).start()
        )
