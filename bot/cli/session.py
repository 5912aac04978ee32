"""One conversation in memory: the same desk and mailbox as in Slack, without Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.helpdesk.codec import INBOUND, KIND_OF, incoming_of, outward_of, to_json
from bot.helpdesk.incoming import Incoming, Place, Press, Report
from bot.helpdesk.outward import Notice, Post
from bot.helpdesk.ports import Done, Lease, NewTask
from bot.storage.memory import MemoryMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.wording.reply import Button, Reply
    from bot.helpdesk.desk import Desk

_PLACE: Final = Place("terminal", "D", "")
_ME: Final = "you"


class Session:
    """A person at the terminal and the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._mailbox = MemoryMailbox()
        self._clock = 0.0
        self._turn = 0
        self.buttons: tuple[Button, ...] = ()
        """The live ones."""

    def say(self, text: str) -> list[Reply]:
        """What is answered to a typed text."""
        ts = f"{self._clock:.1f}"
        return self._take(Report(_PLACE, _ME, ts, text, direct=True))

    def press(self, button: Button) -> list[Reply]:
        """What is answered to a button."""
        return self._take(Press(_PLACE, _ME, button.action, button.value, self._turn, ""))

    def _take(self, incoming: Incoming) -> list[Reply]:
        self._clock += 1.0
        kind = KIND_OF[type(incoming)]
        new = NewTask(
            id=f"{kind}:{self._clock}", lane=_PLACE.key, kind=kind, body=to_json(incoming)
        )
        self._mailbox.accept([new], self._clock)
        return [reply for lease in self._leases() if (reply := self._perform(lease))]

    def _leases(self) -> Iterator[Lease]:
        while lease := self._mailbox.claim("terminal", self._clock):
            done = self._done(lease)
            yield lease
            following = self._mailbox.finish(lease, done, self._clock)
            while following:
                done = self._done(following)
                yield following
                following = self._mailbox.finish(following, done, self._clock)

    def _done(self, lease: Lease) -> Done:
        if lease.task.kind in INBOUND:
            return self._desk.step(lease.state, incoming_of(lease.task), self._clock)
        return Done()

    def _perform(self, lease: Lease) -> Reply | None:
        """What an outward task shows here; what settles an earlier message needs no showing."""
        if lease.task.kind in INBOUND:
            return None
        body = outward_of(lease.task)
        if isinstance(body, Post) and body.tracked:
            self._turn, self.buttons = body.turn, body.reply.buttons
        return body.reply if isinstance(body, Post | Notice) else None
