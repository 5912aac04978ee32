"""A rule file → a rule, or everything that is wrong with it.

    text ──source──▶ nodes ──fragments──▶ nodes ──validate──▶ (problems)
                                  ╰──build──▶ rule ──references──▶ (problems)

All problems of a file come at once, each at its line and column.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.rulebook import build
from bot.core.rulebook.faults import Fault
from bot.core.rulebook.fields import RULE
from bot.core.rulebook.fragments import Fragments, expand, fragments_of
from bot.core.rulebook.model import Rule, Taxonomy
from bot.core.rulebook.problems import Problem
from bot.core.rulebook.references import check_place, check_references
from bot.core.rulebook.shared_fields import FRAGMENTS, TAXONOMY
from bot.core.rulebook.source import Node, Text, read
from bot.core.rulebook.validate import Collector, validate


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one rule file."""

    path: str
    draft: Rule | None
    """As far as the text could be understood; None if it is no mapping at all."""
    problems: tuple[Problem, ...]
    """In the order of the file."""
    root: Node | None
    """Where everything stands, see `source.locate`."""

    @property
    def rule(self) -> Rule | None:
        """The rule, if nothing is wrong with it."""
        return None if self.problems else self.draft


_NO_FRAGMENTS = Fragments()


def parse_rule(
    path: str, source: str, taxonomy: Taxonomy, fragments: Fragments = _NO_FRAGMENTS
) -> tuple[Rule | None, list[Problem]]:
    """The rule in `source`, or None and all that is wrong, in the order of the file.

    `path` is quoted in problems; its last two parts must be the product and the id. Never raises.
    """
    reading = read_rule(path, source, taxonomy, fragments)
    return reading.rule, list(reading.problems)


def read_rule(
    path: str, source: str, taxonomy: Taxonomy, fragments: Fragments = _NO_FRAGMENTS
) -> Reading:
    """As `parse_rule`, and keeps what lint needs: the half-right rule and the positions."""
    root, found = _read(path, source)
    if root is None or isinstance(root, Text):
        return Reading(path, None, tuple(found.problems), root)
    root = expand(root, fragments, found)
    if not found.problems:  # without its fragment, a section lacks much: said once is enough
        validate(root, RULE, found)
    draft = build.rule(root, path)
    check_references(root, draft, taxonomy, found)
    check_place(root, draft, taxonomy, found)
    return Reading(path, draft, tuple(sorted(found.problems)), root)


def parse_taxonomy(path: str, source: str) -> tuple[Taxonomy, list[Problem]]:
    """The products and teams in `source`, as far as they are sound, and all that is wrong."""
    root, found = _read(path, source)
    if root is None or isinstance(root, Text):
        return Taxonomy(), found.problems
    validate(root, TAXONOMY, found)
    return build.taxonomy(root), sorted(found.problems)


def parse_fragments(path: str, source: str) -> tuple[Fragments, list[Problem]]:
    """The shared wording in `source`, as far as it is sound, and all that is wrong."""
    root, found = _read(path, source)
    if root is None or isinstance(root, Text):
        return Fragments(), found.problems
    validate(root, FRAGMENTS, found)
    return fragments_of(root, found), sorted(found.problems)


def _read(path: str, source: str) -> tuple[Node | None, Collector]:
    found = Collector(path)
    root, problems = read(path, source)
    found.problems.extend(problems)
    if not problems and (root is None or (isinstance(root, Text) and not root.value.strip())):
        hint = "a rule begins with “id: …”; see the README of the rules"
        found.add(Text("", 1, 1), Fault.EMPTY_FILE, "the file is empty", hint)
    elif isinstance(root, Text):
        found.add(root, Fault.WRONG_KIND, "this is a text, not keys and values", "write “id: …”")
    return root, found
