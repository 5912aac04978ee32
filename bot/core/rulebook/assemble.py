"""Rules → one rule base: stacking, what contradicts across files, the version."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.core.rulebook.faults import Fault
from bot.core.rulebook.model import Rule, Rulebook, Taxonomy
from bot.core.rulebook.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


def said_by(rule: Rule) -> bytes:
    """A hash of what a rule says, wherever it lies."""
    return hashlib.sha256(repr(replace(rule, path="")).encode("utf-8", "surrogatepass")).digest()


def assemble(
    rules: Iterable[Rule], taxonomy: Taxonomy, said: Callable[[Rule], bytes] = said_by
) -> tuple[Rulebook, list[Problem]]:
    """The rule base and what contradicts in it.

    `said` may know what `said_by` would give without working it out.

    `rules` come folder by folder: of two with one id the later replaces the earlier if it is from
    another folder, and is refused as a duplicate if it is from the same. Rules are sorted by id, so
    the same files give the same rule base and version in whatever order they are read.
    """
    chosen: dict[str, Rule] = {}
    problems: list[Problem] = []
    for rule in rules:
        earlier = chosen.get(rule.id)
        if earlier and base(earlier.path) == base(rule.path):
            hint = f"the other is {earlier.path}"
            message = f"another rule is called “{rule.id}”"
            problems.append(Problem(rule.path, 1, 1, Fault.DUPLICATE_ID, message, hint))
        else:
            chosen[rule.id] = rule
    ordered = tuple(sorted(chosen.values(), key=lambda r: r.id))
    problems.extend(_replacements(ordered))
    book = Rulebook(ordered, taxonomy.products, taxonomy.teams, _version(ordered, taxonomy, said))
    return book, sorted(problems)


def base(path: str) -> str:
    """The rule folder a file is from: its path without product and file name."""
    return "/".join(path.replace("\\", "/").split("/")[:-2])


def _replacements(rules: Sequence[Rule]) -> Iterable[Problem]:
    """Old ids must be free: neither in force nor claimed by two rules."""
    claimed = {rule.id: rule for rule in rules}
    for rule in rules:
        for old in rule.replaces:
            other = claimed.setdefault(old, rule)
            if other is not rule:
                what = "is still in force" if other.id == old else "is replaced by another rule too"
                hint = f"see {other.path}"
                yield Problem(rule.path, 1, 1, Fault.REPLACED_IN_FORCE, f"“{old}” {what}", hint)


def _version(rules: Sequence[Rule], taxonomy: Taxonomy, said: Callable[[Rule], bytes]) -> str:
    """Twelve hex digits of SHA-256 over what the rules say, wherever they are installed."""
    digest = hashlib.sha256()
    for rule in rules:
        digest.update(said(rule))
    for entry in (*_sorted(taxonomy.products), *_sorted(taxonomy.teams)):
        digest.update(repr(entry).encode())
    return digest.hexdigest()[:12]


def _sorted(entries: Mapping[str, object]) -> Iterable[object]:
    return (entries[key] for key in sorted(entries))
