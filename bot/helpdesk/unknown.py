"""From many pastes to the rules that are missing: messages that look like errors and match nothing.

Messages are one if they are equal once what varies is masked, or nearly equal by their letters:
n-grams of characters find those to compare, so that Japanese needs no words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from bot.core.matching.grams import width
from bot.core.matching.model import Band
from bot.core.matching.surroundings import cue
from bot.core.text.mask import mask
from bot.core.text.normalise import read
from bot.core.text.redact import redact
from bot.helpdesk.drafting import error_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.matching.matcher import Matcher
    from bot.core.matching.model import Matches

_ALIKE: Final = 86.0
"""Messages alike by this much (`fuzz.ratio`) are one message."""
_EXAMPLES: Final = 3
_COMMON: Final = 2_000
"""An n-gram of more groups than this leads to none of them."""
_COMPARED: Final = 5
"""So many groups that share most n-grams are looked at."""
_BEGINS: Final = 20
"""Letters by which a message is found again in its text."""


@dataclass(slots=True)
class Group:
    """Pastes of one message that no rule knows."""

    message: str
    """As first seen, redacted and with placeholders."""
    messages: int = 0
    people: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    """A few whole messages, redacted."""
    near: Counter[str] = field(default_factory=Counter)
    """Rules that nearly know it: one of them may only lack a phrase."""


class Unknown:
    """Groups messages that look like errors and match nothing."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._groups: dict[str, Group] = {}
        self._by_gram: defaultdict[str, list[str]] = defaultdict(list)

    def hear(self, user: str, text: str) -> None:
        """One message more."""
        message = error_in(text)
        if message is None or _is_talk(text, message):
            return
        text = redact(text)
        matches = self._matcher.match(read(text))
        if _is_known(matches):
            return
        group = self._group(message)
        group.messages += 1
        group.people.add(user)
        if matches.near:
            group.near[matches.near[0].rule.id] += 1
        if len(group.texts) < _EXAMPLES and text not in group.texts:
            group.texts.append(text)

    def groups(self, *, least: int = 1) -> list[Group]:
        """The messages of at least so many people, those of most first."""
        found = [group for group in self._groups.values() if len(group.people) >= least]
        return sorted(found, key=lambda g: (-len(g.people), -g.messages, g.message))

    def _group(self, message: str) -> Group:
        masked = mask(message).text
        key = read(masked).bare
        group = self._groups.get(key) or self._alike(key)
        if group is None:
            group = self._groups[key] = Group(redact(masked))
            for gram in set(_grams(key)):
                self._by_gram[gram].append(key)
        return group

    def _alike(self, key: str) -> Group | None:
        votes: Counter[str] = Counter()
        for gram in set(_grams(key)):
            others = self._by_gram.get(gram, ())
            if len(others) <= _COMMON:
                votes.update(others)
        for other, _ in votes.most_common(_COMPARED):
            if fuzz.ratio(key, other) >= _ALIKE:
                return self._groups[other]
        return None


def _is_known(matches: Matches) -> bool:
    """Whether a rule knows the error, be it silent because of the words around it."""
    return any(
        match.band is Band.CONFIDENT
        or match.needs_context
        or any(note.feature == "surroundings" for note in match.notes)
        for match in matches.ranked
    )


def _is_talk(text: str, message: str) -> bool:
    """Whether the words around say that it is solved, announced or only talked about."""
    start = max(0, text.find(message[:_BEGINS]))
    return cue(text, [(start, start + len(message))]) is not None


def _grams(text: str) -> Iterator[str]:
    for start in range(max(1, len(text) - 2)):
        yield text[start : start + width(text[start : start + 1] or "a")]
