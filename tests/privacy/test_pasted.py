"""Of what people paste, exactly that goes which is secret or somebody's; see `pasted.txt`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.core.text.redact import looked_through, redact
from tests.privacy.canaries import MARKED

LINES = Path(__file__).with_name("pasted.txt").read_text("utf-8").splitlines()
PASTED = [line.replace("⏎", "\n") for line in LINES if line and not line.startswith("#")]


def left(marked: str) -> re.Pattern[str]:
    """What may be left of it: a label such as `[secret]` where something is marked."""
    stays = MARKED.split(marked)[::2]
    return re.compile(r"\[[a-z ]+\]".join(map(re.escape, stays)))


@pytest.mark.parametrize("marked", PASTED)
def test_what_is_marked_goes_and_nothing_else(marked: str) -> None:
    text = MARKED.sub(r"\1", marked)
    redacted = redact(text)
    assert left(marked).fullmatch(redacted), redacted
    assert redact(redacted) == redacted


def test_nobody_is_warned_of_what_stays() -> None:
    assert not [text for text in PASTED if "⟦" not in text and looked_through(text).secrets]
