"""Which known errors a symptom shows.

Phrases: an index names the few that may be in the text (`index`), each is aligned with it
(`align`) and judged (`score`). Codes: one look-up a token (`codes`). Then the rules found are
compared with each other (`rivals`) and with what the words around them say (`surroundings`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from bot.core.matching.align import exact, fuzzy
from bot.core.matching.codes import Codes
from bot.core.matching.finding import Finding, strongest
from bot.core.matching.index import Index
from bot.core.matching.model import Matches, Reason
from bot.core.matching.pattern import prepare
from bot.core.matching.rivals import settle
from bot.core.matching.score import CAPPED, CONFIDENT, judge
from bot.core.matching.surroundings import cue
from bot.core.matching.view import View, occurrences
from bot.core.rulebook.model import Code, Phrase, Status
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.matching.align import Alignment
    from bot.core.matching.codes import Sighting
    from bot.core.matching.index import Candidate, Entry
    from bot.core.matching.surroundings import Cue
    from bot.core.rulebook.model import Rule, Rulebook
    from bot.core.text.symptom import Symptom

_CODE: Final = 0.95
"""The score of a code that is there and means one thing."""
_UNTOLD: Final = 0.6
"""…of one whose `near` words are missing."""
_BARE: Final = 0.5
"""…of a bare number nobody calls an error."""
_CODE_WEIGHT: Final = 2.0
"""A character of a code tells so many times more than one of a phrase."""
_SHORT: Final = 14
"""Up to this length a phrase must begin and end where words do."""
_LIKELY: Final = 0.4
"""A phrase with this share of its n-grams in the text is worth a second look."""
_MOST: Final = 0.8
"""Less of a phrase need not be judged where a whole one stands."""
_KEPT: Final = 0.15
"""Lower scores are not worth reporting."""


class Matcher:
    """Matches symptoms against one rule base. Immutable, and safe to share between threads."""

    def __init__(self, rulebook: Rulebook, *, include_drafts: bool = False) -> None:
        self._include_drafts = include_drafts
        rules = [rule for rule in rulebook.rules if rule.status is not Status.RETIRED]
        phrases = [(r, s) for r in rules for s in r.signatures if isinstance(s, Phrase)]
        patterns = (prepare(rule, phrase) for rule, phrase in phrases)
        self._index = Index([pattern for pattern in patterns if pattern.text])
        self._codes = Codes((r, s) for r in rules for s in r.signatures if isinstance(s, Code))
        self._words: dict[str, str] = {}
        for rule in rules:
            near = [w for s in rule.signatures if isinstance(s, Code) for w in s.near]
            for word in (*near, *rule.unless):
                self._words[word] = read(word).text.replace(" ", "")

    def match(self, symptom: Symptom) -> Matches:
        """Everything found in `symptom`. The same symptom always gives the same matches."""
        view = View.of(symptom)
        by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in (*self._phrases(view), *self._sighted(view)):
            by_rule[finding.rule.id].append(finding)
        best = [found for found in map(strongest, by_rule.values()) if found]
        best = [self._vetoed(found, view) for found in best if found.score >= _KEPT]
        drafts = [found for found in best if self._is_held(found.rule)]
        ranked = settle([found for found in best if not self._is_held(found.rule)])
        ranked = self._in_context(ranked, symptom) + [_held(found) for found in drafts]
        ranked.sort(key=lambda found: -found.score)
        return Matches(symptom, tuple(found.match(symptom) for found in ranked))

    def _phrases(self, view: View) -> Iterator[Finding]:
        explained: list[Alignment] = []
        for candidate in self._index.candidates(view.text):
            entry, alignment = candidate.entry, _aligned(candidate, view)
            if not alignment or _within(alignment, entry, explained):
                continue
            if alignment.matched == len(entry.pattern.text) and not alignment.strays:
                explained.append(alignment)
            scored = judge(entry, alignment, view)
            if scored:
                length = len(entry.pattern.text)
                yield Finding(
                    rule=entry.pattern.rule,
                    signature=entry.pattern.signature,
                    score=scored.score,
                    span=view.span(alignment.start, alignment.end),
                    weight=scored.weight,
                    coverage=scored.coverage,
                    misses=length - alignment.matched + alignment.strays,
                    reasons=scored.reasons,
                )

    def _sighted(self, view: View) -> Iterator[Finding]:
        for sighting in self._codes.sightings(view.symptom):
            near = sighting.signature.near
            told = not near or any(self._stands(word, view) for word in near)
            yield _code_finding(sighting, view, told=told)

    def _stands(self, word: str, view: View) -> bool:
        return bool(occurrences(view, self._words[word]))

    def _vetoed(self, found: Finding, view: View) -> Finding:
        veto = next((phrase for phrase in found.rule.unless if self._stands(phrase, view)), None)
        if veto is None:
            return found
        return found.capped(0.0, Reason("unless", -1.0, f"the rule excludes “{veto}”"))

    def _is_held(self, rule: Rule) -> bool:
        return rule.status is Status.DRAFT and not self._include_drafts

    def _in_context(self, ranked: list[Finding], symptom: Symptom) -> list[Finding]:
        spans = [found.span for found in ranked if found.score >= CONFIDENT]
        said = cue(symptom.original, spans) if spans else None
        return [_quietened(found, said) for found in ranked] if said else ranked


def _aligned(candidate: Candidate, view: View) -> Alignment | None:
    """The phrase in or near the chunk, as it is if possible, else as well as possible."""
    pattern = candidate.entry.pattern
    start = max(0, candidate.start - len(pattern.text))
    end = min(len(view.text), candidate.end + len(pattern.text))
    found = exact(pattern, view.text, start, end)
    if not found:
        return fuzzy(pattern, view.text, start, end, closer=candidate.share >= _LIKELY)
    whole = len(pattern.text) > _SHORT or view.whole_words(found.start, found.end)
    return found if whole else None


def _within(alignment: Alignment, entry: Entry, explained: list[Alignment]) -> bool:
    """Whether it is but a part of a phrase, on words that are a whole one."""
    if alignment.matched >= _MOST * len(entry.pattern.text):
        return False
    return any(e.start <= alignment.start and alignment.end <= e.end for e in explained)


def _code_finding(sighting: Sighting, view: View, *, told: bool) -> Finding:
    code = sighting.signature
    reasons = [Reason("code", 1.0, f"the code {code.code} is there")]
    score = _CODE
    if not told:
        score = _UNTOLD
        reasons.append(Reason("near", -1.0, f"none of {', '.join(code.near)} is there"))
    if not sighting.cued:
        score = min(score, _BARE)
        reasons.append(Reason("bare", -1.0, "it is only a number that nothing calls an error"))
    return Finding(
        rule=sighting.rule,
        signature=code,
        score=score,
        span=view.symptom.span(sighting.start, sighting.end),
        weight=_CODE_WEIGHT * (sighting.end - sighting.start),
        coverage=1.0,
        misses=0,
        reasons=tuple(reasons),
        needs_context=not told and sighting.cued,
    )


def _quietened(found: Finding, said: Cue) -> Finding:
    words = f"the words around it say it is {said.kind}: “{said.words}”"
    return found.capped(CAPPED, Reason("surroundings", -1.0, words))


def _held(found: Finding) -> Finding:
    return found.capped(CAPPED, Reason("draft", -1.0, "the rule is a draft"))
