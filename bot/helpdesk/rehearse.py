"""A rule's own examples, played through the whole helpdesk: what an author promised must happen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.core.conversation.model import Phase
from bot.core.rulebook.problems import Problem
from bot.core.text.normalise import read
from bot.core.triage.handover import escalation_class
from bot.core.wording.reply import Action
from bot.helpdesk.codec import from_json
from bot.helpdesk.desk import Desk
from bot.helpdesk.incoming import Incoming, Place, Press, Report
from bot.helpdesk.moment import LaneState
from bot.helpdesk.ports import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.rulebook.model import Counterexample, Example, Rule, Turn

_PLACE: Final = Place("T", "C", "1.0")
_ASKER: Final = "U"
_NOW: Final = 1_800_000_000.0
"""Any moment will do: nothing in an example depends on it."""

_BUTTONS: Final = {
    "fixed": Action.FIXED,
    "failed": Action.FAILED,
    "not_sure": Action.NOT_SURE,
    "other": Action.OTHER,
    "human": Action.HUMAN,
    "not_an_error": Action.NOT_AN_ERROR,
}


@dataclass
class Rehearsal:
    """One conversation being played."""

    desk: Desk
    state: Json = field(default_factory=dict)
    _messages: int = 0

    def hear(self, text: str) -> None:
        """The person writes; the first message is the report."""
        self._messages += 1
        ts = f"{self._messages}.0"
        self._step(Report(_PLACE, _ASKER, ts, text, in_thread=self._messages > 1))

    def press(self, button: str) -> None:
        """The person presses a button: one of ours, or an answer of the check."""
        action = _BUTTONS.get(button, Action.ANSWER)
        turn = self.lane.case.turn if self.lane.case else 0
        value = button if action is Action.ANSWER else ""
        self._step(Press(_PLACE, _ASKER, action, value, turn, "1.1"))

    @property
    def lane(self) -> LaneState:
        """The state so far."""
        return from_json(self.state, LaneState)

    @property
    def offered(self) -> str:
        """The cause or check id on the table; empty if none."""
        case = self.lane.case
        return case.step.partition(":")[2] if case and case.phase is Phase.OFFERED else ""

    def concluded(self, rule: Rule) -> set[str]:
        """How it ended, in the words of `concludes`."""
        case = self.lane.case
        if case is None or case.phase not in (Phase.SOLVED, Phase.ESCALATED):
            return set()
        if case.phase is Phase.SOLVED:
            return {"solved"}
        return {"escalated", escalation_class(case, rule)}

    def _step(self, incoming: Incoming) -> None:
        done = self.desk.step(self.state, incoming, _NOW)
        self.state = done.state if done.state is not None else self.state


def examples(desk: Desk, rule: Rule) -> Iterator[Problem]:
    """What of `rule`'s examples, dialogues and counterexamples does not come true."""
    for example in rule.examples:
        yield from _example(desk, rule, example)
    for counterexample in rule.counterexamples:
        yield from _counterexample(desk, rule, counterexample)


def _example(desk: Desk, rule: Rule, example: Example) -> Iterator[Problem]:
    rehearsal = Rehearsal(desk)
    rehearsal.hear(example.text)
    case = rehearsal.lane.case
    answered = case.rule_id if case else ""
    if answered != rule.id and not (case and rule.id in (*case.candidates, *case.others)):
        yield _problem(rule, example.line, "example-missed", _missed(desk, example.text, answered))
        return
    if better := _better(desk, rule, example.text):
        message = f"{example.text!r} is taken for {better} before its own rule"
        yield _problem(rule, example.line, "example-not-first", message)
    for number, turn in enumerate(example.dialogue, start=1):
        if wrong := _play(rehearsal, rule, turn):
            where = f"line {number} of the dialogue: {wrong}"
            yield _problem(rule, example.line, "dialogue-differs", where)
            return


def _better(desk: Desk, rule: Rule, text: str) -> str:
    """The rule that ranks above its own; empty if none does."""
    ranked = desk.matcher.match(read(text)).ranked
    own = max((match.score for match in ranked if match.rule.id == rule.id), default=0.0)
    first = next(iter(ranked), None)
    return first.rule.id if first and round(first.score, 2) > round(own, 2) else ""


def _play(rehearsal: Rehearsal, rule: Rule, turn: Turn) -> str:
    """Play one line; what went otherwise, or nothing."""
    if turn.user is not None:
        button = turn.user.strip()
        if button.startswith("[") and button.endswith("]"):
            rehearsal.press(button[1:-1])
        else:
            rehearsal.hear(turn.user)
    elif turn.asks is not None and rehearsal.offered != turn.asks:
        return f"{turn.asks!r} should be offered, but {_stands(rehearsal)}"
    elif turn.concludes is not None and turn.concludes not in rehearsal.concluded(rule):
        return f"it should conclude as {turn.concludes!r}, but {_stands(rehearsal, rule)}"
    return ""


def _stands(rehearsal: Rehearsal, rule: Rule | None = None) -> str:
    if rehearsal.offered:
        return f"{rehearsal.offered!r} is offered"
    case = rehearsal.lane.case
    ended = ", ".join(sorted(filter(None, rehearsal.concluded(rule)))) if rule else ""
    return f"the conversation is {ended or (case.phase.value if case else 'not open')}"


def _missed(desk: Desk, text: str, answered: str) -> str:
    if answered:
        return f"{text!r} is answered by {answered}"
    best = next(iter(desk.matcher.match(read(text)).ranked), None)
    near = f"; the best is {best.rule.id} at {best.score:.2f}" if best else ""
    return f"{text!r} is not recognised{near}"


def _counterexample(desk: Desk, rule: Rule, counter: Counterexample) -> Iterator[Problem]:
    rehearsal = Rehearsal(desk)
    rehearsal.hear(counter.text)
    case = rehearsal.lane.case
    if case and rule.id in (case.rule_id, *case.candidates, *case.others):
        message = f"{counter.text!r} must not be answered ({counter.because})"
        yield _problem(rule, counter.line, "counterexample-answered", message)


def _problem(rule: Rule, line: int, code: str, message: str) -> Problem:
    return Problem(rule.path, line or 1, 1, code, message)
