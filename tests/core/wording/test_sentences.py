"""Both languages, always."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from bot.core.text.language import Language, language_of
from bot.core.wording import en, ja

KEYS = sorted(ja.SENTENCES)
UNTRANSLATED = {"pair", "list_separator", "ticket_title"}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_sentence_exists_in_both_languages() -> None:
    assert set(en.SENTENCES) == set(ja.SENTENCES)


@pytest.mark.parametrize("key", KEYS)
def test_both_say_the_same_things(key: str) -> None:
    assert placeholders(en.SENTENCES[key]) == placeholders(ja.SENTENCES[key])


@pytest.mark.parametrize("key", [k for k in KEYS if k not in UNTRANSLATED])
def test_each_is_written_in_its_language(key: str) -> None:
    assert language_of(ja.SENTENCES[key]) is Language.JA
    assert language_of(en.SENTENCES[key]) is Language.EN


@pytest.mark.parametrize("key", KEYS)
def test_nobody_is_blamed_and_nothing_is_shouted(key: str) -> None:
    assert not re.search(r"間違え|ミス|べき|してはいけません", ja.SENTENCES[key])
    assert not re.search(
        r"(?i)\b(wrong|invalid|illegal|you must|failed to)\b",
        en.SENTENCES[key].replace("went wrong", ""),
    )


@pytest.mark.parametrize("key", [k for k in KEYS if k.startswith("button_")])
def test_a_button_fits_on_a_phone(key: str) -> None:
    assert len(ja.SENTENCES[key]) <= 14
    assert len(en.SENTENCES[key]) <= 24
