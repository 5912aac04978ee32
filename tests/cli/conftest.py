"""The command as people run it: in a process of its own, or, where that is enough, in ours."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import firstcheck

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OURS = ("FIRSTCHECK_", "SLACK_")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")


def clean(environ: Mapping[str, str]) -> dict[str, str]:
    """Without our settings, and such that a warning would show."""
    kept = {k: v for k, v in environ.items() if not k.startswith(_OURS) and k not in _PROXIES}
    return {**kept, "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(_OURS) or name in _PROXIES:
            monkeypatch.delenv(name)


@pytest.fixture
def run() -> Callable[..., Result]:
    """`run("ask", "…", input="…")`."""

    def run(*args: str, **more: Any) -> Result:
        return CliRunner().invoke(firstcheck, args, prog_name="firstcheck", **more)

    return run


@pytest.fixture
def started() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`started("ask", "…", input=b"…")`: `python -m bot` with a clean environment."""

    def started(
        *args: str | bytes, env: Mapping[str, str] | None = None, **more: Any
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *args],
            env={**clean(os.environ), **(env or {})},
            capture_output=True,
            check=False,
            timeout=60,
            **more,
        )

    return started
