"""Everything behind the socket, wired: mailbox, workers, messenger and the desk."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.bootstrap.clock import clock
from bot.bootstrap.desk import LiveDesk
from bot.core.text.language import Language
from bot.core.wording.reply import Line, Reply
from bot.core.wording.sentences import sentence
from bot.helpdesk.codec import ONCE_ONLY
from bot.helpdesk.ports import Mailbox, NewTask
from bot.helpdesk.reload import News, announcement
from bot.slack.handler import Handler
from bot.slack.messenger import Messenger
from bot.slack.settings import SlackSettings
from bot.slack.worker import Worker
from bot.storage.limits import LEASE_SECONDS
from bot.storage.mailbox import open_mailbox as open_sql_mailbox
from bot.storage.writer import GroupCommit

if TYPE_CHECKING:
    from bot.config import Config

log = logging.getLogger("bot")

_AN_HOUR: Final = 3600.0
_PATIENCE: Final = 5.0
"""Seconds a helper thread is given to end."""


@dataclass(frozen=True, slots=True)
class Bot:
    """Mailbox, workers and the desk, wired. `start` it, feed it through `accept`, `stop` it."""

    live: LiveDesk
    mailbox: Mailbox
    accept: Callable[[Sequence[NewTask]], Future[None]]
    """Done when the tasks are kept; then Slack may be told."""
    start: Callable[[], None]
    stop: Callable[[], bool]
    """Finish what is being done; whether all ended in time."""


def make_bot(settings: SlackSettings, live: LiveDesk, mailbox: Mailbox, retention: float) -> Bot:
    """The bot over this mailbox, answering through the Slack of `settings`."""
    messenger = Messenger(settings, clock)
    handler = Handler(
        mailbox=mailbox,
        step=live.step,
        messenger=messenger,
        failure_reply=failure_reply,
        settings=settings,
        clock=clock,
    )
    worker = Worker(mailbox, handler, settings, clock)
    commit = GroupCommit(mailbox)
    over = threading.Event()

    def accept(tasks: Sequence[NewTask]) -> Future[None]:
        kept = commit.accept(tasks, clock())
        kept.add_done_callback(lambda _: worker.notify())
        return kept

    def tell_staff(news: News) -> None:
        if settings.triage_channel and (task := announcement(news, settings.triage_channel)):
            accept((task,))

    live.listeners.append(tell_staff)

    def start() -> None:
        worker.start()
        if retention:
            threading.Thread(
                target=_purge_hourly, args=(mailbox, retention, over), daemon=True
            ).start()

    def stop() -> bool:
        over.set()
        commit.close()
        ended = worker.stop()
        mailbox.close()
        return ended

    return Bot(live, mailbox, accept, start, stop)


def _purge_hourly(mailbox: Mailbox, retention: float, over: threading.Event) -> None:
    """Forget what is older than the retention period, once an hour."""
    while True:
        if rows := mailbox.purge(clock() - retention):
            log.info("purged %d rows", rows)
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
        workers=config.workers,
    )


def open_mailbox(config: Config, settings: SlackSettings) -> Mailbox:
    """The durable mailbox; a lease outlasts the longest request, else nothing would be posted.

    Raises:
        StorageError: the database cannot be used.
    """
    lease = max(LEASE_SECONDS, settings.shortest_lease_s)
    return open_sql_mailbox(config.database, lease_seconds=lease, outward=ONCE_ONLY)


@contextmanager
def running(bot: Bot) -> Iterator[threading.Event]:
    """The bot at work, its rules watched, until the context ends. Gives the event that ends it."""
    over = threading.Event()
    watcher = threading.Thread(target=bot.live.watch, args=(over,), daemon=True)
    watcher.start()
    _reload_on_hangup(bot.live)
    bot.start()
    log.info("at work with %d rules", len(bot.live.desk.rulebook.rules))
    try:
        yield over
    finally:
        over.set()
        if not bot.stop():
            log.warning("some work was cut short; it goes on at the next start")
        watcher.join(_PATIENCE)


def _reload_on_hangup(live: LiveDesk) -> None:
    """SIGHUP reads the rules again, as with other servers; where there is such a thing."""
    if hasattr(signal, "SIGHUP") and threading.current_thread() is threading.main_thread():
        signal.signal(
            signal.SIGHUP, lambda *_: threading.Thread(target=live.reload, daemon=True).start()
        )
