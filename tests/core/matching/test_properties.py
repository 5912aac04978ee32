"""What must hold for any text."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Phrase
from bot.core.text.normalise import read
from tests.core.matching.rules import ORDINARY

MATCHER = Matcher(ORDINARY)
PHRASES = [
    (rule.id, signature.text)
    for rule in ORDINARY.rules
    if rule.status == "tested"
    for signature in rule.signatures
    if isinstance(signature, Phrase)
    and not signature.weak
    and "{" not in signature.text
    and "5." not in signature.text
]
BEFORE = [
    "",
    "お疲れさまです。",
    "今朝から",
    "在宅なのですが、",
    "Hi team, I get ",
    "since the update it says: ",
]
AFTER = [
    "",
    "と出ます",
    "」と出て進めません",
    "\nどうすればいいですか？",
    " any idea?",
    "\nThanks!",
]


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _wrapped(text: str, places: list[int]) -> str:
    for place in sorted({p % len(text) for p in places}, reverse=True):
        text = f"{text[:place]}\n  {text[place:]}"
    return text


def first(text: str) -> str | None:
    found = MATCHER.match(read(text)).found
    return found[0].rule.id if found else None


@given(
    st.sampled_from(PHRASES),
    st.lists(st.integers(0, 200), max_size=3),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_width_blanks_and_wraps_never_change_the_rule(
    phrase: tuple[str, str],
    places: list[int],
    wide: bool,  # noqa: FBT001  (hypothesis draws it)
    blanks: bool,  # noqa: FBT001  (hypothesis draws it)
) -> None:
    rule_id, text = phrase
    text = _wrapped(text, places)
    text = _wide(text) if wide else text
    assert first(text.replace(" ", "\u3000 ") if blanks else text) == rule_id


@given(st.sampled_from(PHRASES), st.sampled_from(BEFORE), st.sampled_from(AFTER))
@settings(max_examples=100, deadline=None)
def test_ordinary_words_around_never_change_the_rule(
    phrase: tuple[str, str],
    before: str,
    after: str,
) -> None:
    rule_id, text = phrase
    assert first(before + text + after) == rule_id


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_taken_and_gives_the_same_matches_again(text: str) -> None:
    symptom = read(text)
    matches = MATCHER.match(symptom)
    assert matches == Matcher(ORDINARY).match(symptom)
    for match in matches.ranked:
        assert 0 <= match.score <= 1
        assert text[slice(*match.span)] == match.quote


@given(st.sampled_from(PHRASES), st.sampled_from(BEFORE), st.sampled_from(AFTER))
@settings(max_examples=60, deadline=None)
def test_the_quote_of_an_exact_phrase_is_the_persons_own_words(
    phrase: tuple[str, str],
    before: str,
    after: str,
) -> None:
    text = unicodedata.normalize("NFKD", phrase[1])
    found = MATCHER.match(read(before + text + after)).found
    assert text.startswith(found[0].quote)
    assert text[len(found[0].quote) :].strip("。.()（） ") == ""
