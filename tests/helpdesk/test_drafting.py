"""What a paste tells of a rule to be, and what many pastes tell of rules that are missing."""

from __future__ import annotations

import pytest
import yaml

from bot.bootstrap.desk import load_rules
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.parse import parse_taxonomy, read_rule
from bot.helpdesk.drafting import UNSORTED, Unknown, draft, error_in
from bot.storage.rules_folder import default_rules_path
from tests.core.matching.rules import ENCRYPTED_JA, ORDINARY

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


def test_unknown_errors_are_grouped_and_ranked_by_people() -> None:
    unknown = Unknown(Matcher(ORDINARY))
    for user, file in (("U1", "a.xlsx"), ("U2", "売上.xlsx"), ("U3", "b2.xlsx")):
        unknown.hear(user, f"「{file} の集計に失敗しました。もう一度お試しください」と出ます")
    for _ in range(5):
        unknown.hear("U9", 'I see "The flux capacitor could not be charged"')
    unknown.hear("U4", f"「{ENCRYPTED_JA}」と出ます")
    unknown.hear("U5", "お昼に行きませんか")
    first, second = unknown.groups()
    assert (len(first.people), first.messages) == (3, 3)
    assert "集計に失敗しました" in first.message
    assert "{file}" in first.message
    assert (len(second.people), second.messages) == (1, 5)
    assert unknown.groups(least=2) == [first]
