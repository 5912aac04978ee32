"""Any order of twins, double clicks, redeliveries and retries: one answer each, in order.

`make faults ARGS="sequences"` tries ten times as many.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from bot.slack.listeners.messages import _Heard
from bot.slack.messenger import Messenger
from tests.faults import sequences, unnoticed
from tests.faults.indoors import Indoors, empty, in_memory, indoors, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.helpdesk.ports import Mailbox
    from tests.postgres import Postgres

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def home() -> Iterator[Indoors]:
    logging.disable(logging.CRITICAL)  # thousands of requests fail on purpose
    with indoors() as made:
        yield made
    logging.disable(logging.NOTSET)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest) -> Iterator[tuple[str, Callable[[], Mailbox]]]:
    """The name of the kind, and what gives an empty one each time."""
    with ExitStack() as opened:
        match request.param:
            case "memory":
                yield request.param, in_memory
            case "sqlite":
                yield request.param, opened.enter_context(empty(opened.enter_context(sqlite_url())))
            case _:
                server: Postgres = request.getfixturevalue("postgres")
                yield request.param, opened.enter_context(empty(server.database()))


def test_each_message_is_answered_once_and_in_order(
    home: Indoors, kept: tuple[str, Callable[[], Mailbox]]
) -> None:
    kind, mailbox = kept
    sequences.once(home, mailbox, {"memory": 120, "sqlite": 120, "postgresql": 60}[kind])


def test_nobody_notices_what_slack_delivers_twice(
    home: Indoors, kept: tuple[str, Callable[[], Mailbox]]
) -> None:
    kind, mailbox = kept
    unnoticed.unnoticed(home, mailbox, {"memory": 80, "sqlite": 80, "postgresql": 40}[kind])


# --- controls -------------------------------------------------------------------------------------


def test_twins_that_are_not_recognised_are_caught(
    home: Indoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = _Heard.key

    def by_type(heard: _Heard, *parts: str) -> str:
        return f"{heard.event['type']}:{right(heard, *parts)}"

    monkeypatch.setattr(_Heard, "key", by_type)
    with pytest.raises(AssertionError):
        sequences.once(home, in_memory, 100)


def test_posting_again_without_looking_is_caught(
    home: Indoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Messenger, "_earlier", lambda *_: None)
    with pytest.raises(AssertionError):
        sequences.once(home, in_memory, 100)
