from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.extract import extract, mentions, undo_markup
from bot.slack.render import escape

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def said(payload: Callable[[str], dict[str, Any]]) -> Callable[[str], str]:
    return lambda name: extract(payload(name)["event"]).text


def test_a_code_block_keeps_its_blanks_and_signs(said: Callable[[str], str]) -> None:
    assert said("message_code_block") == (
        "Traceback (most recent call last):\n"
        '  File "a.py", line 1, in <module>\n'
        "ValueError: a -> b & c"
    )


def test_links_are_what_was_typed(said: Callable[[str], str]) -> None:
    assert said("message_autolink") == ("cannot open https://h/x?a=1&b=2 from pc1.example.co.jp")


def test_without_blocks_the_text_is_unescaped_and_broadcasts_pasted_stay_words(
    said: Callable[[str], str],
) -> None:
    assert said("message_without_blocks") == (
        "接続できません & 「0x80070005」 <!channel> taro@example.co.jp"
    )


def test_lists_and_quotes_are_lines(said: Callable[[str], str]) -> None:
    assert said("message_list_and_quote") == (
        "次のエラーです\n手順1\n手順2\nAccess is denied.\n助けて :pray:"
    )


def test_smart_quotes_and_full_width_blanks_are_left_to_matching(
    said: Callable[[str], str],
) -> None:
    assert said("message_im") == "“Outlook” が 起動しません"


def test_a_snippet_is_part_of_what_is_said(said: Callable[[str], str]) -> None:
    assert said("message_snippet") == "ログです\njava.lang.OutOfMemoryError: Java heap space"


def test_a_forwarded_message_is_part_of_what_is_said(said: Callable[[str], str]) -> None:
    assert said("message_forwarded") == (
        "これ分かりますか\nThe trust relationship between this workstation and the primary "
        "domain failed."
    )


def test_a_link_preview_is_not(payload: Callable[[str], dict[str, Any]]) -> None:
    message = payload("message_changed_by_preview")["event"]["message"]
    assert extract(message).text == "エラー 0x8007"


def test_long_japanese_text_is_read_whole() -> None:
    text = "暗号化された接続を使用できません。" * 2300
    block = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }
    assert extract({"text": text, "blocks": [block]}).text == text


def test_a_table_is_read_row_by_row() -> None:
    rows = [[{"type": "raw_text", "text": "コード"}, {"type": "raw_text", "text": "0x80070005"}]]
    assert extract({"blocks": [{"type": "table", "rows": rows}]}).text == "コード\t0x80070005"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<@U111> 助けて", "助けて"),
        ("<!here> <!subteam^S1|@it> 障害です", "障害です"),
        ("<#C111|help-it> を見て", "#help-it を見て"),
        ("<!date^1719211888^{date}|6月24日> に失敗", "6月24日 に失敗"),
        ("&lt;@U111&gt; と表示", "<@U111> と表示"),
        ("&amp;lt; と表示", "&lt; と表示"),
        ("before ```\nerror\n``` after", "before \nerror\n after"),
        ("コード `0x80070005` です", "コード 0x80070005 です"),
        ("<tel:0312345678|03-1234-5678>", "03-1234-5678"),
        ("<module> stays", "<module> stays"),
    ],
)
def test_markup_is_undone(marked: str, plain: str) -> None:
    assert undo_markup(marked) == plain


@given(st.text(st.characters(exclude_characters="`", exclude_categories=["Cs"]), max_size=60))
def test_undoing_gives_back_what_was_escaped(text: str) -> None:
    quoted = any(line.startswith(">") for line in text.split("\n"))
    if not quoted:
        assert undo_markup(escape(text)) == text.strip()


@given(st.text(max_size=80))
def test_any_text_can_be_undone(text: str) -> None:
    assert isinstance(undo_markup(text), str)


def test_only_our_own_mention_is_ours() -> None:
    assert mentions({"text": "<@UBOT> x"}, "UBOT")
    assert mentions({"text": "<@UBOT|firstcheck> x"}, "UBOT")
    assert not mentions({"text": "<@UBOTTLE> x &lt;@UBOT&gt;"}, "UBOT")
    assert not mentions({"text": "<@> x"}, "")
