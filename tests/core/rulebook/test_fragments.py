"""`use:` in a rule stands for what fragments.yaml says, and a slip in it is told where it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from bot.core.rulebook.parse import parse_fragments, parse_rule, parse_taxonomy
from bot.core.rulebook.schema import schema
from bot.storage.rules_folder import RulesFolder
from tests.core.rulebook.test_schema import errors

if TYPE_CHECKING:
    from bot.core.rulebook.fragments import Fragments

SAMPLES = Path(__file__).parent / "samples"
TAXONOMY = parse_taxonomy("taxonomy.yaml", (SAMPLES / "rules/taxonomy.yaml").read_text("utf-8"))[0]
SHARED = """\
sentences:
  fact-time: {en: time of the last try, ja: 最後に試した時刻}
signatures:
  in-vpn: {near: [vpn, リモート接続]}
causes:
  hotel-network:
    title: {en: network of a hotel, ja: ホテルなどの回線}
    fix: {en: Try it on your phone's hotspot., ja: テザリングで試してみてください。}
checks:
  at-home:
    title: {en: at home, ja: 自宅}
    ask: {en: Are you at home?, ja: ご自宅ですか？}
    answer: yes_no
"""
RULE = """\
id: vpn-hotel
status: draft
product: vpn
title: {en: VPN does not connect, ja: VPN につながらない}
signatures:
  - {code: "789", use: in-vpn}
causes:
  - id: hotel
    use: hotel-network
    title: {en: network of the place, ja: その場所の回線}
  - id: server
    title: {en: VPN server, ja: VPN サーバー}
checks:
  - id: home
    use: at-home
    "yes": {points_to: [server]}
escalate:
  to: network
  bring:
    - {use: fact-time}
"""


def fragments(source: str = SHARED) -> Fragments:
    found, problems = parse_fragments("rules/fragments.yaml", source)
    assert problems == []
    return found


def test_what_a_rule_uses_is_as_if_it_were_written_there() -> None:
    rule, problems = parse_rule("rules/vpn/vpn-hotel.yaml", RULE, TAXONOMY, fragments())
    assert problems == []
    assert rule is not None
    assert rule.escalate.default.bring[0].ja == "最後に試した時刻"
    assert rule.checks[0].ask.en == "Are you at home?"
    assert rule.signatures[0].near == ("vpn", "リモート接続")
    hotel = rule.causes[0]
    assert hotel.fix is not None
    assert hotel.title.en == "network of the place"  # its own words win
    assert hotel.fix.en == "Try it on your phone's hotspot."


def test_an_unknown_fragment_is_told_at_its_name_and_only_once() -> None:
    source = RULE.replace("use: fact-time", "use: fact-tiem")
    _, problems = parse_rule("rules/vpn/vpn-hotel.yaml", source, TAXONOMY, fragments())
    (problem,) = problems
    line = source.split("fact-tiem")[0].count("\n") + 1
    assert (problem.line, problem.code) == (line, "unknown-reference")
    assert problem.hint == "did you mean “fact-time”?"


def test_a_fragment_of_another_kind_is_told_where_it_is_used() -> None:
    source = RULE.replace("use: fact-time", "use: at-home")
    _, problems = parse_rule("rules/vpn/vpn-hotel.yaml", source, TAXONOMY, fragments())
    assert {p.line for p in problems} == {source.split("use: at-home}")[0].count("\n") + 1}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("checks:\n  at-home:", "checks:\n  fact-time:", "duplicate-id"),
        ("en: time of the last try, ", "", "missing-key"),
        ("causes:", "cause:", "unknown-key"),
        ("  in-vpn: {near", "  in-vpn: {neer", "unknown-key"),
    ],
)
def test_slips_in_the_fragments_are_told(old: str, new: str, code: str) -> None:
    _, problems = parse_fragments("rules/fragments.yaml", SHARED.replace(old, new))
    assert [p.code for p in problems] == [code]


def test_editors_accept_a_fragment_for_what_is_required() -> None:
    assert errors(RULE, schema()) == []
    Draft202012Validator.check_schema(schema())


def test_a_later_folder_rewords_what_earlier_rules_use(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    (ours / "vpn").mkdir(parents=True)
    theirs.mkdir()
    (ours / "taxonomy.yaml").write_text((SAMPLES / "rules/taxonomy.yaml").read_text("utf-8"))
    (ours / "fragments.yaml").write_text(SHARED, "utf-8")
    (ours / "vpn" / "vpn-hotel.yaml").write_text(RULE, "utf-8")
    reworded = "sentences:\n  fact-time: {en: when you tried, ja: 試した時刻}\n"
    (theirs / "fragments.yaml").write_text(reworded, "utf-8")
    folder = RulesFolder([ours, theirs])
    (rule,) = folder.load().rulebook.rules
    assert rule.escalate.default.bring[0].en == "when you tried"
    (theirs / "fragments.yaml").write_text(reworded.replace("when you", "time you"), "utf-8")
    (rule,) = folder.load().rulebook.rules
    assert rule.escalate.default.bring[0].en == "time you tried"


def test_a_small_rule_does_not_become_a_huge_one() -> None:
    words = "".join(f"      - word {n}\n" for n in range(5000))
    shared, problems = parse_fragments(
        "fragments.yaml", f"signatures:\n  many:\n    near:\n{words}"
    )
    assert not problems
    source = RULE.replace("signatures:", "signatures:\n" + '  - {code: "1", use: many}\n' * 5000)
    assert len(source) < 256_000
    rule, problems = parse_rule("rules/vpn/vpn-hotel.yaml", source, TAXONOMY, shared)
    assert rule is None
    assert [p.code for p in problems if p.code == "too-large"] == ["too-large"]
