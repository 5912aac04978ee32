from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from slack_sdk import WebClient

from bot.workbench.standin import Options, StandinThread, Timings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def standin() -> Iterator[StandinThread]:
    with StandinThread(Options(timings=Timings.quick())) as standin:
        yield standin


@pytest.fixture
def client(standin: StandinThread) -> WebClient:
    return WebClient(standin.bot_token, base_url=standin.base_url, retry_handlers=[], timeout=5)
