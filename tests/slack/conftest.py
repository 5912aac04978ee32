from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.slack.settings import SlackSettings

if TYPE_CHECKING:
    from collections.abc import Callable

PAYLOADS = Path(__file__).parent / "payloads"


@pytest.fixture
def payload() -> Callable[[str], dict[str, Any]]:
    def load(name: str) -> dict[str, Any]:
        body: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
        return body

    return load


@pytest.fixture
def settings() -> SlackSettings:
    return SlackSettings(bot_token="xoxb-x", triage_channel="CTRIAGE", staff=frozenset({"U888"}))
