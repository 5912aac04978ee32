"""The commands of the deployment guide, so that tests run the very ones people copy."""

from __future__ import annotations

import re
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"
GUIDES = ("README.md", "README.ja.md")

_TRIED = re.compile(r"<!-- tried: (\S+) -->\n\s*```sh\n(.*?)```", re.DOTALL)


def commands(guide: str = "README.md") -> dict[str, str]:
    """The blocks that stand under `<!-- tried: NAME -->`, by name."""
    return dict(_TRIED.findall((DEPLOY / guide).read_text("utf-8")))


def without_comments(block: str) -> str:
    """The commands alone: comments are in the reader's language."""
    return "\n".join(re.sub(r"\s+# .*|^# .*", "", line) for line in block.splitlines()).strip()
