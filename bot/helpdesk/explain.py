"""Why: everything that led to an answer, or to silence, as plain JSON for the page and `--why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.core.diagnosis.plan import diagnose
from bot.core.matching.learned import CONFIDENT, NEAR
from bot.core.matching.why import reasons
from bot.core.rulebook.model import Bilingual, Phrase, Rule
from bot.core.text.normalise import read
from bot.core.wording.write import answer_label
from bot.helpdesk.codec import from_json
from bot.helpdesk.incoming import Place, Report
from bot.helpdesk.moment import LaneState

if TYPE_CHECKING:
    from bot.core.conversation.model import Case
    from bot.core.diagnosis.model import Diagnosis, Evidence, Option, RankedCause
    from bot.core.matching.model import Match
    from bot.helpdesk.desk import Desk
    from bot.helpdesk.ports import Json

_PLACE: Final = Place("T", "C", "1.0")
_SHOWN: Final = 8
"""Candidates worth showing."""


def why(desk: Desk, text: str, *, direct: bool = False) -> dict[str, Any]:
    """What the helpdesk makes of `text`: symptom, matches, diagnosis, and what it would do."""
    symptom = read(text)
    matches = desk.matcher.match(symptom)
    done = desk.step({}, Report(_PLACE, "U", "1.0", text, direct=direct), 0.0)
    case = from_json(done.state or {}, LaneState).case
    rule = desk.rulebook.rule(case.rule_id) if case else None
    return {
        "original": text,
        "normalised": symptom.text,
        "language": case.language.value if case else "",
        "band": matches.band.value,
        "thresholds": {"confident": CONFIDENT, "near": NEAR},
        "matches": [_match(m) for m in matches.ranked[:_SHOWN]],
        "silent": (done.result or {}).get("why", ""),
        "diagnosis": _diagnosis(rule, case.evidence) if rule and case else None,
        "case": _case(case, rule) if case else None,
    }


def lane(desk: Desk, state: Json) -> dict[str, Any] | None:
    """How the conversation of a lane stands; None if there is none."""
    case = from_json(state, LaneState).case
    if case is None:
        return None
    rule = desk.rulebook.rule(case.rule_id)
    return {
        **_case(case, rule),
        "diagnosis": _diagnosis(rule, case.evidence) if rule else None,
    }


def _match(match: Match) -> dict[str, Any]:
    signature = match.signature
    return {
        "rule": match.rule.id,
        "title": _both(match.rule.title),
        "status": match.rule.status.value,
        "score": round(match.score, 4),
        "band": match.band.value,
        "span": list(match.span),
        "quote": match.quote,
        "signature": signature.text if isinstance(signature, Phrase) else signature.code,
        "needs_context": match.needs_context,
        "reasons": [
            {"feature": r.feature, "value": round(r.value, 4), "words": r.words}
            for r in reasons(match)
        ],
    }


def _diagnosis(rule: Rule, evidence: Evidence) -> dict[str, Any]:
    diagnosis: Diagnosis = diagnose(rule, evidence)
    return {
        "rule": rule.id,
        "misdirection": _both(rule.misdirection) if rule.misdirection else None,
        "causes": [_cause(r) for r in diagnosis.causes],
        "options": [_option(o) for o in diagnosis.options],
        "next": diagnosis.next.key if diagnosis.next else None,
        "why": diagnosis.why,
    }


def _cause(ranked: RankedCause) -> dict[str, Any]:
    return {
        "id": ranked.cause.id,
        "title": _both(ranked.cause.title),
        "probability": round(ranked.probability, 4),
        "arithmetic": ranked.arithmetic,
        "ruled_out_by": ranked.ruled_out_by,
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "step": option.step.key,
        "title": _both(option.step.title),
        "cost": round(option.expected_cost, 3),
        "why": option.why,
    }


def _case(case: Case, rule: Rule | None) -> dict[str, Any]:
    return {
        "id": case.id,
        "rule": case.rule_id,
        "phase": case.phase.value,
        "turn": case.turn,
        "step": case.step,
        "quote": case.quote,
        "answers": [_answer(case, rule, c, v) for c, v in case.answers.items()],
        "tried": list(case.failed),
        "skipped": list(case.skipped),
        "ticket": case.ticket,
    }


def _answer(case: Case, rule: Rule | None, check_id: str, value: str) -> dict[str, Any]:
    check = rule.check(check_id) if rule else None
    return {
        "check": check_id,
        "title": _both(check.title) if check else {"en": check_id, "ja": check_id},
        "value": value,
        "label": answer_label(check, value, case.language),
        "from": "paste" if check_id in case.from_paste else "person",
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"en": text.en, "ja": text.ja}
