"""What is not YAML is explained to people who do not know YAML; what could hurt is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.rulebook.faults import Fault
from bot.core.rulebook.source import MAX_BYTES, MAX_TEXT, Items, Pairs, Text, locate, read

SLIPS = [
    ("a tab", "a:\n\tb: 1\n", 2, "tab"),
    ("a tab in the middle", "a:\n  b: 1\n\tc: 2\n", 3, "tab"),
    ("a text with a colon", "x: y\na: Error: access denied\n", 2, "second “: ”"),
    ("a colon at the end", "a: Error:\n", 1, "second “: ”"),
    ("an open double quote", 'a: b\nc: "foo\nd: e\n', 2, "never closed"),
    ("an open single quote", "a: b\nc: 'foo\n", 2, "never closed"),
    ("an apostrophe in quotes", "a: 'it's'\n", 1, "cannot go on"),
    ("a text after a quote", 'a: "foo" bar\n', 1, "cannot go on"),
    ("a line without colon", "a: b\nfoo\nc: d\n", 2, "neither"),
    ("an open brace", "a: {en: x, ja: y\nb: c\n", 1, "“{”"),
    ("an open bracket at the end", "a: b\nc: [x,\n\n", 2, "“[” or “{”"),
    ("an open brace at the end", "a: {en: x, ja: y\n", 1, "“{”"),
    ("an open bracket", "a: [x, y\nb: c\n", 1, "“[”"),
    ("a text that begins with a placeholder", "a: {server} fails\n", 1, "cannot go on"),
    ("a text that begins with a label", "a: [次へ] を押す\n", 1, "cannot go on"),
    ("wrong indentation", "a:\n  b: 1\n c: 2\n", 3, "cannot go on"),
    ("a key among items", "a:\n  - b\n  c: d\n", 3, "list"),
    ("a Windows path", 'a: b\nc: "C:\\Users\\x"\n', 2, "backslash"),
    ("another Windows path", 'a: b\nc: "C:\\Windows"\n', 2, "backslash"),
    ("an at sign", "a: @foo\n", 1, "begin with “@”"),
    ("a backtick", "a: `foo`\n", 1, "begin with “`”"),
    ("a percent sign", "a: %foo\n", 1, "begin with “%”"),
    ("a percent sign at the margin", "%foo\n", 1, "begin with “%”"),
    ("an asterisk", "a: * b\n", 1, "begin with “*”"),
    ("an ampersand", "a: & b\n", 1, "begin with “&”"),
    ("an exclamation mark", "a: !x!y b\n", 1, "begin with “!”"),
    ("a bar and text", "a: | foo\n", 1, "next line"),
    ("a full-width colon", "a: b\ntitle： c\nd: e\n", 2, "full-width colon"),
    ("a full-width blank", "a:\n　- b\nc: d\n", 2, "full-width blank"),
    ("a list as key", "? [a]\n: b\n", 1, "single word"),
]


@pytest.mark.parametrize(
    ("source", "line", "words"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS]
)
def test_a_slip_is_explained_on_its_line(source: str, line: int, words: str) -> None:
    node, problems = read("x.yaml", source)

    assert node is None
    assert [(p.code, p.line) for p in problems] == [(Fault.SYNTAX, line)]
    assert words in problems[0].message
    assert problems[0].hint


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a: &x [1]\nb: c", Fault.ALIAS, 1),
        ("b: c\na: *x", Fault.ALIAS, 2),
        ("a: b\nc: !!python/object:os.system x", Fault.TAG, 2),
        ("a: b\n---\nc: d", Fault.SEVERAL_DOCUMENTS, 2),
        ("[" * 30 + "]" * 30, Fault.TOO_DEEP, 1),
        ("[" * 100_000, Fault.TOO_DEEP, 1),
        ("a: b\nc: x\x1b[0m", Fault.CONTROL_CHARACTER, 2),
        ("a: \0", Fault.CONTROL_CHARACTER, 1),
        ("a: \ud800", Fault.CONTROL_CHARACTER, 1),
        ("a: " + "x" * MAX_BYTES, Fault.TOO_LARGE, 1),
        ("a: " + "漢" * (MAX_BYTES // 3), Fault.TOO_LARGE, 1),
        ("a: b\nc: " + "x" * (MAX_TEXT + 1), Fault.TOO_LARGE, 2),
        ('a: b\nc: "\\e[31m"', Fault.CONTROL_CHARACTER, 2),
        ("a: b\nc: admin\u202etxt.exe", Fault.CONTROL_CHARACTER, 2),
        ("a: b\nc: pass\u200bword", Fault.CONTROL_CHARACTER, 2),
    ],
)
def test_what_a_rule_never_needs_is_refused(source: str, code: str, line: int) -> None:
    node, problems = read("x.yaml", source)

    assert node is None
    assert [(p.code, p.line) for p in problems] == [(code, line)]


def test_a_thousand_laughs_are_refused_at_the_first() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )

    assert [p.line for p in read("x.yaml", bomb)[1]] == [1]


def test_positions_count_characters_from_one() -> None:
    node, _ = read("x.yaml", "\ufeff表題: 日本 # 語\nb:\n  - c: d\n")

    assert isinstance(node, Pairs)
    assert node.pairs[0] == (Text("表題", 1, 1), Text("日本", 1, 5))
    assert (locate(node, "b", 0, "c").line, locate(node, "b", 0, "c").column) == (3, 8)
    assert locate(node, "b").line == 2
    assert locate(node, "b", 5).line == 2
    assert locate(node, "nothing", 0).line == 1
    assert locate(None, "b").line == 1


def test_an_empty_document_is_nothing_but_no_problem_of_syntax() -> None:
    assert read("x.yaml", "# only a comment\n") == (None, [])


def _plain(node: object) -> object:
    match node:
        case Pairs(pairs=pairs):
            return {key.value: _plain(value) for key, value in pairs}
        case Items(items=items):
            return [_plain(item) for item in items]
        case Text(value=value):
            return value
    return None


_TEXT = st.text("ab 漢:#-'\"{}[],&*!|>%@`\n0.", max_size=12)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        _TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
        max_leaves=10,
    )
)
def test_whatever_is_written_as_json_comes_back(value: object) -> None:
    """JSON is YAML: an independent writer for any text, list and mapping."""
    import json

    node, problems = read("x.yaml", json.dumps(value, ensure_ascii=False))

    assert problems == []
    assert _plain(node) == value


@settings(max_examples=200, deadline=None)
@given(st.text("ab:-'\"{}[],&*!|>%@`?#\n\t 漢：\u3000\x00\ud800", max_size=40))
def test_nothing_crashes_the_reader(source: str) -> None:
    _, problems = read("x.yaml", source)

    lines = source.splitlines() or [""]
    assert all(1 <= p.line <= len(lines) + 1 for p in problems)
