"""The tools that check deploy/ without a network; a test that lacks one says so and is skipped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY = Path(__file__).parents[2] / "deploy"
COMPOSE = sorted(DEPLOY.glob("compose*.yaml"))
KUBERNETES = DEPLOY / "kubernetes"
OVERLAYS = [KUBERNETES / name for name in ("sqlite", "postgresql", "postgresql-http", "migrate")]


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def tool(name: str) -> str:
    """The path of a program: that of the test dependencies, else the system's."""
    ours = Path(sys.executable).with_name(name)
    found = str(ours) if ours.exists() else shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed, and no wheel brings it here")
    return found


def documents(text: str) -> Iterator[dict[str, Any]]:
    return (part for part in yaml.safe_load_all(text) if part)


@cache
def built(overlay: Path) -> str:
    """What `kubectl apply -k` would send, as YAML."""
    done = run(tool("kubectl"), "kustomize", overlay)
    assert done.returncode == 0, done.stderr
    return done.stdout


def resources(overlay: Path, kind: str = "") -> list[dict[str, Any]]:
    """The resources of a built overlay; of one kind, if it is named."""
    return [part for part in documents(built(overlay)) if kind in {"", part["kind"]}]
