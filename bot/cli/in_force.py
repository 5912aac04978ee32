"""The rules a command works with, as they are: what is left out of them is said, not hidden."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from bot.bootstrap.desk import load_rules, rule_folders
from bot.errors import RulesError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.storage.rules_folder import Loaded


def rules_of(folders: Sequence[str]) -> Loaded:
    """The sound rules of these folders; how many problems there are is told on standard error.

    Raises:
        RulesError: no rule is sound, as where a folder is not there.
    """
    loaded = load_rules(rule_folders(folders, os.environ))
    if loaded.problems and not loaded.rulebook.rules:
        raise RulesError("The rules cannot be used.", loaded.problems)
    if loaded.problems:
        click.echo(
            f"{len(loaded.problems)} problems keep rules out: see firstcheck rules lint", err=True
        )
    return loaded
