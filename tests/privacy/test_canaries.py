"""Each kind of secret is taken out of a text, wherever in it it stands."""

from __future__ import annotations

import pytest

from bot.core.text.redact import redact
from tests.privacy.canaries import CANARIES, Canary

SEED = "Outlookの設定で「メール サーバーに対して、暗号化された接続を使用できません」と出ます"


@pytest.mark.parametrize("around", ["{}", SEED + "\n{}", "{}\n" + SEED, "```\n{}\n```"])
@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.kind)
def test_it_goes_and_the_error_stays(canary: Canary, around: str) -> None:
    left = redact(around.format(canary.text))
    assert not [word for word in canary.words if word in left]
    assert redact(left) == left
    if canary.kind != "private-key-cut":  # nobody knows where one without its end ends
        assert ("暗号化された接続を使用できません" in left) == ("暗号化" in around)
