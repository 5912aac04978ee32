"""A match in words: everything that spoke for it or against it, most telling first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.core.matching.decide import log_odds_of
from bot.core.matching.evidence import FEATURES
from bot.core.matching.model import Reason

if TYPE_CHECKING:
    from bot.core.matching.evidence import Evidence
    from bot.core.matching.model import Match

_NEUTRAL: Final = {
    "coverage": 0.5,
    "purity": 0.8,
    "bulk": 14.0,
    "run": 8.0,
    "alone": 0.5,
    "rarity": 0.7,
}
"""What says neither yes nor no; of all other features 0 does."""
_SLIGHT: Final = 0.05
"""Log odds that are not worth a word."""


def reasons(match: Match) -> tuple[Reason, ...]:
    """The reasons for `match`. The value of one for a feature is what it adds to the log odds.

    That is the difference the feature makes beside what would say neither yes nor no, all others
    being as they are.
    """
    seen = match.evidence
    if seen is None:
        return match.notes
    whole = log_odds_of(seen)
    found = (Reason(f, whole - _without(seen, f), _words(seen, f)) for f in FEATURES)
    telling = sorted((r for r in found if abs(r.value) >= _SLIGHT), key=lambda r: -abs(r.value))
    return (*match.notes, *telling)


def _without(seen: Evidence, feature: str) -> float:
    changed: dict[str, Any] = {feature: _NEUTRAL.get(feature, 0.0)}
    return log_odds_of(replace(seen, **changed))


def _words(seen: Evidence, feature: str) -> str:
    words = _WORDS[feature]
    if feature == "differs":
        other = ", ".join(seen.other_words)
        return f"the text has something else for {other}" if other else "no word is another"
    value = getattr(seen, feature)
    return (words[value > 0] if isinstance(words, tuple) else words).format(value)


_WORDS: Final[dict[str, str | tuple[str, str]]] = {
    "coverage": "{:.0%} of the phrase was found",
    "purity": "{:.0%} of that stretch is the phrase's own",
    "bulk": "as much was found as {:.0f} rare letters",
    "run": "the longest run without a slip is {:.0f} letters",
    "alone": "it fills {:.0%} of its line or quotation",
    "told": ("nothing near it speaks of an error", "the words around it speak of an error"),
    "torn": ("it breaks off nowhere", "where it stops, the text has other words"),
    "cut": ("nothing shows that it was cut off", "it was cut off by hand"),
    "glued": ("it is no part of a longer word", "it is but a part of a longer word"),
    "gap": ("nothing is missing in it", "{:.0f} letters in a row are missing or too many"),
    "before": ("nothing stands before it", "other words stand before it"),
    "after": ("nothing stands after it", "other words stand after it"),
    "goes_on": ("it ends where the message ends", "the text goes on as another message does"),
    "spoken": ("nothing goes on after it", "the sentence goes on as the person's own"),
    "differs": "",
    "rarity": "its words are {:.0%} this rule's own",
    "rival": ("no other rule fits these words", "another rule fits these words {:.0%} as well"),
    "company": ("no other error is in the text", "another error is in the text as well"),
    "size": "there are many rules it could be",
}
