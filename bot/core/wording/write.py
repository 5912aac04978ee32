"""From a topic to a reply: at most five lines, one next step, and always a way to a person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.core.conversation.model import Case, Topic
from bot.core.diagnosis.model import NOT_SURE
from bot.core.rulebook.model import AnswerKind, Bilingual, Cause, Check, Rule, Rulebook
from bot.core.text.language import Language
from bot.core.triage.model import Ticket
from bot.core.wording.reply import Action, Button, Line, LineKind, Reply
from bot.core.wording.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence may need beside the case."""

    rulebook: Rulebook
    ticket: Ticket | None = None
    contact: Bilingual | None = None
    """Set when there is no triage channel: the person is told whom to contact."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One message being written."""

    case: Case
    value: str
    context: Context

    @property
    def rule(self) -> Rule | None:
        return self.context.rulebook.rule(self.case.rule_id)

    def say(self, key: str, **values: str) -> str:
        return sentence(key, self.case.language, **values)

    def of(self, text: Bilingual | None) -> str:
        return text.in_(self.case.language) if text else ""

    def title(self, rule_id: str) -> str:
        rule = self.context.rulebook.rule(rule_id)
        return self.of(rule.title) if rule else rule_id

    def button(self, name: str, action: Action, value: str = "", style: str = "") -> Button:
        return Button(self.say(f"button_{name}"), action, value, style)


def write(topic: Topic, value: str, case: Case, context: Context) -> Reply:
    """The reply to be posted: `case` is the state after the event, `value` the topic's own."""
    return _TOPICS[topic](_Page(case, value, context))


def settle(case: Case, context: Context, answer: str, who: str = "") -> Reply:
    """The message of the case's current turn without its buttons, and what was answered.

    `who` is given when somebody else than the asker answered.
    """
    page = _Page(case, "", context)
    lines = write(case.topic, "", case, context).lines
    said = page.say("settled_by" if who else "settled", answer=answer)
    return Reply((*lines, Line(said, LineKind.SMALL, who=who))) if answer else Reply(lines)


def label_of(action: Action, value: str, case: Case, rule: Rule | None, book: Rulebook) -> str:
    """What a press said, in words: the label of the button pressed."""
    if action is Action.ANSWER:
        check = rule.check(case.step.partition(":")[2]) if rule else None
        return answer_label(check, value, case.language)
    if action in (Action.CHOOSE, Action.OPEN_OTHER):
        chosen = book.rule(value)
        return chosen.title.in_(case.language) if chosen else value
    return sentence(f"button_{action.value.removeprefix('fc_')}", case.language)


def answer_label(check: Check | None, value: str, language: Language) -> str:
    """How an answer is shown to a person."""
    yes_no = check is not None and check.kind is AnswerKind.YES_NO
    if value == NOT_SURE or (yes_no and value in ("yes", "no")):
        return sentence(value, language)
    labels = {a.id: a.label.in_(language) for a in check.answers if a.label} if check else {}
    return labels.get(value, value)


# --- The topics ---------------------------------------------------------------------------------


def _step(page: _Page) -> Reply:
    kind, _, key = page.case.step.partition(":")
    rule = page.rule
    if rule is None:
        return _people(page)
    opening = _opening(page, rule) if _is_first(page.case) else []
    cause, check = rule.cause(key), rule.check(key)
    if kind == "fix" and cause is not None:
        return Reply((*opening, *_fix(page, rule, cause)), _fix_buttons(page))
    if check is not None:
        return Reply((*opening, *_ask(page, check)), _ask_buttons(page, check))
    return _people(page)


def _is_first(case: Case) -> bool:
    """Nothing was tried or answered by the person yet."""
    return not (case.failed or case.skipped or case.questions)


def _opening(page: _Page, rule: Rule) -> list[Line]:
    """Which words were recognised, and what the message really means."""
    lines = [Line(page.say("recognised", quote=page.case.quote), LineKind.QUOTE)]
    meaning = page.of(rule.misdirection) or page.say("looks_like", title=page.of(rule.title))
    if rule.applies_to:
        meaning = _join(page, meaning, page.say("applies_to", clause=page.of(rule.applies_to)))
    return [*(lines if page.case.quote else []), Line(meaning)]


def _fix(page: _Page, rule: Rule, cause: Cause) -> list[Line]:
    small = [page.of(cause.where)]
    caution = page.of(rule.caution) if _is_first(page.case) else ""
    if _is_first(page.case) and page.case.others:
        small.append(page.say("also_found", title=page.title(page.case.others[0])))
    return [
        Line(page.of(cause.fix), LineKind.LEAD),
        *([Line(caution)] if caution else []),
        *([Line(_join(page, *small), LineKind.SMALL)] if any(small) else []),
    ]


def _ask(page: _Page, check: Check) -> list[Line]:
    return [Line(page.of(check.ask), LineKind.LEAD)]


def _join(page: _Page, *parts: str) -> str:
    space = "" if page.case.language is Language.JA else " "
    return space.join(p for p in parts if p)


def _fix_buttons(page: _Page) -> tuple[Button, ...]:
    return (
        page.button("fixed", Action.FIXED, style="primary"),
        page.button("failed", Action.FAILED),
        *_ways_out(page),
    )


def _ask_buttons(page: _Page, check: Check) -> tuple[Button, ...]:
    answers = [
        Button(answer_label(check, a.id, page.case.language), Action.ANSWER, a.id)
        for a in check.answers
    ]
    return (
        *answers,
        page.button("not_sure", Action.NOT_SURE),
        page.button("fixed", Action.FIXED),
        *_ways_out(page),
    )


def _ways_out(page: _Page) -> tuple[Button, ...]:
    return (
        page.button("other", Action.OTHER),
        page.button("human", Action.HUMAN),
        page.button("not_an_error", Action.NOT_AN_ERROR),
    )


def _choose(page: _Page) -> Reply:
    """One button a candidate; named by product where a code left that open."""
    book = page.context.rulebook
    rules = [rule for c in page.case.candidates if (rule := book.rule(c))]
    key, label = _choice(page, rules)
    buttons = [Button(label(rule)[:75], Action.CHOOSE, rule.id) for rule in rules]
    title = page.of(rules[0].title) if rules else ""
    lines = [Line(page.say(key, title=title), LineKind.LEAD)]
    if page.case.quote:
        lines.insert(0, Line(page.say("recognised", quote=page.case.quote), LineKind.QUOTE))
    return Reply(
        tuple(lines),
        (*buttons, page.button("none", Action.OTHER), *_ways_out(page)[1:]),
    )


def _choice(page: _Page, rules: Sequence[Rule]) -> tuple[str, Callable[[Rule], str]]:
    """How it is asked, and what each button says."""
    products = page.context.rulebook.products
    if len(rules) == 1:
        return "choose_one", lambda _: page.say("yes")
    if len({rule.product for rule in rules}) == len(rules):
        return "choose_app", lambda rule: page.of(products[rule.product].title)
    return "choose", lambda rule: page.of(rule.title)


def _no_rule(page: _Page) -> Reply:
    return Reply(
        (Line(page.say("no_rule")), Line(page.say("no_rule_next"), LineKind.LEAD)),
        (
            page.button("human", Action.HUMAN, style="primary"),
            page.button("not_an_error", Action.NOT_AN_ERROR),
        ),
    )


def _people(page: _Page) -> Reply:
    return Reply(
        (Line(page.say("people")), Line(page.say("people_next"), LineKind.LEAD)),
        _people_buttons(page),
    )


def _people_buttons(page: _Page) -> tuple[Button, ...]:
    return (
        page.button("human", Action.HUMAN, style="primary"),
        page.button("fixed", Action.FIXED),
        page.button("other", Action.OTHER),
        page.button("not_an_error", Action.NOT_AN_ERROR),
    )


def _helpdesk_only(page: _Page) -> Reply:
    rule = page.rule
    lines = _opening(page, rule) if rule and _is_first(page.case) else []
    lines.append(Line(page.say("helpdesk_only")))
    if rule and rule.escalate.meanwhile:
        lines.append(Line(page.say("meanwhile", text=page.of(rule.escalate.meanwhile))))
    lines.append(Line(page.say("people_next"), LineKind.LEAD))
    human, fixed, _, not_an_error = _people_buttons(page)
    return Reply(tuple(lines), (human, fixed, not_an_error))


def _escalated(page: _Page) -> Reply:
    ticket = page.context.ticket
    team = page.of(ticket.team) if ticket else ""
    facts = page.say("list_separator").join(page.of(b) for b in ticket.bring) if ticket else ""
    if page.context.contact is not None:
        lines = [
            Line(page.of(page.context.contact), LineKind.LEAD),
            *([Line(page.say("escalated_contact", facts=facts))] if facts else []),
        ]
    else:
        lines = [
            Line(page.say("escalated", team=team, ticket=page.case.ticket), LineKind.LEAD),
            Line(page.say("escalated_known")),
            *([Line(page.say("escalated_bring", facts=facts))] if facts else []),
        ]
    meanwhile = page.rule.escalate.meanwhile if page.rule else None
    if meanwhile:
        lines.append(Line(page.say("meanwhile", text=page.of(meanwhile)), LineKind.SMALL))
    return Reply(tuple(lines), (page.button("fixed", Action.FIXED),))


def _solved(page: _Page) -> Reply:
    """Done; what else was in the same paste is offered now."""
    other = page.case.others[0] if page.case.others else ""
    offer = Line(page.say("other_error", title=page.title(other))) if other else None
    back = Line(page.say("solved_next"), LineKind.SMALL)
    return Reply(
        (Line(page.say("solved"), LineKind.LEAD), offer or back),
        (
            *((page.button("open_other", Action.OPEN_OTHER, other, "primary"),) if other else ()),
            page.button("still", Action.FAILED),
            page.button("human", Action.HUMAN),
        ),
    )


def _resolved(page: _Page) -> Reply:
    return Reply(
        (Line(page.say("resolved"), who=page.value), Line(page.say("resolved_next"))),
        (page.button("still", Action.FAILED), page.button("human", Action.HUMAN)),
    )


def _other_error(page: _Page) -> Reply:
    return Reply(
        (Line(page.say("other_error", title=page.title(page.value))),),
        (
            page.button("open_other", Action.OPEN_OTHER, page.value, style="primary"),
            page.button("human", Action.HUMAN),
        ),
    )


def _expired(page: _Page) -> Reply:
    return Reply(
        (Line(page.say("expired")),),
        (
            page.button("fixed", Action.FIXED),
            page.button("still", Action.FAILED),
            page.button("human", Action.HUMAN),
        ),
    )


def _line(page: _Page, *, key: str, who: bool = False, human: bool = False) -> Reply:
    """A single sentence, with or without the way to a person."""
    buttons = (page.button("human", Action.HUMAN),) if human else ()
    return Reply((Line(page.say(key), who=page.value if who else ""),), buttons)


_TOPICS: Final[Mapping[Topic, Callable[[_Page], Reply]]] = {
    Topic.STEP: _step,
    Topic.CHOOSE: _choose,
    Topic.NO_RULE: _no_rule,
    Topic.PEOPLE: _people,
    Topic.HELPDESK_ONLY: _helpdesk_only,
    Topic.ESCALATED: _escalated,
    Topic.SOLVED: _solved,
    Topic.RESOLVED: _resolved,
    Topic.OTHER_ERROR: _other_error,
    Topic.EXPIRED: _expired,
    Topic.DISMISSED: partial(_line, key="dismissed", human=True),
    Topic.NUDGE: partial(_line, key="nudge", human=True),
    Topic.UNCLEAR: partial(_line, key="unclear", human=True),
    Topic.CLAIMED: partial(_line, key="claimed", who=True),
}
