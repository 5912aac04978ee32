"""The rule base on disk: `taxonomy.yaml`, `fragments.yaml` and `<product>/<id>.yaml`.

A folder can be stacked on another: a later one adds products, teams, fragments and rules, and
replaces them by id. Files that did not change are not parsed again, so a reload costs little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.rulebook.assemble import assemble
from bot.core.rulebook.faults import Fault
from bot.core.rulebook.fragments import Fragments
from bot.core.rulebook.model import Rulebook, Taxonomy
from bot.core.rulebook.parse import Reading, parse_fragments, parse_taxonomy, read_rule
from bot.core.rulebook.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

TAXONOMY = "taxonomy.yaml"
FRAGMENTS = "fragments.yaml"
_Shared = tuple[Taxonomy, Fragments]
"""What rules of all folders refer to."""
_IGNORED = (".", "_")
"""Folders and files so begun are none of ours: editors, Kubernetes (`..data`), notes."""


@dataclass(frozen=True, slots=True)
class Overridden:
    """A rule that another folder replaced."""

    id: str
    path: str
    by: str
    """The file in force."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the folders hold."""

    rulebook: Rulebook
    """The sound rules; those with problems are left out."""
    problems: tuple[Problem, ...]
    """Everything that kept a file, or part of it, out. Lint is asked for separately."""
    overridden: tuple[Overridden, ...]
    readings: tuple[Reading, ...]
    """Every rule file, also the unsound ones."""

    def lint(self, today: date) -> tuple[Problem, ...]:
        """`problems` and what the lints find in the rules in force, by file and line."""
        # Imported here: only people who ask for lint pay for it.
        from bot.core.matching.confusable import confusable
        from bot.core.rulebook.lint import lint_rules

        gone = {o.path for o in self.overridden}
        in_force = [r for r in self.readings if r.path not in gone]
        mixed_up = confusable(self.rulebook, in_force)
        return tuple(sorted({*self.problems, *lint_rules(in_force, today), *mixed_up}))


@dataclass(slots=True)
class RulesFolder:
    """Rule folders, the later stacked on the earlier. Not shared between threads while loading."""

    paths: Sequence[Path]
    _known: dict[str, tuple[str, _Shared, Reading]] = field(default_factory=dict, repr=False)

    def load(self) -> Loaded:
        """Read everything. Never raises for what is in the files: see `Loaded.problems`."""
        problems: list[Problem] = []
        shared = self._taxonomy(problems), self._fragments(problems)
        readings = [
            reading
            for folder in self.paths
            for file in _rule_files(folder, problems)
            if (reading := self._read(file, shared, problems))
        ]
        self._known = {path: kept for path, kept in self._known.items() if path in _paths(readings)}
        rules = [rule for reading in readings if (rule := reading.rule)]
        book, clashes = assemble(rules, shared[0])
        problems += [*clashes, *(p for reading in readings for p in reading.problems)]
        in_force = {rule.id: rule.path for rule in book.rules}
        doubled = {p.path for p in clashes if p.code == Fault.DUPLICATE_ID}
        overridden = tuple(
            Overridden(r.id, r.path, in_force[r.id])
            for r in rules
            if in_force[r.id] != r.path and r.path not in doubled
        )
        return Loaded(book, tuple(sorted(problems)), overridden, tuple(readings))

    def _taxonomy(self, problems: list[Problem]) -> Taxonomy:
        files = [file for folder in self.paths if (file := folder / TAXONOMY).exists()]
        if not files and self.paths:
            path = str(self.paths[0] / TAXONOMY)
            message = "there is no taxonomy: it names the products and teams"
            problems.append(Problem(path, 1, 1, Fault.UNREADABLE, message))
        taxonomy = Taxonomy()
        for file in files:
            if (source := _source(file, problems)) is not None:
                one, found = parse_taxonomy(str(file), source)
                taxonomy = taxonomy.stacked(one)
                problems += found
        return taxonomy

    def _fragments(self, problems: list[Problem]) -> Fragments:
        fragments = Fragments()
        for file in [file for folder in self.paths if (file := folder / FRAGMENTS).exists()]:
            if (source := _source(file, problems)) is not None:
                one, found = parse_fragments(str(file), source)
                fragments = fragments.stacked(one)
                problems += found
        return fragments

    def _read(self, file: Path, shared: _Shared, problems: list[Problem]) -> Reading | None:
        source = _source(file, problems)
        if source is None:
            return None
        path = str(file)
        known = self._known.get(path)
        if known and known[0] == source and known[1] == shared:
            return known[2]
        reading = read_rule(path, source, *shared)
        self._known[path] = (source, shared, reading)
        return reading


def default_rules_path() -> Path:
    """The rules that came along: `bot/_rules` in an installed wheel, else the repository's."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent / "rules"


def _paths(readings: Sequence[Reading]) -> set[str]:
    return {reading.path for reading in readings}


def _rule_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """`<product>/<id>.yaml`, sorted; whatever else looks like a rule is a problem."""
    try:
        entries = sorted(_visible(folder))
        inside = [(entry, sorted(_visible(entry))) for entry in entries if entry.is_dir()]
    except OSError as error:
        problems.append(_unreadable(folder, error))
        return
    problems += [
        _misplaced(file, "a rule lies in the folder of its product")
        for file in entries
        if file.suffix in (".yaml", ".yml")
        and file.name not in (TAXONOMY, FRAGMENTS)
        and not file.is_dir()
    ]
    for _, files in inside:
        for file in files:
            if file.suffix == ".yaml":
                yield file
            elif file.suffix == ".yml":
                problems.append(_misplaced(file, "rule files end in .yaml"))


def _visible(folder: Path) -> Iterator[Path]:
    return (entry for entry in folder.iterdir() if not entry.name.startswith(_IGNORED))


def _source(file: Path, problems: list[Problem]) -> str | None:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "save it as UTF-8; older editors save Japanese as Shift_JIS"
        problems.append(Problem(str(file), line, 1, Fault.UNREADABLE, "this is not UTF-8", hint))
    except OSError as error:
        problems.append(_unreadable(file, error))
    return None


def _unreadable(path: Path, error: OSError) -> Problem:
    reason = error.strerror or "unknown reason"
    return Problem(str(path), 1, 1, Fault.UNREADABLE, f"cannot be read: {reason}")


def _misplaced(file: Path, message: str) -> Problem:
    hint = "rules/<product>/<id>.yaml"
    return Problem(str(file), 1, 1, Fault.MISPLACED, message, hint)
