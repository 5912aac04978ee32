"""The rules a command works with, as they are: what is left out of them is said, not hidden."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from bot.bootstrap.desk import load_rules, rule_folders
from bot.errors import RulesError
from bot.storage.rules_folder import default_rules_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.storage.rules_folder import Loaded


def rules_of(folders: Sequence[str], also: Path | None = None) -> Loaded:
    """The sound rules of these folders; how many problems there are is told on standard error.

    `also` is stacked on them where it exists: the author's own folder, which may still be empty.

    Raises:
        RulesError: no rule is sound, as where a folder is not there.
    """
    paths = list(rule_folders(folders, os.environ)) or [default_rules_path()]
    if also and also.is_dir() and also.resolve() not in [path.resolve() for path in paths]:
        paths.append(also)
    loaded = load_rules(paths)
    if loaded.problems and not loaded.rulebook.rules:
        raise RulesError("The rules cannot be used.", loaded.problems)
    if loaded.problems:
        click.echo(
            f"{len(loaded.problems)} problems keep rules out: see firstcheck rules lint", err=True
        )
    return loaded
