"""The schema for editors agrees with the parser, and the tables name every field and code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.core.rulebook.docs import field_table, problem_table
from bot.core.rulebook.faults import Fault
from bot.core.rulebook.fields import RULE
from bot.core.rulebook.lint import explained
from bot.core.rulebook.schema import schema, taxonomy_schema
from bot.core.rulebook.shared_fields import TAXONOMY
from bot.core.rulebook.source import Items, Node, Pairs, Text, read

SAMPLES = Path(__file__).parent / "samples"
GOOD = (SAMPLES / "rules/vpn/vpn-809.yaml").read_text("utf-8")


def plain(source: str) -> Any:
    """What an editor's YAML 1.2 sees; it leaves yes, no and dates texts."""
    node, problems = read("x.yaml", source)
    assert node is not None, problems
    return _plain(node)


def _plain(node: Node) -> Any:
    match node:
        case Pairs(pairs=pairs):
            return {key.value: _plain(value) for key, value in pairs}
        case Items(items=items):
            return [_plain(item) for item in items]
        case Text(value=value):
            number = int(value) if value.isdecimal() and value.isascii() else value
            return {"true": True, "false": False}.get(value, number)


def errors(source: str, of: dict[str, Any]) -> list[str]:
    return [e.message for e in Draft202012Validator(of).iter_errors(plain(source))]


def test_the_schemas_are_schemas() -> None:
    for made in (schema(), taxonomy_schema()):
        Draft202012Validator.check_schema(made)
        assert json.loads(json.dumps(made)) == made


def test_a_sound_rule_and_taxonomy_pass() -> None:
    assert errors(GOOD, schema()) == []
    text = (SAMPLES / "rules/taxonomy.yaml").read_text("utf-8")
    assert errors(text, taxonomy_schema()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: trusted", "status: sure"),
        ("status: trusted\n", ""),
        ("owner: network-team", "ownr: network-team"),
        ("id: vpn-809", "id: VPN_809"),
        ("reviewed: 2026-03-01", "reviewed: March"),
        ("- https://", "- see https://"),
        ("unless: [Cisco AnyConnect]", "unless: Cisco"),
        ("likelihood: common", "likelihood: often"),
        ("  ja: VPN に接続できない（エラー 809）\n", ""),
        ("  - code: 809", "  - code: 809\n    phrase: both"),
        ("weak: yes", "weak: perhaps"),
        ("pin: first", "pin: last"),
        ("    answer: text", "    answer: text\n    no: {points_to: [server-down]}"),
        ("    answer: choice", "    answer: yes_no"),
        ("      - concludes: solved", "      - {concludes: solved, user: a}"),
        ("ja: 自宅}", f"ja: {'長' * 76}}}"),
        ("この Wi-Fi の", "長" * 121),
    ],
)
def test_a_bad_rule_is_underlined(old: str, new: str) -> None:
    assert old in GOOD
    assert errors(GOOD.replace(old, new, 1), schema())


def test_hovers_explain_every_key() -> None:
    made = schema()

    for shape in (made, *made["$defs"].values()):
        assert shape["description"]
        assert all(field["description"] for field in shape["properties"].values())
    assert made["properties"]["audience"]["description"].endswith("Default employee.")


def test_the_field_table_names_every_field() -> None:
    table = field_table()

    for shape in (*RULE.walk(), *TAXONOMY.walk()):
        assert shape.name == "sentence" or f"### {shape.name}\n" in table
        assert all(f"| `{name}` |" in table or name in ("en", "ja") for name in shape.by_name)


def test_the_problem_table_names_every_code() -> None:
    table = problem_table()

    for code in (*Fault, *(lint.code for lint in explained())):
        assert table.count(f"| `{code}` |") == 1


@pytest.mark.parametrize("table", [field_table(), problem_table()], ids=["fields", "problems"])
def test_every_row_of_a_table_has_four_cells(table: str) -> None:
    rows = [line for line in table.splitlines() if line.startswith("|")]

    assert rows
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5, row
