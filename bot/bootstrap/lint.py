"""Lint of some files among many: what concerns these, without judging all the others again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.bootstrap.desk import compiled_of
from bot.core.matching.confusable import confusable_among
from bot.core.matching.matcher import Matcher, compile_rulebook
from bot.core.rulebook.lint import lint_rules, signature_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.core.rulebook.model import Rule, Rulebook
    from bot.core.rulebook.parse import Reading
    from bot.core.rulebook.problems import Problem
    from bot.storage.rules_folder import Loaded


def lint_files(loaded: Loaded, files: Iterable[Path], today: date) -> list[Problem]:
    """What is wrong in these files, also beside the other rules.

    The others are compiled without them, so that a changed file leaves what is kept on disk good.
    """
    wanted = {path.resolve() for path in files}
    names = {path.name for path in wanted}

    def meant(path: str) -> bool:
        return path.rpartition("/")[2] in names and Path(path).resolve() in wanted

    chosen = [loaded.placed(reading) for reading in loaded.readings if meant(reading.path)]
    book = loaded.rulebook
    rest = replace(book, rules=tuple(rule for rule in book.rules if not meant(rule.path)))
    found = [p for p in loaded.problems if meant(p.path)]
    found += lint_rules([*_sharing(loaded, chosen, rest), *chosen], today)
    found += _mixed_up(chosen, rest)
    return sorted({p for p in found if meant(p.path)})


def _sharing(loaded: Loaded, chosen: Sequence[Reading], rest: Rulebook) -> list[Reading]:
    """Other files with a signature of these. They go first: of two the later one is named."""
    keys = {key for reading in chosen if reading.draft for key in signature_keys(reading.draft)}
    paths = {rule.path for rule in rest.rules if not keys.isdisjoint(signature_keys(rule))}
    return [loaded.placed(reading) for reading in loaded.readings if reading.path in paths]


def _mixed_up(chosen: Sequence[Reading], rest: Rulebook) -> list[Problem]:
    rules: list[Rule] = [reading.rule for reading in chosen if reading.rule]
    compiled = compiled_of(rest) or compile_rulebook(rest)
    others = Matcher(rest, include_drafts=True, compiled=compiled)
    return confusable_among(rules, chosen, others, compiled)
