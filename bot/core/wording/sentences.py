"""One sentence in one language."""

from __future__ import annotations

from typing import Final

from bot.core.text.language import Language
from bot.core.wording import en, ja

_BY_LANGUAGE: Final = {Language.JA: ja.SENTENCES, Language.EN: en.SENTENCES}


def in_both(key: str) -> str:
    """The sentence in both languages, where the person's is not known."""
    return "\n".join(sentences[key] for sentences in _BY_LANGUAGE.values())


def sentence(key: str, language: Language, **values: str) -> str:
    """The sentence `key` in `language`, with its placeholders filled.

    Raises:
        KeyError: no such sentence or placeholder; a test keeps both languages in step.
    """
    return _BY_LANGUAGE[language][key].format_map(values)
