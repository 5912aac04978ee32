"""The workbench as a person starts it, and a real browser to look at it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def workbench(*arguments: str) -> Iterator[str]:
    """`firstcheck workbench` on a free port; gives its address."""
    command = [sys.executable, "-m", "bot", "workbench", "--port", "0", *arguments]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "FIRSTCHECK_"))}
    process = subprocess.Popen(command, cwd=ROOT, env=clean, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        line = process.stdout.readline()
        yield line.split("workbench: ")[1].split()[0]
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that asks nobody but us."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()
