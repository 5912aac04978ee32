"""The rule base on disk: `taxonomy.yaml`, `fragments.yaml` and `<product>/<id>.yaml`.

A folder can be stacked on another: a later one adds products, teams, fragments and rules, and
replaces them by id. Files that did not change are not parsed again: a reload costs little, and with
a `RulesCache` a start too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.rulebook.assemble import assemble, said_by
from bot.core.rulebook.faults import Fault
from bot.core.rulebook.fragments import Fragments
from bot.core.rulebook.model import Rulebook, Taxonomy
from bot.core.rulebook.parse import Reading, parse_fragments, parse_taxonomy, read_rule
from bot.core.rulebook.problems import Problem
from bot.core.rulebook.source import MAX_BYTES
from bot.storage.rules_cache import RulesCache, content_key, without_collector

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

TAXONOMY = "taxonomy.yaml"
FRAGMENTS = "fragments.yaml"
Shared = tuple[Taxonomy, Fragments]
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
    """Every rule file, also the unsound ones; sound ones may lack their `root`."""
    shared: Shared = field(repr=False)

    def lint(self, today: date) -> tuple[Problem, ...]:
        """`problems` and what the lints find in the rules in force, by file and line."""
        # Imported here: only people who ask for lint pay for it.
        from bot.core.matching.confusable import confusable
        from bot.core.rulebook.lint import lint_rules

        gone = {o.path for o in self.overridden}
        in_force = [self.placed(r) for r in self.readings if r.path not in gone]
        mixed_up = confusable(self.rulebook, in_force)
        return tuple(sorted({*self.problems, *lint_rules(in_force, today), *mixed_up}))

    def placed(self, reading: Reading) -> Reading:
        """The reading with the places of everything in the file, which are not kept."""
        source = None if reading.root else _source(Path(reading.path), [])
        return reading if source is None else read_rule(reading.path, source, *self.shared)


@dataclass(frozen=True, slots=True)
class _Known:
    """A file that was read."""

    key: bytes
    """Of what was read; as long as it is the same, so is the rest."""
    reading: Reading
    said: bytes = b""
    """`said_by` the rule, where it has one."""


@dataclass(slots=True)
class RulesFolder:
    """Rule folders, the later stacked on the earlier. Not shared between threads while loading."""

    paths: Sequence[Path]
    cache: RulesCache | None = None
    _known: dict[str, _Known] = field(default_factory=dict, repr=False)
    """By path."""

    def load(self) -> Loaded:
        """Read everything. Never raises for what is in the files: see `Loaded.problems`."""
        problems: list[Problem] = []
        shared = self._taxonomy(problems), self._fragments(problems)
        with without_collector():
            readings = self._readings(shared, problems)
        rules = [rule for reading in readings if (rule := reading.rule)]
        book, clashes = assemble(rules, shared[0], lambda rule: self._known[rule.path].said)
        problems += [*clashes, *(p for reading in readings for p in reading.problems)]
        in_force = {rule.id: rule.path for rule in book.rules}
        doubled = {p.path for p in clashes if p.code == Fault.DUPLICATE_ID}
        overridden = tuple(
            Overridden(r.id, r.path, in_force[r.id])
            for r in rules
            if in_force[r.id] != r.path and r.path not in doubled
        )
        return Loaded(book, tuple(sorted(problems)), overridden, tuple(readings), shared)

    def _readings(self, shared: Shared, problems: list[Problem]) -> list[Reading]:
        hashed = hashlib.sha256(repr(shared).encode("utf-8", "surrogatepass")).digest()
        readings: list[Reading] = []
        known: dict[str, _Known] = {}
        for folder in self.paths:
            for file in _rule_files(folder, problems):
                source = _source(file, problems)
                if source is None:
                    continue
                key = content_key(hashed, "/".join(file.parts[-2:]), source.encode())
                known[str(file)] = self._read(str(file), source, key, shared)
                readings.append(known[str(file)].reading)
        self._known = known
        if self.cache:
            self.cache.save()
        return readings

    def _taxonomy(self, problems: list[Problem]) -> Taxonomy:
        files = self._there(TAXONOMY)
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
        for file in self._there(FRAGMENTS):
            if (source := _source(file, problems)) is not None:
                one, found = parse_fragments(str(file), source)
                fragments = fragments.stacked(one)
                problems += found
        return fragments

    def _there(self, name: str) -> list[Path]:
        """The files of that name in the folders; also one that cannot be looked at."""
        return [file for folder in self.paths if not _is_missing(file := folder / name)]

    def _read(self, path: str, source: str, key: bytes, shared: Shared) -> _Known:
        """What comes of a file: as before if nothing changed, else from the cache, else anew."""
        before = self._known.get(path)
        if before and before.key == key:
            return before
        if self.cache and (kept := self.cache.get(key)):
            rule, said = kept
            return _Known(key, Reading(path, replace(rule, path=path), (), None), said)
        reading = read_rule(path, source, *shared)
        if reading.rule is None:
            return _Known(key, reading)
        said = said_by(reading.rule)
        if self.cache:
            self.cache.put(key, replace(reading.rule, path=""), said)
            reading = replace(reading, root=None)  # half the memory of a large rule base
        return _Known(key, reading, said)


def default_rules_path() -> Path:
    """The rules that came along: `bot/_rules` in an installed wheel, else the repository's."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent / "rules"


def _rule_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """`<product>/<id>.yaml`, sorted; whatever else looks like a rule is a problem."""
    try:
        entries = sorted(_visible(folder))
        inside = [(entry, sorted(_visible(entry))) for entry in entries if entry.is_dir()]
    except OSError as error:
        problems.append(_unreadable(folder, error, "correct FIRSTCHECK_RULES, or --rules"))
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


def _is_missing(file: Path) -> bool:
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # reading it will say why
        return False
    return False


def _source(file: Path, problems: list[Problem]) -> str | None:
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            problems.append(_too_large(file, size))
            return None
        if not file.is_file():  # a pipe or a device would never end
            problems.append(_unreadable(file, OSError(0, "no ordinary file")))
            return None
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "save it as UTF-8; older editors save Japanese as Shift_JIS"
        problems.append(Problem(str(file), line, 1, Fault.UNREADABLE, "this is not UTF-8", hint))
    except OSError as error:
        problems.append(_unreadable(file, error))
    return None


def _unreadable(path: Path, error: OSError, hint: str = "") -> Problem:
    reason = error.strerror or "unknown reason"
    return Problem(str(path), 1, 1, Fault.UNREADABLE, f"cannot be read: {reason}", hint)


def _too_large(path: Path, size: int) -> Problem:
    said = f"the file has {size // 1024:,} KB"
    return Problem(str(path), 1, 1, Fault.TOO_LARGE, said, f"at most {MAX_BYTES // 1024} KB")


def _misplaced(file: Path, message: str) -> Problem:
    hint = "rules/<product>/<id>.yaml"
    return Problem(str(file), 1, 1, Fault.MISPLACED, message, hint)
