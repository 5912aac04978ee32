"""One leased task, done: advance the conversation, or reach out; then leave what follows.

Whatever goes wrong ends in one of three ways: the task is tried again later (its lane stays
closed, so order holds), it is set aside with a token in the log, or, where the lease is lost,
it is dropped because somebody else is doing it. Nothing pasted is ever logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bot.errors import LostLease, StorageError
from bot.helpdesk import own_data
from bot.helpdesk.codec import INBOUND, KIND_OF, OUTWARD, from_json, incoming_of, new_task
from bot.helpdesk.incoming import Incoming, OwnDataAsked, Place, Press, ReloadAsked, Report
from bot.helpdesk.moment import STATE_VERSION
from bot.helpdesk.outward import OpenDm, Post
from bot.helpdesk.ports import CaseNote, Done, Json, Mailbox, Meter, Unmeasured
from bot.slack import edge_state
from bot.slack.directory import Directory, TokenStale
from bot.slack.ids import failure_token
from bot.slack.listeners.leaving import LEFT, TAKEN
from bot.slack.logs import where
from bot.slack.operators import Operators
from bot.slack.outcome import NOT_INSTALLED, GiveUp, Outcome, RetryAt, Sent, how
from bot.slack.settings import SlackSettings

if TYPE_CHECKING:
    from bot.core.text.language import Language
    from bot.core.wording.reply import Reply
    from bot.helpdesk.ports import Lease, NewTask, Task

Step = Callable[[Json, Incoming, float, CaseNote | None], Done]
"""The helpdesk: (lane state, what came in, now, the person's recent case here) → what follows."""
FailureReply = Callable[[str], "Reply"]
Clock = Callable[[], float]

_KINDS = {*INBOUND, *OUTWARD, LEFT, TAKEN}
UNKNOWN_KIND_S = 60.0
"""A task of a newer version waits for a worker that knows it."""
ASK_AGAIN_S, ASKED = 20.0, 3
"""A token said to be revoked, and found good so often, with so much time between, is good."""

log = logging.getLogger("bot.slack")


class Reaches(Protocol):
    """What does outward tasks; see `bot.slack.messenger.Messenger`."""

    def perform(self, lease: Lease) -> Outcome:
        """Do the leased task, or say when to try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """Does leased tasks, one at a time; one instance serves all worker threads."""

    mailbox: Mailbox
    step: Step
    messenger: Reaches
    failure_reply: FailureReply
    """What a person is told when a step failed, given the token to quote."""
    settings: SlackSettings
    clock: Clock
    operators: Operators = field(default_factory=Operators)
    """Tells those who run the bot, in the triage channel, what could not be done."""
    meter: Meter = field(default_factory=Unmeasured)
    directory: Directory | None = None
    """Where there are many workspaces."""

    def handle(self, lease: Lease) -> Lease | None:
        """Do the task; the lane's next one, if it is due. Raises StorageError."""
        start, kind = perf_counter(), lease.task.kind
        try:
            return self._handle(lease)
        except LostLease:
            log.info("lease lost; dropped: lane=%s kind=%s", lease.lane, kind)
            self.meter.task(kind, "lost_lease")
            return None
        finally:
            self.meter.took(kind if kind in _KINDS else "unknown", perf_counter() - start)

    def _handle(self, lease: Lease) -> Lease | None:
        kind = lease.task.kind
        if kind in INBOUND and lease.state.get("v", STATE_VERSION) <= STATE_VERSION:
            return self._advance(lease)
        if kind in OUTWARD:
            return self._reach_out(lease)
        if kind == LEFT and self.directory:
            return self._left(lease, self.directory)
        if kind == TAKEN and self.directory:
            return self._ended(lease, gone=self.directory.taken(lease.task.body["team"]))
        self._leave(lease)
        return None

    def _leave(self, lease: Lease) -> None:
        """Work of a version that is newer, or older, than this one: kept until that is back.

        So is a conversation whose state a newer one wrote: to read it here would lose some of it.
        """
        kind = lease.task.kind
        log.warning("unknown kind left alone: kind=%s task=%s", kind, failure_token(lease.task.id))
        self.meter.task("unknown", "left")
        self.mailbox.accept(self.operators.unknown_kind(lease, self.clock()), self.clock())
        self._retry(lease, RetryAt(UNKNOWN_KIND_S, maybe_sent=False, error="kind", counts=False))

    def _left(self, lease: Lease, directory: Directory) -> Lease | None:
        """A workspace removed the app: its tokens and its conversations end."""
        about, tried = lease.task.body, lease.task.attempts
        try:
            gone = directory.left(about["team"], about["at"], org=about["org"])
        except TokenStale:
            self._retry(lease, RetryAt(ASK_AGAIN_S, maybe_sent=False, error="slack", counts=False))
            return None
        if not gone and tried < ASKED:
            self._retry(lease, RetryAt(ASK_AGAIN_S, maybe_sent=False, error="token good"))
            return None
        return self._ended(lease, gone=gone)

    def _ended(self, lease: Lease, *, gone: bool) -> Lease | None:
        self.meter.task(lease.task.kind, "done" if gone else "skipped")
        return self._finish(lease, Done(), lease.state)

    def _advance(self, lease: Lease) -> Lease | None:
        if lease.task.attempts > self.settings.attempts:  # it took the process down each time
            self._set_aside(lease, "too many attempts", self._excuse(lease))
            return None
        now = self.clock()
        try:
            incoming = incoming_of(lease.task)
            done = self._follows(lease, incoming, now)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001  (a bug must cost one task, not the worker)
            self._failed(lease, error)
            return None
        self.meter.task(lease.task.kind, "done")
        state = lease.state if done.state is None else done.state
        kept = edge_state.carried(lease.state, state, incoming)
        return self._finish(lease, done, kept)

    def _follows(self, lease: Lease, incoming: Incoming, now: float) -> Done:
        if isinstance(incoming, OwnDataAsked):
            return own_data.do(incoming, self.mailbox, now, self._language(incoming.place.team))
        return self.step(lease.state, incoming, now, self._recent(incoming, now))

    def _language(self, team: str) -> Language:
        """The helpdesk's."""
        return self.directory.language(team) if self.directory else self.operators.language

    def _recent(self, incoming: Incoming, now: float) -> CaseNote | None:
        """A person's next message may go on with the case of the one before."""
        if not isinstance(incoming, Report):
            return None
        place, since = incoming.place, now - self.settings.recent_s
        if place.in_dm:
            since = now - self.settings.recent_dm_s
        elif incoming.in_thread or incoming.direct:
            return None
        return self.mailbox.recent_case(place.team, place.channel, incoming.who, since)

    def _reach_out(self, lease: Lease) -> Lease | None:
        try:
            outcome = self.messenger.perform(lease)
        except Exception as error:  # noqa: BLE001  (a bug must cost one task, not the worker)
            self._set_aside(lease, where(error))
            return None
        self.meter.task(lease.task.kind, how(outcome))
        match outcome:
            case Sent():
                turn = _tracked_turn(lease.task)
                state = edge_state.with_posted(lease.state, turn, outcome.result, outcome.moved)
                erase = bool(lease.task.body.get("brief"))
                done = Done(new=outcome.new, result=outcome.result, erase=erase)
                return self._finish(lease, done, state)
            case RetryAt() if outcome.counts and lease.task.attempts >= self.settings.attempts:
                self._set_aside(lease, outcome.error, self._undelivered(lease))
            case RetryAt():
                self._retry(lease, outcome)
            case GiveUp() if outcome.reason == NOT_INSTALLED:
                self._end(lease)
            case GiveUp():
                self._set_aside(lease, outcome.reason, self._undelivered(lease))
        return None

    def _end(self, lease: Lease) -> None:
        """The workspace removed the app: nobody is to be alarmed, nothing of it to be kept."""
        log.info("ended, not installed: kind=%s lane=%s", lease.task.kind, lease.lane)
        self.mailbox.end(lease.lane, self.clock())

    def _finish(self, lease: Lease, done: Done, state: Json) -> Lease | None:
        left = replace(done, state=None if state == lease.state else state)
        return self.mailbox.finish(lease, left, self.clock())

    def _retry(self, lease: Lease, outcome: RetryAt) -> None:
        pause = self._pause(lease.task) if outcome.seconds is None else outcome.seconds
        self.mailbox.retry(
            lease,
            self.clock() + pause,
            outcome.error,
            maybe_sent=outcome.maybe_sent,
            counts=outcome.counts,
            looked=outcome.looked,
        )

    def _pause(self, task: Task) -> float:
        """Exponential back-off: 2 s, 6 s, 18 s … 10 min with the settings' defaults."""
        first, most = self.settings.backoff_s, self.settings.backoff_max_s
        return float(min(first * 3 ** (min(task.attempts, 20) - 1), most))

    def _set_aside(self, lease: Lease, error: str, also: Sequence[NewTask] = ()) -> None:
        token, kind, now = failure_token(lease.task.id), lease.task.kind, self.clock()
        log.error("set aside: incident=%s kind=%s lane=%s %s", token, kind, lease.lane, error)
        self.meter.task(kind, "set_aside")
        told = self.operators.set_aside(lease, error, now)
        self.mailbox.set_aside(lease, f"{token} {error}", now, [*also, *told])

    def _failed(self, lease: Lease, error: Exception) -> None:
        """A step broke: the log gets where, the person a sentence and the token to quote."""
        self._set_aside(lease, where(error), self._excuse(lease))

    def _excuse(self, lease: Lease) -> Sequence[NewTask]:
        """Only somebody who waits for an answer is told, once; overheard messages fail silently."""
        try:
            incoming = incoming_of(lease.task)
        except Exception:  # noqa: BLE001  (the body itself was what broke)
            return ()
        said = _answering(incoming, lease, self.failure_reply(failure_token(lease.task.id)))
        return (new_task(f"failure:{lease.task.id}", lease.lane, said),) if said else ()

    def _undelivered(self, lease: Lease) -> Sequence[NewTask]:
        """An answer, or a ticket's card, that Slack will not take: who waits for it is told."""
        body, state = lease.task.body, lease.state
        if lease.task.kind != KIND_OF[Post] or not body.get("tracked", True):
            return ()
        asked = body["place"] if state.get(edge_state.DIRECT_BY) else None
        if not (told := state.get("conversation") or asked):
            return ()
        place = from_json(told, Place)
        reply = self.failure_reply(failure_token(lease.task.id))
        post = Post(place, place.key, 0, reply, tracked=False)
        return (new_task(f"failure:{lease.task.id}", place.key, post),)


def _answering(incoming: Incoming, lease: Lease, reply: Reply) -> Post | OpenDm | None:
    """`reply`, where who waits for one will see it; None where nobody waits."""
    place = incoming.place
    if isinstance(incoming, OwnDataAsked | ReloadAsked):
        return OpenDm(place.team, incoming.who, "", "", reply=reply)
    if isinstance(incoming, Report):
        waits = incoming.direct or bool(lease.state.get("case"))
    else:
        waits = isinstance(incoming, Press)
    if lease.state.get("ticket"):  # the lane is no thread; its card stands in the channel
        place = replace(place, thread="")
    return Post(place, lease.lane, 0, reply, tracked=False) if waits else None


def _tracked_turn(task: Task) -> int | None:
    return task.body["turn"] if task.kind == "post" and task.body.get("tracked", True) else None
