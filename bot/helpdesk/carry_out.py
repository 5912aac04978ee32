"""From what a conversation decides to what is done: posts, reminders, tickets. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.core.conversation.model import (
    Advance,
    Await,
    Case,
    Effect,
    HandOver,
    Rest,
    Say,
    Settle,
    TellTicket,
    Topic,
)
from bot.core.triage.handover import ticket_for
from bot.core.triage.model import Ticket, TicketStatus
from bot.core.wording import write
from bot.helpdesk import outward
from bot.helpdesk.incoming import HandedOver, Place, TicketChanged, TimerFired
from bot.helpdesk.moment import Moment, Outcome
from bot.helpdesk.tasks import task, timer_id, timer_name

if TYPE_CHECKING:
    from bot.helpdesk.ports import NewTask

_PASSING: Final = {Topic.NUDGE, Topic.UNCLEAR, Topic.OTHER_ERROR, Topic.CLAIMED}
"""Said beside the message that holds the live buttons, which stays the one to be settled."""

_TITLE_AFTER: Final = 2.0
"""Seconds, so that the answer is there first."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the person said, for the message that is settled."""

    label: str = ""
    who: str = ""
    """Set when it was somebody else than the asker."""
    ts: str = ""
    """Of the message pressed, where the press told it."""


UNANSWERED: Final = Answered()


def carry_out(
    moment: Moment, place: Place, after: Advance, answered: Answered = UNANSWERED
) -> Outcome:
    """The tasks and the lane state that follow from `after`."""
    doer = _Doer(moment, place, after.case, answered)
    tasks = [task for effect in after.effects for task in doer.do(effect)]
    return Outcome(
        state=replace(moment.state, case=after.case),
        tasks=(*tasks, *doer.name_thread()),
        cancel=doer.lapsed(after.effects),
        why="" if tasks else "nothing to say to that",
    )


def ticket_place(moment: Moment, place: Place, ticket_id: str) -> Place:
    """The lane of a ticket: a thread of its own in the triage channel, as it were."""
    return Place(place.team, moment.policy.triage_channel, ticket_id)


class _Doer:
    """One conversation's effects, turned to tasks."""

    def __init__(self, moment: Moment, place: Place, case: Case, answered: Answered) -> None:
        self._moment = moment
        self._place = place
        self._case = case
        self._before = moment.state.case
        self._answered = answered

    def do(self, effect: Effect) -> list[NewTask]:
        match effect:
            case Say():
                return [self._say(effect)]
            case Settle():
                return self._settle()
            case HandOver():
                return self._hand_over()
            case TellTicket():
                return self._tell_ticket()
            case Await():
                return self._reminders()
            case Rest():
                return []

    def lapsed(self, effects: tuple[Effect, ...]) -> tuple[str, ...]:
        """Reminders of the turn before, once the conversation went on."""
        before = self._before
        if before is None or not any(isinstance(e, Await | Rest) for e in effects):
            return ()
        return tuple(
            timer_id(self._place, before.id, before.turn, name) for name in ("nudge", "close")
        )

    def name_thread(self) -> list[NewTask]:
        """A title for a thread of a direct message, once it is known which error it is about.

        In a lane of its own and after the answer: nothing waits for it.
        """
        case, before, place = self._case, self._before, self._place
        rule = self._moment.rulebook.rule(case.rule_id)
        known = before is not None and (before.id, before.rule_id) == (case.id, case.rule_id)
        if rule is None or known or not (place.in_dm and place.thread):
            return []
        body = outward.Title(place, rule.title.in_(case.language))
        lane = replace(place, thread=f"title {place.thread}")
        return [task(lane, f"{case.id}:{rule.id}", body, self._moment.now + _TITLE_AFTER)]

    def _say(self, say: Say) -> NewTask:
        case = self._case
        context = self._moment.context(self._ticket() if say.topic is Topic.ESCALATED else None)
        body = outward.Post(
            self._place,
            self._place.key,
            case.turn,
            write.write(say.topic, say.value, case, context),
            tracked=say.topic not in _PASSING,
        )
        return task(self._place, f"{case.id}:{case.turn}:{case.said}:{say.topic.value}", body)

    def _settle(self) -> list[NewTask]:
        before = self._before
        if before is None or not before.turn:
            return []
        context = self._moment.context(None if not before.ticket else self._ticket())
        reply = write.settle(before, context, self._answered.label, self._answered.who)
        body = outward.Settle(self._place, self._place.key, before.turn, reply, self._answered.ts)
        return [task(self._place, f"{before.id}:{before.turn}", body)]

    def _ticket(self) -> Ticket:
        place, url = self._place, ""
        if not place.in_dm:  # nobody else could open that
            ts = place.thread.replace(".", "")
            url = self._moment.policy.thread_url.format(channel=place.channel, ts=ts)
        return ticket_for(self._case, self._moment.rulebook, url)

    def _hand_over(self) -> list[NewTask]:
        if not self._moment.policy.triage_channel:
            return []
        place = ticket_place(self._moment, self._place, self._case.ticket)
        body = HandedOver(place, self._ticket(), self._place)
        return [task(place, str(self._case.turn), body)]

    def _tell_ticket(self) -> list[NewTask]:
        if not self._moment.policy.triage_channel:
            return []
        place = ticket_place(self._moment, self._place, self._case.ticket)
        body = TicketChanged(place, TicketStatus.SOLVED_BY_ASKER, self._case.asker)
        return [task(place, f"solved:{self._case.turn}", body)]

    def _reminders(self) -> list[NewTask]:
        limits, now = self._moment.policy.limits, self._moment.now
        due = {
            "nudge": self._moment.policy.hours.after(now, limits.nudge_after),
            "close": now + limits.close_after,
        }
        wanted = {"nudge": limits.nudge_after, "close": limits.close_after}
        return [self._reminder(name, due[name]) for name, after in wanted.items() if after]

    def _reminder(self, name: str, due_at: float) -> NewTask:
        case = self._case
        body = TimerFired(self._place, name, case.turn)
        return task(self._place, timer_name(case.id, case.turn, name), body, due_at)
