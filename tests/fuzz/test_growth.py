"""Four times the text takes about four times the time, whatever is pasted and whatever a rule says.

No pattern of ours or of a rule's may take time by the square of a text's length, or worse: a
stranger would only have to paste the right one. Times are of this process alone; the square would
show as a factor of sixteen.
"""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap.desk import load_rules
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.lint import lint_rule
from bot.core.rulebook.model import Phrase
from bot.core.rulebook.parse import parse_taxonomy, read_rule
from bot.core.rulebook.source import MAX_TEXT
from bot.core.rulebook.validate import LONGEST_PHRASE
from bot.core.text.normalise import read
from bot.core.text.redact import looked_through
from bot.core.text.visible import visible
from bot.slack.extract import undo_markup
from tests.core.matching.rules import book, rule

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = 2000
LONG = 4 * SHORT
FACTOR = 9
"""Between four and sixteen."""
TOO_QUICK_S = 0.1
"""Less is no harm, and cannot be measured."""

UNITS = [
    "a", "a ", "A1", "0", "1.", "1 ", "-", "_", ".", ",", " ", "\n", "\t ", "\n> ", "あ", "漢", "ア",
    "ー", "ﾊﾟ", "。", "、", "<", ">", "<a:", "<@", "<!x", "&", "&lt;", "&gt; ", "`", "```", "```\n", "[",
    "「", "『", "(", "“", '"', "'", "…", "...", "{any}", "{", "x@", "@", "a@b.", "a@b.c ", "http://",
    "http://a/", "://", "0x", "0x80070005 ", "5.1.1 ", "error ", "エラー", "not ", "no ", "ません",
    "解決しました", "という", "password", "password: ", "password is ", "パスワード", "パスワードは",
    "Bearer ", "token=", "eyJ", "-----BEGIN ", "〒", "パス", "パスは", "ID/PW ", "login with a / ", "user aa:", "pw is ", "password for ",
    "password (", "PIN ", "口座番号", "社員番号", "employee no ", "記号 12345 ", "1 Aa Drive", "my address is ",
    "From: Aa Aa", "[name];", "Name: ", "担当：", "山部長", "Aa-san", "経理部の", "東京都", "港区", "1-2-3", "株式会社", "さん",
    "様", "氏名", "氏名：", "Mr. ", "Dear ", "080-", "+81", "1234 ", "4111 1111 ", "\u200b", "\u202e",
    "\u0301", "a\u0301", "=", "=' ", ":", "：", "C:\\", "\\\\a\\", "/", "/a",
]  # fmt: skip
PAIRS = [(one, UNITS[(n * 7 + 3) % len(UNITS)]) for n, one in enumerate(UNITS)]
SHIPPED = Matcher(load_rules().rulebook)


def growth(work: Callable[[str], object], text: Callable[[int], str]) -> float:
    """How many times longer four times the text takes; 0 where that is quick."""
    small, large = text(SHORT), text(LONG)
    if taken(work, large) < TOO_QUICK_S:
        return 0.0
    for _ in range(3):
        factor = taken(work, large) / max(taken(work, small), 1e-6)
        if factor <= FACTOR:
            break
    return factor


def taken(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def repeated(unit: str, first: str = "", last: str = "") -> Callable[[int], str]:
    return lambda size: first + (unit * (size // len(unit) + 1))[:size] + last


def hostile(phrase: str) -> Matcher:
    return Matcher(book(rule("outlook-x", phrase, Phrase(phrase * 2, weak=True))))


READERS: dict[str, Callable[[str], object]] = {
    "markup": undo_markup,
    "redaction": looked_through,
    "reading": lambda text: read(text).offsets,
    "matching": lambda text: SHIPPED.match(read(text)),
    "showing": visible,
}


@pytest.mark.parametrize("reader", READERS)
def test_no_paste_takes_time_by_its_square(reader: str) -> None:
    slow = {
        unit: factor
        for one, other in PAIRS
        for unit, text in {
            one: repeated(one),
            f"{other}…{one}": repeated(one + other, other),
        }.items()
        if (factor := growth(READERS[reader], text)) > FACTOR
    }
    assert not slow


PHRASES = [
    "a" * 60, "ab" * 60, "a b " * 40, "あ" * 60, "あい" * 60, "漢字" * 30, "{any}".join(["ab cd"] * 60),
    "{any}" + "a" * 60 + "{any}", "error {code} " * 20, "0 1 " * 40, "a" * LONGEST_PHRASE, "ab cd " * 160,
]  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES, ids=range(len(PHRASES)))
def test_no_phrase_of_a_rule_takes_time_by_the_square_of_a_paste(phrase: str) -> None:
    matcher = hostile(phrase)
    unit = phrase.replace("{any}", " x ").replace("{code}", "5")
    texts = {
        "again and again": repeated(unit),
        "its beginnings": repeated(unit[: len(unit) * 2 // 3] + "\n"),
        "its letters": repeated(unit[:3]),
        "every other letter": repeated(unit[::2]),
    }
    slow = {
        name: factor
        for name, text in texts.items()
        if (factor := growth(lambda text: matcher.match(read(text)), text)) > FACTOR
    }
    assert not slow


def test_the_longest_phrase_is_looked_for_soon() -> None:
    """By the square of its length: that is why a phrase has an end."""
    words = "the server mailbox could not open an encrypted connection to the database "
    phrase = (words * 40)[:LONGEST_PHRASE]
    matcher, pasted = hostile(phrase), read(phrase[: len(phrase) * 2 // 3])
    assert min(taken(lambda _: matcher.match(pasted), "") for _ in range(3)) < 1


SAMPLES = Path(__file__).parents[1] / "core/rulebook/samples/rules"
RULE = (SAMPLES / "vpn/vpn-809.yaml").read_text("utf-8")
TAXONOMY = parse_taxonomy("taxonomy.yaml", (SAMPLES / "taxonomy.yaml").read_text("utf-8"))[0]
FIELDS = [
    "Please try once with your phone's hotspot instead of this Wi-Fi.",
    "この Wi-Fi の代わりに、スマートフォンのテザリングで一度お試しください。",
]


@pytest.mark.parametrize("field", FIELDS, ids=["en", "ja"])
def test_a_rule_of_the_longest_texts_is_linted_soon(field: str) -> None:
    """Lints may take time by the square of one text; that is why a text has an end."""
    words = [
        "off ",
        "turn off ",
        "disable the ",
        "if ",
        "tell ",
        "send us your ",
        "警告",
        "無効",
        "教え",
    ]
    for unit in [*UNITS[::2], *words]:
        said = visible(repeated(unit)(MAX_TEXT - 10))
        source = RULE.replace(field, json.dumps(said, ensure_ascii=False))
        start = time.process_time()
        lint_rule(read_rule("rules/vpn/vpn-809.yaml", source, TAXONOMY), date(2026, 11, 26))
        assert time.process_time() - start < 5, unit
