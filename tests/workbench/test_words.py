"""The page says every reason of the matcher in Japanese too."""

from __future__ import annotations

from pathlib import Path

import pytest

import bot.workbench
from bot.core.matching.evidence import FEATURES

WORDS = Path(bot.workbench.__file__).parent / "page" / "src" / "i18n.ts"


@pytest.mark.parametrize("feature", FEATURES)
def test_a_reason_has_japanese_words(feature: str) -> None:
    table = WORDS.read_text("utf-8").split("const FEATURES", 1)[1].split("};", 1)[0]
    assert f"\n  {feature}: " in table
