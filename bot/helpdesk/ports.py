"""What the helpdesk needs from the world. Each adapter bears the same noun.

The mailbox is a durable queue in one Protocol: rows, lanes and fences. A *lane* is a
conversation; its tasks are done in order, by one worker at a time. Times are Unix seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = Mapping[str, Any]


MARGIN_S = 2.0
"""What is left of a lease after a call to the outside that took as long as it may."""


def shortest_lease(timeout: float) -> float:
    """A shorter lease, in seconds, would never let anything be posted: a look-up, then a post."""
    return 2 * timeout + MARGIN_S


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """Something to do, once."""

    id: str
    """Deterministic: the same thing to do has the same id, and is kept once."""
    lane: str
    kind: str
    body: Json
    due_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task that was handed out."""

    seq: int
    id: str
    lane: str
    kind: str
    body: Json
    due_at: float
    attempts: int
    """How often it was handed out, this time included."""
    maybe_sent: bool
    """An earlier attempt may have been done: what is outward is looked up before it is sent, and
    what follows at once from anything else inherits the doubt."""
    first_try: float | None
    last_try: float | None
    """When it was handed out before this; None the first time."""
    looked: bool = False
    """It was looked up since, and not found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to do one task of one lane, until a time."""

    lane: str
    worker: str
    fence: int
    until: float
    state: Json
    """The lane's state; empty for a new lane."""
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """The few typed facts about a conversation that are asked for across lanes."""

    lane: str
    team: str
    channel: str
    asker: str
    rule_id: str
    phase: str
    opened_at: float
    updated_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What finishing a task leaves behind, in one transaction."""

    state: Json | None = None
    """The lane's new state; None keeps it."""
    new: Sequence[NewTask] = ()
    """For any lane. An id known already is left as it is. If the task itself was `maybe_sent`, so
    are those that are due."""
    cancel: Sequence[str] = ()
    """Ids of tasks that need not be done any more."""
    result: Json = field(default_factory=dict)
    note: CaseNote | None = None
    """Upserted into the conversation table."""
    erase: bool = False
    """What the task held is forgotten at once."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits, or is being done."""

    lanes: int
    """Conversations with something due."""
    seconds: float
    """How long the first of them has been due."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one person, as the mailbox has it."""

    conversations: tuple[Json, ...] = ()
    states: tuple[Json, ...] = ()
    """Conversations and tickets in full, while they are kept."""
    tasks: tuple[Json, ...] = ()
    """What came in and what was answered."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted of one person."""

    conversations: int = 0
    """Whole: what the person asked, and what became of it."""
    entries: int = 0
    """Elsewhere: what the person wrote or pressed."""
    mentions: int = 0
    """Elsewhere: places that named the person and now name nobody."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Tally:
    """So many cases of a day ended so. No person, no channel, no text."""

    day: str
    """`2026-11-26`, UTC: when they were opened."""
    team: str
    rule: str
    """Rule id; empty where no rule fitted."""
    ended: str
    """See `bot.helpdesk.outcomes.Ended`."""
    step: str
    """What was on the table in the end: `fix:<cause>` or `ask:<check>`; of a solved case, what
    solved it."""
    cases: int = 1


class PersonalData(Protocol):
    """What is kept of one person: shown, and forgotten. `team` limits it to one workspace."""

    def kept_of(self, who: str, team: str = "") -> Kept:
        """All of it. Raises StorageError."""

    def forget(self, who: str, now: float, team: str = "", spare: str = "") -> Forgotten:
        """Delete it, also where it is being worked on; the lane `spare` is left alone.

        Conversations the person opened go whole, their direct message with us too. In those of
        others, what the person wrote or pressed goes, and their id is taken out of what is left.
        Done again it changes nothing. Raises StorageError.
        """


class Mailbox(PersonalData, Protocol):
    """Durable tasks in lanes. Every method is one short transaction, or a row of them."""

    def accept(self, tasks: Sequence[NewTask], now: float) -> int:
        """Keep the tasks not yet known (by id); how many were new. Raises StorageError."""

    def claim(self, worker: str, now: float) -> Lease | None:
        """Lease the lane that has waited longest and hand out its due head task, if any."""

    def finish(self, lease: Lease, done: Done, now: float) -> Lease | None:
        """Mark the task done and hand out the lane's next due one, else as `claim` does.

        Raises LostLease.
        """

    def retry(  # noqa: PLR0913  (what is known of an attempt, by keyword)
        self,
        lease: Lease,
        due_at: float,
        error: str,
        *,
        maybe_sent: bool,
        counts: bool = True,
        looked: bool = False,
    ) -> None:
        """Give the lane back, closed until `due_at`; the same task comes first.

        `counts=False` when nothing was tried, as in waiting before a look-up: `attempts` and
        `last_try` stay what they were before this hand-out. `looked` when an earlier attempt was
        looked up and not found; the next hand-out tells so once. Raises LostLease.
        """

    def set_aside(self, lease: Lease, error: str, now: float, new: Sequence[NewTask] = ()) -> None:
        """Keep the task with its error and let the lane go on; `new` tells somebody.

        Raises LostLease.
        """

    def peek(self, lane: str) -> Json | None:
        """The state of a lane, if it exists."""

    def recent_case(self, team: str, channel: str, asker: str, since: float) -> CaseNote | None:
        """The asker's latest case in this channel updated at or after `since`."""

    def next_wake(self) -> float | None:
        """When the next lane wants attention; None when nothing waits."""

    def backlog(self, now: float) -> Backlog:
        """What is due and not done. Raises StorageError: also the way to ask for its health."""

    def set_right(self, now: float) -> int:
        """Mend what a clock that was set back left waiting for hours or days; how many lanes.

        What is due is woken, and what is closed for longer than anything is closed is opened.
        """

    def purge(self, before: float) -> int:
        """Forget finished tasks and lanes at rest since before `before`; how many rows.

        What became of the cases is counted first. A lane whose key begins with `cron:` is kept.
        """

    def tallies(self) -> Sequence[Tally]:
        """What became of all cases, in order: those at hand, and those counted when they went."""

    def end(self, prefix: str, now: float, spare: Sequence[str] = ()) -> int:
        """End the lanes whose key begins with `prefix` but with none of `spare`; how many.

        Their state and texts are forgotten and nothing more is done in them; whoever is at one has
        lost its lease. Ids stay known.
        """

    def close(self) -> None:
        """Release files and connections."""


class Meter(Protocol):
    """What is counted. No word anybody wrote and no id of a person reaches it."""

    def event(self, outcome: str, seconds: float) -> None:
        """An event from Slack: `accepted`, `ignored` or `refused`, and the time until the ack."""

    def task(self, kind: str, outcome: str) -> None:
        """A task that was handed out, and how that ended (see `bot.telemetry.metrics`)."""

    def took(self, kind: str, seconds: float) -> None:
        """How long doing a task took, the database's part included."""

    def database_failed(self) -> None:
        """The database failed whoever wanted to keep or to do something."""


class Unmeasured:
    """A meter that counts nothing, for the terminal and the workbench."""

    def event(self, outcome: str, seconds: float) -> None:
        """Nothing."""

    def task(self, kind: str, outcome: str) -> None:
        """Nothing."""

    def took(self, kind: str, seconds: float) -> None:
        """Nothing."""

    def database_failed(self) -> None:
        """Nothing."""
