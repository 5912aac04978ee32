"""Two pastes of one message read the same, and the way back to the person's words holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.text.normalise import read

JAPANESE = "メール サーバーに対して、暗号化された接続を使用できません。"

TEXTS = st.one_of(
    st.text(max_size=120),
    st.text(
        alphabet="aA0１ｶﾞﾊﾟー-－ 　\n_.,'’㍻ﬁß<>&;@|`*がか゛\u0301\u200bサーバ一力(-14)5.1%",
        max_size=80,
    ),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (JAPANESE, "メールサーバに対して暗号化された接続を使用できません"),
        (JAPANESE, "ﾒｰﾙｻｰﾊﾞｰに対して､暗号化された接続を使用できません｡"),
        (JAPANESE, "メール　サーバーに対して、暗号化さ\nれた接続を使用できません。"),
        (JAPANESE, "> メール サ－バ－に対して、暗号化\u200bされた\n> 接続を使用できません。"),
        ("Can’t open the file", "can't   open\nthe “file”"),
        ("*Wi-Fi* is `off`", "wifi is off"),
        ("Windows ﬁle", "ＷＩＮＤＯＷＳ file"),
        ("ユーザーのフォルダー", "ユーザのフォルダ"),
        ("か\u3099", "が"),
        ("5 &gt; 4 &amp; x", "5 > 4 & x"),
        ("<https://example.com|open>", "open"),
    ],
)
def test_the_same_message_reads_the_same(one: str, other: str) -> None:
    assert read(one).text == read(other).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("550-5.1.1 <x>", "550 5.1.1 x"),
        ("(-14)", "-14"),
        ("net::ERR_TIMED_OUT", "net err_timed_out"),
        ("_ERR_TIMED_\n  OUT_", "err_timed_out"),
        ("AADSTS50011: The", "aadsts50011 the"),
        ("10% 止まる", "10%止まる"),
        ("０ｘ８０００４００５", "0x80004005"),
    ],
)
def test_codes_keep_what_makes_them_codes(text: str, expected: str) -> None:
    assert read(text).text == expected


def test_nothing_reads_as_nothing() -> None:
    assert read("").text == ""
    assert read("。…！ \n").text == ""


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_offsets_are_valid_and_never_go_back(text: str) -> None:
    symptom = read(text)
    assert symptom.original == text
    assert len(symptom.offsets) == len(symptom.text) + 1
    assert list(symptom.offsets) == sorted(symptom.offsets)
    assert all(0 <= offset <= len(text) for offset in symptom.offsets)
    assert symptom.offsets[-1] == len(text)


@pytest.mark.parametrize(
    "words", ["ｻｰﾊﾞｰｴﾗｰ", "㍻", "サーバーｸﾞ", "e\u0301te\u0301", "Ｅｒｒｏｒ １"]
)
def test_a_quote_is_the_persons_own_words(words: str) -> None:
    symptom = read(f"「{words}」と出ます")
    end = len(read(words).text)
    assert symptom.quote(0, end).startswith(words)


def test_long_texts_take_linear_time_and_keep_their_places() -> None:
    text = "ｻｰﾊﾞｰ error_\n x " * 6000
    symptom = read(text)
    assert len(symptom.offsets) == len(symptom.text) + 1
