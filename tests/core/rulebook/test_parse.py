"""A sound rule says what its author meant; a bad one says everything that is wrong, and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.rulebook.faults import FAULTS, Fault
from bot.core.rulebook.model import (
    AnswerKind,
    Bilingual,
    Code,
    Effort,
    Likelihood,
    Phrase,
    Status,
    Taxonomy,
    Turn,
)
from bot.core.rulebook.parse import parse_rule, parse_taxonomy, read_rule

SAMPLES = Path(__file__).parent / "samples"
GOOD = (SAMPLES / "rules/vpn/vpn-809.yaml").read_text("utf-8")
PATH = "rules/vpn/vpn-809.yaml"


def taxonomy() -> Taxonomy:
    found, problems = parse_taxonomy(
        "taxonomy.yaml", (SAMPLES / "rules/taxonomy.yaml").read_text("utf-8")
    )
    assert problems == []
    return found


TAXONOMY = taxonomy()


def test_every_field_of_a_sound_rule_arrives() -> None:
    rule, problems = parse_rule(PATH, GOOD, TAXONOMY)

    assert problems == []
    assert rule is not None
    assert (rule.id, rule.status, rule.product) == ("vpn-809", Status.TRUSTED, "vpn")
    assert (rule.owner, rule.reviewed) == ("network-team", "2026-03-01")
    assert rule.replaces == ("vpn-l2tp-blocked",)
    assert rule.signatures[2] == Phrase("{server} に接続できません", weak=True)
    assert rule.signatures[3] == Code("809", ("vpn", "リモート接続"))
    assert rule.unless == ("Cisco AnyConnect",)
    first, second, third, _ = rule.causes
    assert first.pinned
    assert first.likelihood is Likelihood.COMMON
    assert second.likelihood is Likelihood.OCCASIONAL
    assert second.effort is Effort.MODERATE
    assert second.reversible
    assert third.fix is None
    assert third.escalate == "access"
    assert rule.path == PATH


def test_checks_and_their_answers_arrive() -> None:
    rule, _ = parse_rule(PATH, GOOD, TAXONOMY)
    assert rule is not None
    colleague, where, since = rule.checks

    assert [a.id for a in colleague.answers] == ["yes", "no"]
    assert colleague.answers[0].shown_by == ("他の人は繋がる",)
    assert colleague.answers[1].points_to == ("server-down",)
    assert [a.id for a in where.answers] == ["home", "hotel", "first-time"]
    assert where.answers[0].label == Bilingual("At home", "自宅")
    assert since.kind is AnswerKind.TEXT
    assert since.answers == ()


def test_an_escalation_class_inherits_what_it_leaves_out() -> None:
    rule, _ = parse_rule(PATH, GOOD, TAXONOMY)
    assert rule is not None

    assert rule.escalate.for_("access").to == "accounts"
    assert rule.escalate.for_("outage").to == "network"
    assert rule.escalate.for_("outage").bring == rule.escalate.default.bring
    assert rule.escalate.for_(None).to == "network"


def test_examples_know_their_line_and_their_dialogue() -> None:
    rule, _ = parse_rule(PATH, GOOD, TAXONOMY)
    assert rule is not None
    first = rule.examples[0]

    assert GOOD.splitlines()[first.line - 1].startswith("  - text: VPN がつながらない")
    assert first.dialogue[0] == Turn(asks="line-blocks-vpn")
    assert first.dialogue[-1] == Turn(concludes="solved")
    assert "VPN server\ncould not" in rule.examples[1].text


@pytest.mark.parametrize(
    "text", ["0x80070005", "12:30", "NO", "1e3", "0o17", "~", "2026-11-22", "007", "=", "550 5.1.1"]
)
def test_a_scalar_stays_the_text_it_is(text: str) -> None:
    rule, problems = parse_rule(PATH, GOOD.replace("code: 809", f"code: {text}"), TAXONOMY)

    assert problems == []
    assert rule is not None
    assert isinstance(code := rule.signatures[3], Code)
    assert code.code == text


def _expected(source: str) -> set[tuple[int, str]]:
    """The codes written behind `#` on the lines that have them."""
    return {
        (number, code)
        for number, line in enumerate(source.splitlines(), start=1)
        for code in line.partition(" # ")[2].split()
        if code in set(Fault)
    }


def test_all_problems_of_a_file_come_at_once_each_on_its_line() -> None:
    path = SAMPLES / "bad/vpn/keys.yaml"
    source = path.read_text("utf-8")

    rule, problems = parse_rule("rules/vpn/keys.yaml", source, TAXONOMY)

    assert rule is None
    assert {(p.line, p.code) for p in problems} == _expected(source)
    assert problems == sorted(problems)


CHANGES = [
    ("status: trusted", "status: trustd", "did you mean “trusted”?"),
    ("likelihood: common", "likelyhood: common", "did you mean “likelihood”?"),
    ("to: network", "to: netwrok", "did you mean “network”?"),
    ("product: vpn", "product: vnp", "did you mean “vpn”?"),
    ("points_to: [server-down]", "point_to: [server-down]", "did you mean “points_to”?"),
    ("points_to: [server-down]", "points_to: [sever-down]", "did you mean “server-down”?"),
    ("asks: where-are-you", "asks: where_are_you", "did you mean “where-are-you”?"),
    ("concludes: solved", "concludes: resolved", "did you mean “solved”?"),
    ('user: "[failed]"', 'user: "[fail]"', "did you mean “failed”?"),
    ("phrase: The network", "phrase: The {adress} network", "did you mean “address”?"),
    (
        "unless: [Cisco AnyConnect]",
        "fix: {en: a, ja: b}",
        "it belongs in a cause; check the indentation",
    ),
    ("unless: [Cisco AnyConnect]", "unless: Cisco AnyConnect", "write [Cisco AnyConnect]"),
    ("{en: At home, ja: 自宅}", "{en: At home, or not, ja: 自宅}", "needs quotes"),
    ("phrase: The network", "phrase: {server}\n    x: The", "put quotes around"),
    ("owner: network", "　owner: network", "full-width blanks"),
    ("id: vpn-809", "id: VPN 809", "vpn-809"),
    ("id: vpn-809", "id: vpn-810", "write “id: vpn-809”"),
    ("weak: yes", "weak: perhaps", "write yes or no"),
    ("reviewed: 2026-03-01", "reviewed: 2026-02-30", "such as 2026-11-22"),
    ("effort: quick", "effort: low", "one of: costly, moderate, quick"),
]


@pytest.mark.parametrize(("old", "new", "hint"), CHANGES)
def test_a_slip_is_met_with_what_was_probably_meant(old: str, new: str, hint: str) -> None:
    line = GOOD.splitlines().index(next(t for t in GOOD.splitlines() if old in t)) + 1

    rule, problems = parse_rule(PATH, GOOD.replace(old, new, 1), TAXONOMY)

    assert rule is None
    assert any(hint in p.hint and line <= p.line <= line + 1 for p in problems), problems


def test_a_folder_that_is_not_the_product_is_named() -> None:
    rule, problems = parse_rule("rules/printer/vpn-809.yaml", GOOD, TAXONOMY)

    assert rule is None
    assert [p.code for p in problems] == [Fault.NOT_THE_FOLDER]
    assert "move the file to vpn/" in problems[0].hint


def test_text_that_is_no_file_needs_no_file_name() -> None:
    rule, problems = parse_rule("<pasted>", GOOD, TAXONOMY)

    assert problems == []
    assert rule is not None


def test_a_half_right_rule_is_kept_for_lint_but_not_in_force() -> None:
    reading = read_rule(PATH, GOOD.replace("status: trusted", "status: sure"), TAXONOMY)

    assert reading.rule is None
    assert reading.draft is not None
    assert reading.draft.status is Status.DRAFT
    assert reading.draft.causes


def test_a_problem_prints_as_editors_and_people_read_it() -> None:
    _, problems = parse_rule(PATH, GOOD.replace("status: trusted", "status: trustd"), TAXONOMY)

    assert str(problems[0]) == (
        "rules/vpn/vpn-809.yaml:3:9 unknown-word “status” cannot be “trustd” "
        "(did you mean “trusted”?)"
    )


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("products: {}", Fault.MISSING_KEY),
        ("products: []\nteams: {}", Fault.WRONG_KIND),
        ("products: {Out Look: {title: {en: a, ja: b}}}\nteams: {}", Fault.BAD_ID),
        ("products: {}\nteams: {a: {title: {en: a, ja: b}}, a: {}}", Fault.DUPLICATE_KEY),
        ("products: {a: {titel: {en: a, ja: b}}}\nteams: {}", Fault.UNKNOWN_KEY),
        ("", Fault.EMPTY_FILE),
        ("just text", Fault.WRONG_KIND),
        ("- a", Fault.WRONG_KIND),
    ],
)
def test_a_bad_taxonomy_says_so(source: str, code: str) -> None:
    _, problems = parse_taxonomy("taxonomy.yaml", source)

    assert code in {p.code for p in problems}


def test_every_fault_is_explained_once() -> None:
    assert sorted(e.code for e in FAULTS) == sorted(Fault)


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_no_text_crashes_the_parser(source: str) -> None:
    rule, problems = parse_rule(PATH, source, TAXONOMY)

    assert rule is None
    assert problems
    assert all(p.line >= 1 and p.column >= 1 for p in problems)


_KEYS = sorted(set(re.findall(r"(\w+):", GOOD)))
_VALUE = st.recursive(
    st.sampled_from(['""', "a", "yes", "[]", "{}", "2026-03-01", "vpn", "server-down", "tested"])
    | st.text("ab :{}[]'\"#-\n\té日", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{k}: {v}" for k, v in pairs.items()) + "}"
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_KEYS), _VALUE), max_size=10))
def test_no_mixture_of_known_keys_crashes_the_parser(pairs: list[tuple[str, str]]) -> None:
    source = "\n".join(f"{key}: {value}" for key, value in pairs)

    rule, problems = parse_rule(PATH, source, TAXONOMY)
    parse_taxonomy("taxonomy.yaml", source)

    assert rule is None
    assert problems


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_line_lost_or_moved_crashes_the_parser(data: st.DataObject) -> None:
    lines = GOOD.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    if data.draw(st.booleans()):
        del lines[number]
    else:
        lines.insert(data.draw(st.integers(0, len(lines) - 1)), lines.pop(number))

    rule, problems = parse_rule(PATH, "\n".join(lines), TAXONOMY)

    assert (rule is None) == bool(problems)


def test_a_phrase_has_an_end() -> None:
    source = re.sub(r"phrase: .+", f"phrase: {'word ' * 201}", GOOD, count=1)
    _, problems = parse_rule(PATH, source, TAXONOMY)
    assert [p.code for p in problems] == ["too-large"]
