from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from bot.workbench.standin.composer import compose


def _raw(blocks: tuple[dict[str, object], ...]) -> str:
    """What a reader of the rich text gets, fences and back-ticks aside."""
    said = ""
    for block in blocks:
        for element in block["elements"]:  # type: ignore[attr-defined]
            for part in element["elements"]:
                said += part.get("text") or part.get("url") or f"<@{part.get('user_id')}>"
    return said


def test_a_pasted_traceback_is_escaped_in_text_and_raw_in_rich_text() -> None:
    code = 'File "a.py", line 1, in <module>\nValueError: a -> b & c'
    body = compose(f"```\n{code}\n```")

    assert body.text.startswith("```File")
    assert "&lt;module&gt;" in body.text
    assert body.text.endswith("a -&gt; b &amp; c```")
    (fence,) = body.blocks[0]["elements"]
    assert fence == {
        "type": "rich_text_preformatted",
        "border": 0,
        "elements": [{"type": "text", "text": code}],
    }


def test_addresses_become_links() -> None:
    body = compose("cannot open https://h/x?a=1&b=2 from pc1.example.co.jp、kei@example.com。")

    assert body.text == (
        "cannot open <https://h/x?a=1&amp;b=2> from "
        "<http://pc1.example.co.jp|pc1.example.co.jp>、<mailto:kei@example.com|kei@example.com>。"
    )
    links = [e for e in body.blocks[0]["elements"][0]["elements"] if e["type"] == "link"]
    assert [link["url"] for link in links] == [
        "https://h/x?a=1&b=2",
        "http://pc1.example.co.jp",
        "mailto:kei@example.com",
    ]


def test_only_known_people_are_mentioned_and_a_pasted_broadcast_stays_text() -> None:
    body = compose("<@U0KNOWN> <@U0STRANGER> <!channel>", known={"U0KNOWN"})

    assert body.text == "<@U0KNOWN> &lt;@U0STRANGER&gt; &lt;!channel&gt;"
    parts = body.blocks[0]["elements"][0]["elements"]
    assert [p["type"] for p in parts] == ["user", "text"]


def test_text_around_a_fence_keeps_its_place() -> None:
    body = compose("見てください\n```0x80070005```")

    kinds = [e["type"] for e in body.blocks[0]["elements"]]
    assert kinds == ["rich_text_section", "rich_text_preformatted"]
    assert body.text == "見てください\n```0x80070005```"


def test_without_rich_text_there_are_no_blocks() -> None:
    assert compose("エラー < 5", rich=False).blocks == ()
    assert compose("エラー < 5", rich=False).text == "エラー &lt; 5"


@given(st.text(alphabet=st.sampled_from("aあ<>&@|!`\n .:/-0x"), max_size=200))
def test_nothing_typed_is_lost(typed: str) -> None:
    body = compose(typed)

    plain = typed.replace("`", "")
    assert _raw(body.blocks).replace("`", "").replace("\n", "") == plain.replace("\n", "")


@given(st.text(alphabet=st.sampled_from("ab<>&;!あ \n"), max_size=200))
def test_text_without_addresses_unescapes_to_what_was_typed(typed: str) -> None:
    assert html.unescape(compose(typed).text.replace("&amp;", "&#38;")) == typed
