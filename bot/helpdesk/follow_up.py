"""A conversation goes on: a button, a typed answer, a reminder, news from the helpdesk."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.conversation.machine import advance
from bot.core.conversation.model import Case, Event, Kind, Phase
from bot.core.conversation.typed import event_for, is_answer
from bot.core.text.language import Language
from bot.core.text.normalise import plain_words, read
from bot.core.text.redact import redact
from bot.core.triage.model import TicketStatus
from bot.core.wording.reply import Action, Line, Reply
from bot.core.wording.sentences import sentence
from bot.core.wording.write import label_of
from bot.errors import IllegalEvent
from bot.helpdesk import diagnose
from bot.helpdesk.carry_out import UNANSWERED, Answered, carry_out
from bot.helpdesk.incoming import (
    Incoming,
    Place,
    Press,
    Report,
    TicketChanged,
    TimerFired,
    Withdrawn,
)
from bot.helpdesk.moment import Moment, Outcome, silent
from bot.helpdesk.outward import Notice
from bot.helpdesk.tasks import task

_EVENT: Final = {
    Action.ANSWER: Kind.ANSWERED,
    Action.FIXED: Kind.FIXED,
    Action.FAILED: Kind.FAILED,
    Action.NOT_SURE: Kind.NOT_SURE,
    Action.OTHER: Kind.OTHER_CHECKS,
    Action.HUMAN: Kind.WANTS_HUMAN,
    Action.NOT_AN_ERROR: Kind.NOT_AN_ERROR,
    Action.CHOOSE: Kind.CHOSE,
    Action.OPEN_OTHER: Kind.CHOSE,
}

_CLOSED: Final = {Phase.SOLVED, Phase.DISMISSED, Phase.EXPIRED}
_ALWAYS: Final = {Action.HUMAN, Action.OPEN_OTHER}
"""Work on older messages, too: the way to a person never goes stale."""


def handle(moment: Moment, incoming: Incoming) -> Outcome:
    """What follows for a conversation's lane; a message without a case is a new report."""
    match incoming:
        case Report():
            return message(moment, incoming)
        case Press():
            return press(moment, incoming)
        case TimerFired():
            return timer(moment, incoming)
        case TicketChanged():
            return ticket_changed(moment, incoming)
        case Withdrawn():
            return withdrawn(moment, incoming)
        case _:
            return silent(moment, "a conversation takes no such thing")


def press(moment: Moment, press: Press) -> Outcome:
    """A button of the conversation."""
    case = moment.state.case
    if case is None:
        return _gone(moment, press)
    if not (press.who == case.asker or press.staff or moment.policy.anyone_may_answer):
        return _notice(moment, press, "not_yours")
    if press.turn != case.turn and not _works_for_long(press, case):
        return _gone(moment, press) if press.turn > case.turn else _notice(moment, press, "stale")
    event = Event(_EVENT[press.action], press.value)
    rule = moment.rulebook.rule(case.rule_id)
    label = label_of(press.action, press.value, case, rule, moment.rulebook)
    who = "" if press.who == case.asker else press.who
    ts = press.message_ts if press.turn == case.turn and press.action not in _ALWAYS else ""
    outcome = _advance(moment, press.place, case, event, Answered(label, who, ts))
    return outcome or _notice(moment, press, "stale")


def _works_for_long(press: Press, case: Case) -> bool:
    """Who is with the helpdesk already has pressed twice: the newest message says so."""
    handed_over = press.action is Action.HUMAN and case.phase is Phase.ESCALATED
    return press.action in _ALWAYS and not handed_over


def message(moment: Moment, report: Report) -> Outcome:
    """Somebody wrote in the thread of a case (or in the direct message that holds one)."""
    case = moment.state.case
    if case is None and (handed_on := _beside_the_thread(moment, report)):
        return handed_on
    if case is None or _starts_anew(moment, case, report):
        return diagnose.report(moment, report)
    if report.edited:
        return silent(moment, "an edit of a message that was answered already")
    if report.who != case.asker:
        return _advance(moment, report.place, case, Event(Kind.HELPER_JOINED)) or _overlooked(
            moment
        )
    return _from_asker(moment, report, case)


def timer(moment: Moment, fired: TimerFired) -> Outcome:
    """A reminder: void unless the conversation still stands where it was set."""
    case = moment.state.case
    if case is None or fired.turn != case.turn:
        return silent(moment, "the conversation went on since the reminder was set")
    kind = Kind.NUDGE if fired.name == "nudge" else Kind.EXPIRE
    return _advance(moment, fired.place, case, Event(kind)) or _overlooked(moment)


def ticket_changed(moment: Moment, changed: TicketChanged) -> Outcome:
    """Staff claimed or resolved the ticket: the person is told."""
    case = moment.state.case
    if case is None:
        return silent(moment, "the conversation is gone")
    kind = Kind.CLAIMED if changed.status is TicketStatus.CLAIMED else Kind.RESOLVED
    return _advance(moment, changed.place, case, Event(kind, changed.by)) or _overlooked(moment)


def withdrawn(moment: Moment, gone: Withdrawn) -> Outcome:
    """The person deleted the message: the case rests."""
    case = moment.state.case
    if case is None or gone.ts != gone.place.thread:
        return silent(moment, "not the message a case is about")
    return _advance(moment, gone.place, case, Event(Kind.WITHDRAWN)) or _overlooked(moment)


def _beside_the_thread(moment: Moment, report: Report) -> Outcome | None:
    """In a direct message people answer below the thread as well: their case there is told."""
    recent = moment.recent
    if recent is None or not report.place.in_dm or recent.lane == report.place.key:
        return None
    place = Place.of(recent.lane)
    below_ours = report.in_thread and not place.thread  # under what we began, as after a command
    if not (below_ours or is_answer(report.text, moment.rulebook.rule(recent.rule_id))):
        return None
    meant = replace(report, place=place, in_thread=True, secrets=())
    told = task(place, f"{report.ts or moment.now}:beside", meant)
    return Outcome(state=moment.state, tasks=(told,), why="an answer to the case before it")


def _starts_anew(moment: Moment, case: Case, report: Report) -> bool:
    """A closed conversation and something said to us that isn't an answer to it: a new report."""
    if case.phase not in _CLOSED or not report.direct or report.edited:
        return False
    return event_for(report.text, case, moment.rulebook.rule(case.rule_id)) is None


def _from_asker(moment: Moment, report: Report, case: Case) -> Outcome:
    rule = moment.rulebook.rule(case.rule_id)
    event = event_for(redact(report.text), case, rule) or _chosen(moment, report, case)
    if event is None:
        event = _other_error(moment, report, case)
    if event is None and report.direct:
        again = _commanded(report) and case.phase is Phase.ESCALATED
        event = Event(Kind.WANTS_HUMAN if again else Kind.UNCLEAR)
    if event is None:
        return silent(moment, "an ordinary message in the thread")
    said = Answered(_shown(report.text))
    return _advance(moment, report.place, case, event, said) or _overlooked(moment)


def _commanded(report: Report) -> bool:
    """It came with /firstcheck, which is always answered: nothing else is told outside a thread."""
    return report.place.in_dm and not report.place.thread and not report.in_thread


def _shown(text: str) -> str:
    return redact(" ".join(text.split()))[:80]


def _chosen(moment: Moment, report: Report, case: Case) -> Event | None:
    """A candidate named by its app: "Outlook です"."""
    if case.phase is not Phase.CHOOSING:
        return None
    text = read(report.text).text
    products = moment.rulebook.products
    named = [
        rule.id
        for candidate in case.candidates
        if (rule := moment.rulebook.rule(candidate)) and (product := products.get(rule.product))
        if any(plain_words(words) in text for words in (product.title.ja, *product.words))
    ]
    return Event(Kind.CHOSE, named[0]) if len(named) == 1 else None


def _other_error(moment: Moment, report: Report, case: Case) -> Event | None:
    """A new, different error in the thread is offered as a case of its own."""
    found = moment.matcher.match(read(report.text)).found
    other = next((m.rule.id for m in found if m.rule.id != case.rule_id), None)
    return Event(Kind.OTHER_ERROR, other) if other else None


def _advance(
    moment: Moment, place: Place, case: Case, event: Event, answered: Answered = UNANSWERED
) -> Outcome | None:
    """The conversation after `event`; None where it makes no sense there."""
    wanted = event.value if event.kind is Kind.CHOSE else case.rule_id
    try:
        after = advance(case, event, moment.rulebook.rule(wanted), moment.policy.limits)
    except IllegalEvent:
        return None
    return carry_out(moment, place, after, answered)


def _overlooked(moment: Moment) -> Outcome:
    return silent(moment, "it changes nothing where the conversation stands")


def _gone(moment: Moment, press: Press) -> Outcome:
    """It was forgotten, or is newer than a restored copy, and so is where it went on."""
    place = Place(press.place.team, press.elsewhere) if press.elsewhere else press.place
    return _notice(moment, press, "gone", place)


def _notice(moment: Moment, press: Press, key: str, place: Place | None = None) -> Outcome:
    """Told to the presser only; at most once a press."""
    case = moment.state.case
    language = case.language if case else Language(press.language or moment.policy.language)
    body = Notice(place or press.place, press.who, Reply((Line(sentence(key, language)),)))
    name = f"{press.message_ts}:{press.who}:{press.action.value}:{press.value}:{key}"
    return Outcome(state=moment.state, tasks=(task(press.place, name, body),), why=key)
