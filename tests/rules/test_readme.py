"""The rule that rules/README.md teaches is sound, comes true, and is worth what it says."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap.desk import desk_for_rehearsal, load_rules
from bot.core.diagnosis import weights
from bot.core.rulebook.model import Effort, Likelihood, Status
from bot.helpdesk.rehearse import examples
from bot.storage.rules_folder import default_rules_path

if TYPE_CHECKING:
    from pathlib import Path

README = (default_rules_path() / "README.md").read_text("utf-8")
FILES = re.findall(r"```yaml\n# (my-rules/\S+)\n(.*?)```", README, re.DOTALL)
DRAFT = re.search(r"```yaml\n(id: .*?)```", README, re.DOTALL)
TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, source in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return tmp_path / "my-rules"


def test_the_rule_it_teaches_lints_clean_and_its_examples_come_true(folder: Path) -> None:
    loaded = load_rules([default_rules_path(), folder])
    mine = [p for p in loaded.lint(TODAY) if p.path.startswith(str(folder))]
    assert not mine, "\n".join(map(str, mine))
    rule = loaded.rulebook.rule("expenses-no-approval-route")
    assert rule is not None
    assert rule.status is Status.TESTED
    assert not list(examples(desk_for_rehearsal(loaded.rulebook), rule))


def test_the_draft_it_begins_with_is_sound(folder: Path) -> None:
    assert DRAFT is not None
    (path,) = folder.glob("*/*.yaml")
    path.write_text(DRAFT[1], "utf-8")
    loaded = load_rules([default_rules_path(), folder])
    assert not loaded.problems
    assert loaded.rulebook.rule("expenses-no-approval-route") is not None


def test_the_words_are_worth_what_it_says() -> None:
    assert [*weights.PRIOR] == [Likelihood.COMMON, Likelihood.OCCASIONAL, Likelihood.RARE]
    assert [*weights.PRIOR.values()] == [6, 2, 0.5]
    assert "odds 6 / 2 / ½" in README
    assert [weights.COST[e] for e in Effort] == [1, 3, 10]
    assert "1 / 3 / 10 minutes" in README
    assert weights.ASKING == 0.5
    assert f"{weights.POINTS_TO:g} times likelier" in README
    assert f"| handing over to people | {weights.PEOPLE_COST:g} |" in README
    assert weights.FIX_WORKS == 0.9
