"""The settings as people read them: README table, example environment file, `doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config.load import gather
from bot.config.settings import CONFIG_FILE, CONFIG_FILE_ABOUT, FILE_ABOUT, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as it stands; a secret's text is never in it."""

    name: str
    text: str
    origin: str
    """`default`, `environment`, or the place in the TOML file."""


def settings_table() -> str:
    """The settings as a Markdown table."""
    rows = [
        f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.about} |"
        for s in SETTINGS.values()
    ]
    head = ["| Setting | Default | What it does |", "| --- | --- | --- |"]
    secrets = ", ".join(f"`{s.name}`" for s in SETTINGS.values() if s.secret)
    files = f"| `…_FILE` |  | {FILE_ABOUT} For {secrets}. |"
    return "\n".join([*head, *rows, files, f"| `{CONFIG_FILE}` |  | {CONFIG_FILE_ABOUT} |"]) + "\n"


def env_file() -> str:
    """The settings as an environment file to fill in: all commented out, with examples."""
    blocks = [
        f"# {_plain(s.about)}{' Or in a file: ' + s.file if s.secret else ''}\n"
        f"#{s.name}={s.example}\n"
        for s in SETTINGS.values()
    ]
    head = "# Settings of Firstcheck. Remove the # before those you set; no quotes.\n"
    file = f"# {_plain(CONFIG_FILE_ABOUT)}\n#{CONFIG_FILE}=/etc/firstcheck/firstcheck.toml\n"
    return "\n".join([head, *blocks, file])


def show(environ: Mapping[str, str], toml: Path | None = None) -> tuple[Shown, ...]:
    """Every setting with the text in force and where it comes from; never raises."""
    given = gather(environ, toml, [])
    return tuple(
        Shown(s.name, _hidden(given[f].text) if s.secret else given[f].text, given[f].origin)
        for f, s in SETTINGS.items()
    )


def _hidden(text: str) -> str:
    return f"set ({len(text)} characters, not shown)" if text else ""


def _plain(markdown: str) -> str:
    return markdown.replace("`", "").replace("*", "")
