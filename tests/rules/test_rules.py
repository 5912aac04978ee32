"""Every shipped rule parses and lints clean: one test a file, its id says which."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.core.rulebook.lint import lint_rule
from bot.core.rulebook.model import Status
from bot.storage.rules_folder import RulesFolder, default_rules_path

if TYPE_CHECKING:
    from bot.core.rulebook.parse import Reading

FOLDER = default_rules_path()
LOADED = RulesFolder([FOLDER]).load()


def _id(reading: Reading) -> str:
    return Path(reading.path).relative_to(FOLDER).as_posix().removesuffix(".yaml")


@pytest.mark.parametrize("reading", LOADED.readings, ids=_id)
def test_the_rule_is_sound_and_lints_clean(reading: Reading) -> None:
    # The one test that needs to know the day: a trusted rule must have been reviewed lately.
    today = datetime.now(tz=UTC).date()
    found = [*reading.problems, *lint_rule(reading, today)]

    assert not found, "\n" + "\n".join(map(str, found))


def test_the_rules_fit_each_other() -> None:
    today = datetime.now(tz=UTC).date()
    shared = [p for p in LOADED.lint(today) if p.code == "shared-signature"]
    across = [p for p in LOADED.problems if not any(p in r.problems for r in LOADED.readings)]

    assert not [*across, *shared], "\n" + "\n".join(map(str, [*across, *shared]))


def test_rules_come_along_and_answer_people() -> None:
    assert any(r.status in (Status.TESTED, Status.TRUSTED) for r in LOADED.rulebook.rules)


def test_every_product_with_a_rule_can_be_named_by_people() -> None:
    for rule in LOADED.rulebook.rules:
        assert LOADED.rulebook.products[rule.product].words, rule.product
