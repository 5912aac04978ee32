"""How the bot's process is broken from inside, at a place of which a kill from outside only dreams.

========================  ========================================================================
`FAULTS_EXIT=place:nth`   it is gone, without a word, when it gets to `place` for the nth time
`FAULTS_FREEZE=nth`       it stops (SIGSTOP) when a request is ready to be sent for the nth time
`FAULTS_TABLES=revision`  it brings tables up to this revision only, as an older version does
`FAULTS_CONTROL=word`     a safeguard is taken out, so that the harness shows that it would notice:
                          `no_lookup` posts again without looking, `no_guard` sends without asking
                          whether the lease still lasts, `listener` is an ordinary Bolt bot
========================  ========================================================================
"""

from __future__ import annotations

import itertools
import os
import signal
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.slack.messenger import Messenger
from bot.slack.web import KeptOpen, _Line
from bot.storage import migrations
from bot.storage.commits import Commits
from bot.storage.mailbox import SqlMailbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLACES = (
    "accept:before", "accept:after", "claim:before", "claim:after", "finish:before", "finish:after",
    "commit:before", "write:before", "write:after",
)  # fmt: skip
"""Before and after every commit, inside a transaction, and around the request to Slack."""


def sabotage(environ: Mapping[str, str]) -> None:
    """Break what is asked for."""
    if place := environ.get("FAULTS_EXIT"):
        name, when, nth = place.split(":")
        _wrap(name, when, int(nth), lambda: os._exit(137))
    if nth := environ.get("FAULTS_FREEZE", ""):
        _wrap("write", "before", int(nth), _stop_here)
    if revision := environ.get("FAULTS_TABLES"):
        upgrade = migrations.upgrade
        migrations.upgrade = partial(upgrade, revision=revision)
    match environ.get("FAULTS_CONTROL"):
        case "no_lookup":
            Messenger._earlier = lambda *_: None  # type: ignore[method-assign]
        case "no_guard":
            setattr(KeptOpen, "_check", lambda _: None)  # noqa: B010  (as a plain assignment it has no type)


def _wrap(name: str, when: str, nth: int, act: Callable[[], object]) -> None:
    owner, method = {
        "accept": (SqlMailbox, "accept"),
        "claim": (SqlMailbox, "claim"),
        "finish": (SqlMailbox, "finish"),
        "commit": (Commits, "_once"),
        "write": (_Line, "ask"),
    }[name]
    original = getattr(owner, method)
    calls = itertools.count(1)

    def counted(hit: Callable[[], object]) -> None:
        if next(calls) == nth:
            hit()

    def broken(self: Any, *args: Any, **kwargs: Any) -> Any:
        if name == "commit":  # once all is written, and nothing committed
            return original(self, lambda db: _then(args[0](db), lambda: counted(act)))
        beside = name == "write" and args[0].selector.endswith("auth.test")  # the look at the start
        if when == "before" and not beside:
            counted(act)
        result = original(self, *args, **kwargs)
        if when == "after" and not beside and (name != "claim" or result):
            counted(act)
        return result

    setattr(owner, method, broken)


def _then(result: Any, act: Callable[[], None]) -> Any:
    act()
    return result


def _stop_here() -> None:
    """Sent to the process, another thread may take it, and this one get on to its next line."""
    signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
