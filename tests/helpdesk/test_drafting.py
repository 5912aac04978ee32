"""What a paste tells of a rule to be."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from bot.bootstrap.desk import load_rules
from bot.core.rulebook.lint import lint_rule
from bot.core.rulebook.parse import parse_taxonomy, read_rule
from bot.helpdesk.drafting import UNSORTED, draft, error_in
from bot.storage.rules_folder import default_rules_path

PRODUCTS = load_rules().rulebook.products
TAXONOMY = parse_taxonomy(
    "taxonomy.yaml", (default_rules_path() / "taxonomy.yaml").read_text("utf-8")
)[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "経費の申請で「承認経路を特定できませんでした」と出ます",
            "承認経路を特定できませんでした",
        ),
        (
            "hi, I get\nEXP-4012: The approval route could not be determined.\nthanks",
            "EXP-4012: The approval route could not be determined.",
        ),
        (
            "プリンターの前で 用紙サイズを認識できません と表示されます",
            "プリンターの前で 用紙サイズを認識できません",
        ),
        ("lunch? I can't today", None),
        ("明日は参加できません。すみません", None),
    ],
)
def test_the_message_is_found_in_what_people_write(text: str, message: str | None) -> None:
    assert error_in(text) == message


def test_a_draft_is_a_rule_file_that_reads_without_problems() -> None:
    text = 'Outlook: "The mailbox taro@contoso.com could not be opened (0x80070057)" since today'
    made = draft([text], PRODUCTS)
    assert made.product == "outlook"
    assert made.codes == ("0x80070057",)
    assert made.phrase == "The mailbox {address} could not be opened ({code})"
    assert "taro" not in made.source()
    reading = read_rule(f"rules/outlook/{made.id}.yaml", made.source(), TAXONOMY)
    assert not reading.problems
    assert yaml.safe_load(made.source())["status"] == "draft"


def test_a_product_that_nobody_named_is_not_guessed() -> None:
    assert draft(["The flux capacitor could not be charged"], PRODUCTS).product == UNSORTED


@pytest.mark.parametrize(
    "text",
    [
        'Unable to update the password. "Minimum (8) is not met',
        "『パスワードを更新できません。（詳細』と出ます",
        "\x1b[31mERROR\x1b[0m: the job could not be started.",
        "EXP-4012",
        "ログインできません " + "とても長い説明 " * 400,
    ],
)
def test_every_draft_lints_clean(text: str) -> None:
    made = draft([text], PRODUCTS, product="outlook", notes=["\x1b fixed by taro@contoso.com"])
    reading = read_rule(f"rules/outlook/{made.id}.yaml", made.source(), TAXONOMY)
    assert not reading.problems
    assert not lint_rule(reading, date(2026, 11, 26))
    assert "taro" not in made.source()
