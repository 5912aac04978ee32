"""The desk: one incoming thing and a lane's state in, what follows out. Pure.

A lane is a conversation (`diagnose` opens it, `follow_up` goes on) or a ticket (`triage`).
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Rulebook
from bot.helpdesk import follow_up, own_data, triage
from bot.helpdesk.codec import from_json, to_json
from bot.helpdesk.drafting import error_in
from bot.helpdesk.incoming import HandedOver, Incoming, Opened, Press, Report
from bot.helpdesk.moment import LaneState, Moment, Outcome, Policy
from bot.helpdesk.ports import CaseNote, Done, Json
from bot.helpdesk.warn import warning
from bot.helpdesk.welcome import welcome


@dataclass(frozen=True, slots=True)
class Desk:
    """The helpdesk as it stands: these rules, this policy."""

    rulebook: Rulebook
    matcher: Matcher
    policy: Policy

    def step(
        self, state: Json, incoming: Incoming, now: float, recent: CaseNote | None = None
    ) -> Done:
        """What follows from `incoming` for the lane whose state is `state` (empty: a new one).

        Args:
            state: as the mailbox keeps it, see `LaneState`.
            incoming: the decoded thing.
            now: Unix seconds.
            recent: the person's latest case here, see `Moment`.
        """
        moment = Moment(
            rulebook=self.rulebook,
            matcher=self.matcher,
            policy=self.policy,
            state=from_json(state, LaneState),
            now=now,
            recent=recent,
        )
        outcome = _handle(moment, incoming)
        return Done(
            state=None if outcome.state == moment.state else to_json(outcome.state),
            new=(*warning(moment, incoming), *outcome.tasks),
            cancel=outcome.cancel,
            result={"why": outcome.why} if outcome.why else {},
            note=_note(incoming, outcome.state, now),
            erase=_is_chatter(incoming, outcome),
        )


def _handle(moment: Moment, incoming: Incoming) -> Outcome:
    if isinstance(incoming, Opened):
        return welcome(moment, incoming)
    if isinstance(incoming, Press) and incoming.action in own_data.BUTTONS:
        return own_data.pressed(moment, incoming)
    if _is_of_a_ticket(moment, incoming):
        return triage.handle(moment, incoming)
    return follow_up.handle(moment, incoming)


def _is_of_a_ticket(moment: Moment, incoming: Incoming) -> bool:
    """Its card may be pressed when the ticket is long forgotten."""
    pressed = isinstance(incoming, Press) and incoming.action in triage.BUTTONS
    return moment.state.ticket is not None or isinstance(incoming, HandedOver) or pressed


def _is_chatter(incoming: Incoming, outcome: Outcome) -> bool:
    """Nothing followed from it, and no rule is missing: nobody needs to read it again."""
    return (
        isinstance(incoming, Report)
        and not outcome.tasks
        and outcome.state.case is None
        and outcome.state.ticket is None
        and error_in(incoming.text) is None
    )


def _note(incoming: Incoming, state: LaneState, now: float) -> CaseNote | None:
    """What is asked for across lanes; a lane with a note is also forgotten in time."""
    case, ticket, place = state.case, state.ticket, incoming.place
    if case is not None:
        asker, rule, phase = case.asker, case.rule_id, case.phase.value
    elif ticket is not None:
        asker, rule, phase = ticket.asker, ticket.rule, ticket.status.value
    else:
        return None
    return CaseNote(
        lane=place.key,
        team=place.team,
        channel=place.channel,
        asker=asker,
        rule_id=rule,
        phase=phase,
        opened_at=case.opened_at if case else now,
        updated_at=now,
    )
