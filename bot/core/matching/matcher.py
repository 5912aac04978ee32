"""Which known errors a symptom shows.

Codes: one look-up a token (`codes`). Phrases: one pass finds those that stand there whole; an index
names the few that may be there in part (`phrases`), and each of these is aligned with the text
(`align`). What speaks for and against each (`evidence`) is weighed (`decide`), rules that claim the
same words are compared (`rivals`), and so is what the words around them say (`surroundings`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from heapq import nlargest
from math import log10
from typing import TYPE_CHECKING, Final

from bot.core.matching.align import fuzzy
from bot.core.matching.codes import Codes
from bot.core.matching.compiled import compile_phrases
from bot.core.matching.decide import probability
from bot.core.matching.evidence import evidence, explained
from bot.core.matching.finding import Finding, strongest
from bot.core.matching.learned import CONFIDENT
from bot.core.matching.model import Matches, Reason
from bot.core.matching.pattern import fixed_parts
from bot.core.matching.phrases import Phrases
from bot.core.matching.rivals import in_company, rivalry, settle
from bot.core.matching.surroundings import cue
from bot.core.matching.view import View, occurrences
from bot.core.rulebook.model import Code, Phrase, Status
from bot.core.text.normalise import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.matching.align import Alignment
    from bot.core.matching.codes import Sighting
    from bot.core.matching.compiled import Compiled
    from bot.core.matching.index import Candidate
    from bot.core.matching.phrases import Entry
    from bot.core.matching.surroundings import Cue
    from bot.core.rulebook.model import Rule, Rulebook, Signature
    from bot.core.text.symptom import Symptom

_CODE: Final = 0.995
"""The score of a code that is there and means one thing."""
_UNTOLD: Final = 0.4
"""…of one whose `near` words are missing."""
_BARE: Final = 0.3
"""…of a bare number nobody calls an error."""
_CODE_WEIGHT: Final = 2.0
"""A character of a code tells so many times more than one of a phrase."""
_SHORT: Final = 14
"""Up to this length a phrase must begin and end where words do."""
_LIKELY: Final = 0.35
"""A phrase with this share of its n-grams in the text is worth a second look."""
_HALF: Final = 0.5
"""Less of another signature is no support; as much lends…"""
_SUPPORT: Final = 0.5
"""…so much of what certainty is missing."""
_MOST: Final = 0.8
"""Less of a phrase need not be judged where a whole one stands."""
_REST: Final = 6
"""So few characters beside whole phrases are no other message."""
_MOST_SEEN: Final = 200
"""A log may hold every error there is; so many are compared with each other."""
_KEPT: Final = 0.02
"""Lower scores are not worth reporting."""


class Matcher:
    """Matches symptoms against one rule base. Immutable, and safe to share between threads."""

    def __init__(
        self,
        rulebook: Rulebook,
        *,
        include_drafts: bool = False,
        compiled: Compiled | None = None,
    ) -> None:
        self._include_drafts = include_drafts
        rules = [rule for rule in rulebook.rules if rule.status is not Status.RETIRED]
        phrases = phrases_of(rulebook)
        self._phrases = Phrases(phrases, compiled or compile_rulebook(rulebook))
        self._codes = Codes((r, s) for r in rules for s in r.signatures if isinstance(s, Code))
        self._size = log10(max(1, len(rules)))
        self._words: dict[str, str] = {}
        for rule in rules:
            near = [word for signature in rule.signatures for word in signature.near]
            for word in (*near, *rule.unless):
                self._words[word] = read(word).bare

    def match(self, symptom: Symptom) -> Matches:
        """Everything found in `symptom`. The same symptom always gives the same matches."""
        by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
        view = View(symptom)
        for finding in self._findings(view):
            by_rule[finding.rule.id].append(finding)
        if not by_rule:
            return Matches(symptom, ())
        best = [found for found in map(strongest, by_rule.values()) if found]
        best = [self._vetoed(found, view) for found in best if found.score >= _KEPT]
        drafts = [found for found in best if self._is_held(found.rule)]
        ranked = settle([found for found in best if not self._is_held(found.rule)])
        ranked = _in_context(ranked, symptom) + [_held(found) for found in drafts]
        ranked.sort(key=lambda found: -round(found.score, 2))
        return Matches(symptom, tuple(found.match(symptom) for found in ranked))

    def seen(self, symptom: Symptom) -> list[Finding]:
        """Every signature seen in `symptom`, its evidence complete but not weighed yet."""
        return self._seen(View(symptom))

    def findings(self, symptom: Symptom) -> list[Finding]:
        """Every signature seen in `symptom`, weighed; rules are not compared yet."""
        return self._findings(View(symptom))

    def _seen(self, view: View) -> list[Finding]:
        seen = [*self._sighted(view), *self._read(view)]
        if len(seen) > _MOST_SEEN:
            seen = nlargest(_MOST_SEEN, seen, key=lambda finding: finding.explains)
        return [_beside(finding, seen) for finding in seen]

    def _findings(self, view: View) -> list[Finding]:
        seen = self._seen(view)
        return [_supported(f, seen) for f in [_weighed(finding) for finding in seen]]

    def _read(self, view: View) -> Iterator[Finding]:
        """Phrases, whole and in part."""
        whole = [
            (entry, alignment)
            for entry, alignment in self._phrases.whole(view.text)
            if len(entry.pattern.text) > _SHORT or view.whole_words(alignment.start, alignment.end)
        ]
        for entry, alignment in whole:
            yield from self._found(entry, alignment, view)
        if whole and _rest(view.text, [alignment for _, alignment in whole]) < _REST:
            return
        known = {id(entry) for entry, _ in whole}
        for candidate in self._phrases.candidates(view.text):
            entry = self._phrases.entry(candidate.number)
            part = None if id(entry) in known else _aligned(entry, candidate, view)
            if part and not _within(part, entry, whole):
                yield from self._found(entry, part, view)

    def _found(self, entry: Entry, alignment: Alignment, view: View) -> Iterator[Finding]:
        seen = evidence(entry, alignment, view, self._size)
        if seen:
            inside = alignment.last - alignment.first
            yield Finding(
                rule=entry.pattern.rule,
                signature=entry.pattern.signature,
                span=view.span(alignment.start, alignment.end),
                explains=explained(seen, max(inside - alignment.matched, alignment.strays)),
                coverage=seen.coverage,
                evidence=seen,
                needs_context=not self._told(entry.pattern.signature, view),
            )

    def _sighted(self, view: View) -> Iterator[Finding]:
        for sighting in self._codes.sightings(view.symptom):
            told = self._told(sighting.signature, view)
            yield _code_finding(sighting, view, told=told)

    def _told(self, signature: Signature, view: View) -> bool:
        """Whether the words that must be near are there."""
        return not signature.near or any(self._stands(word, view) for word in signature.near)

    def _stands(self, word: str, view: View) -> bool:
        return bool(occurrences(view, self._words[word]))

    def _vetoed(self, found: Finding, view: View) -> Finding:
        veto = next((phrase for phrase in found.rule.unless if self._stands(phrase, view)), None)
        if veto is None:
            return found
        return found.capped(Reason("unless", -1.0, f"the rule excludes “{veto}”"), 0.0)

    def _is_held(self, rule: Rule) -> bool:
        return rule.status is Status.DRAFT and not self._include_drafts


def phrases_of(rulebook: Rulebook) -> list[tuple[Rule, Phrase]]:
    """The phrases that are looked for, in the order in which they are compiled."""
    rules = (rule for rule in rulebook.rules if rule.status is not Status.RETIRED)
    return [(rule, s) for rule in rules for s in rule.signatures if isinstance(s, Phrase)]


def compile_rulebook(rulebook: Rulebook) -> Compiled:
    """What `Matcher` needs of a rule base, and what a cache may keep of it."""
    return compile_phrases([fixed_parts(phrase) for _, phrase in phrases_of(rulebook)])


def _aligned(entry: Entry, candidate: Candidate, view: View) -> Alignment | None:
    """The phrase in or near the chunk, as well as possible."""
    length = len(entry.pattern.text)
    start = max(0, candidate.start - length)
    end = min(len(view.text), candidate.end + length)
    return fuzzy(entry.pattern, view.text, start, end, closer=candidate.share >= _LIKELY)


def _rest(text: str, whole: Sequence[Alignment]) -> int:
    """How many characters of `text` there are beside the alignments."""
    return len(text) - sum(alignment.end - alignment.start for alignment in whole)


def _within(alignment: Alignment, entry: Entry, whole: Sequence[tuple[Entry, Alignment]]) -> bool:
    """Whether it is but a part of a phrase, on words that are a whole one."""
    if alignment.matched >= _MOST * len(entry.pattern.text):
        return False
    return any(e.start <= alignment.start and alignment.end <= e.end for _, e in whole)


def _code_finding(sighting: Sighting, view: View, *, told: bool) -> Finding:
    code = sighting.signature
    notes = [Reason("code", 1.0, f"the code {code.code} is there")]
    score = _CODE
    if not told:
        score = _UNTOLD
        notes.append(_not_near(code))
    if not sighting.cued:
        score = min(score, _BARE)
        notes.append(Reason("bare", -1.0, "it is only a number that nothing calls an error"))
    return Finding(
        rule=sighting.rule,
        signature=code,
        span=view.symptom.span(sighting.start, sighting.end),
        explains=_CODE_WEIGHT * (sighting.end - sighting.start),
        coverage=1.0,
        score=score,
        notes=tuple(notes),
        needs_context=not told and sighting.cued,
    )


def _not_near(signature: Signature) -> Reason:
    return Reason("near", -1.0, f"none of {', '.join(signature.near)} is there")


def _supports(other: Finding, finding: Finding) -> bool:
    return (
        other.rule is finding.rule
        and other.signature is not finding.signature
        and not other.overlaps(finding)
    )


def _beside(finding: Finding, seen: Sequence[Finding]) -> Finding:
    """The finding, knowing what else is there and how well it explains the same words."""
    if finding.evidence is None or len(seen) < 2:
        return finding
    rival, company = rivalry(finding, seen), in_company(finding, seen)
    return replace(finding, evidence=replace(finding.evidence, rival=rival, company=company))


def _weighed(finding: Finding) -> Finding:
    """The finding with its score; a code has one already."""
    if finding.evidence is None:
        return finding
    weighed = replace(finding, score=probability(finding.evidence))
    return (
        weighed.capped(_not_near(finding.signature), _UNTOLD) if finding.needs_context else weighed
    )


def _supported(finding: Finding, seen: Sequence[Finding]) -> Finding:
    """Surer, if another signature of the rule is there; then no words need be near it."""
    support = max((f.coverage for f in seen if _supports(f, finding)), default=0.0)
    if support < _HALF:
        return finding
    note = Reason("support", support, "another signature of the rule is in the text")
    alone = finding.score
    if finding.needs_context:
        alone = probability(finding.evidence) if finding.evidence else _CODE
    score = 1 - (1 - alone) * (1 - _SUPPORT * support)
    return replace(finding, score=score, notes=(*finding.notes, note), needs_context=False)


def _in_context(ranked: list[Finding], symptom: Symptom) -> list[Finding]:
    spans = [found.span for found in ranked if found.score >= CONFIDENT]
    said = cue(symptom.original, spans) if spans else None
    return [_quietened(found, said) for found in ranked] if said else ranked


def _quietened(found: Finding, said: Cue) -> Finding:
    words = f"the words around it say it is {said.kind}: “{said.words}”"
    return found.capped(Reason("surroundings", -1.0, words))


def _held(found: Finding) -> Finding:
    return found.capped(Reason("draft", -1.0, "the rule is a draft"))
