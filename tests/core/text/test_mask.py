"""What varies goes, what the message says stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text.mask import mask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail to taro.y@example.co.jp failed", "mail to {address} failed"),
        ("cannot reach https://intra.example.com/a?b=1", "cannot reach {server}"),
        ("cannot reach mail01.contoso.com (10.0.0.1:443)", "cannot reach {server} ({server})"),
        (r"C:\Users\a\b.docx を開けません", "{file} を開けません"),
        ("\\\\server\\share が見つかりません", "{file} が見つかりません"),
        ("「report_2024.xlsx」はロックされています", "「{file}」はロックされています"),
        ("売上集計（最新）.xlsx の保存に失敗しました", "{file} の保存に失敗しました"),
        ("別のユーザーが売上.xlsxを開いています", "別のユーザーが{file}を開いています"),
        ("2024/11/08 09:14:22 に 1532 件", "{any} に {any} 件"),
        ("id 12345678-1234-1234-1234-123456789012", "id {any}"),
        ("at 0x00007ffabc123456", "at {any}"),
    ],
)
def test_what_varies_becomes_a_placeholder(text: str, expected: str) -> None:
    assert mask(text).text == expected


@pytest.mark.parametrize(
    "text", ["0x80070005", "550-5.1.1", "AADSTS50011", "error 691", "エラー 809"]
)
def test_codes_stay(text: str) -> None:
    assert re.split("[ -]", text)[-1] in mask(text).text


@given(st.text(max_size=200))
def test_the_parts_are_the_persons_own_words(text: str) -> None:
    for part in mask(text).parts:
        assert text[slice(*part.span)] == part.words
