"""Whatever rules say and people paste, a message of the bot pings nobody and fools nobody."""

from __future__ import annotations

import json
import re
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.core.diagnosis.flow import flow
from bot.core.diagnosis.flow_svg import as_svg
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Bilingual
from bot.core.text.language import Language
from bot.core.text.visible import one_line, visible
from bot.core.wording.reply import Action, Button, Line, LineKind, Reply
from bot.helpdesk.codec import from_json
from bot.helpdesk.desk import Desk
from bot.helpdesk.incoming import Place
from bot.helpdesk.outward import Notice, Post, Settle
from bot.slack.render import blocks, fallback_text
from bot.workbench.standin.block_kit import accept_blocks, pings
from tests.helpdesk.office import BOOK, MAIL_EN, MAIL_JA, POLICY, VPN_EN, Lane, delivered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.helpdesk.ports import NewTask

LANE = "T1:C1:1.0"
MARKUP = [
    "<!channel>", "<!here>", "<!everyone>", "<!subteam^S0123|@team>", "<@U0BOSS0001>",
    "<!date^1^{date}^https://evil.example|x>", "<@W0BOSS0001|boss>", "<#C0123|general>",
    "@channel", "@here", "@boss", "<https://evil.example|https://bank.example>",
    "<mailto:a@evil.example|IT>", "https://evil.example", "&lt;!channel&gt;", "&amp;lt;",
    "*bold*", "_it_", "~gone~", "`code`", "```pre```", "> quoted", ":rotating_light:",
    "\u202e\u2066txet\u2069\u202c", "\u200b@\u200bchannel", "\u2028<!here>", "\r\n> x\r",
    "\x1b[31mred\x07", "\U000e0041\U000e0042", "\ufeff", "\x00", "|", ">", "<", "&",
    "{title}", "{0.__class__}", "%s",
]  # fmt: skip
HOSTILE = st.lists(
    st.one_of(st.sampled_from(MARKUP), st.text(max_size=12)), min_size=1, max_size=6
).map("".join)
TELLING = re.compile(r"<@[UW][A-Z0-9]+>|<https?://[^|<>\s]+\|[^<>\n]*>")


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from nodes(item)


def unseen(text: str) -> set[str]:
    """Characters that are obeyed and not seen."""
    kept = "\n\t\u200c\u200d"
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - set(
        kept
    )


def check(reply: Reply, people: set[str], links: set[str]) -> None:
    """That only these people are named and only these addresses are linked."""
    drawn = blocks(reply, LANE, 1)
    said = fallback_text(reply)
    assert not {"<", ">"} & set(said)
    assert not unseen(said)
    assert not pings(said, [])
    for node in nodes(drawn):
        kind, text = node.get("type"), node.get("text")
        assert kind not in {"broadcast", "usergroup", "channel", "emoji", "date"}
        if kind == "user":
            assert node["user_id"] in people
        if kind == "link":
            assert node["url"] in links
        if kind == "plain_text":
            assert node["emoji"] is False
        if kind == "mrkdwn":
            assert node["verbatim"] is True
            assert TELLING.fullmatch(node["text"])
            assert node["text"].strip("<@>") in people or node["text"][1:].split("|")[0] in links
        if isinstance(text, str):
            assert not unseen(text)
        if kind == "button":
            label = node["text"]["text"]
            assert 1 <= len(label) <= 75
            assert "\n" not in label
    for block in drawn:
        model = Block.parse(block)
        assert model is not None
        assert model.to_dict() == block
    accept_blocks(json.loads(json.dumps(drawn)))
    assert len(drawn) <= 50


# --- Any reply -----------------------------------------------------------------------------------

LINES = st.builds(Line, HOSTILE, st.sampled_from(LineKind), who=HOSTILE, url=HOSTILE)
REPLIES = st.builds(
    Reply,
    st.lists(LINES, min_size=1, max_size=12).map(tuple),
    st.lists(st.builds(Button, HOSTILE, st.sampled_from(Action)), max_size=30).map(tuple),
)


@given(REPLIES)
def test_no_line_and_no_button_pings_or_fools(reply: Reply) -> None:
    links = {line.url for line in reply.lines if re.fullmatch(r"https?://[!-~]+", line.url)}
    escaped = {u.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for u in links}
    check(reply, set(), links | {u.replace("|", "%7C") for u in escaped})


def test_the_words_after_a_name_are_only_words() -> None:
    named = Reply((Line("*x* <!here> `y`", LineKind.SMALL, who="U111"),))
    (context,) = blocks(named, LANE, 1)
    assert [e["text"] for e in context["elements"]] == ["<@U111>", "*x* <!here> `y`"]
    assert context["elements"][1]["type"] == "plain_text"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b", "https://a\n|b>", "data:x", "//evil.example", ""]
)
def test_what_is_no_address_is_no_link(url: str) -> None:
    for kind in LineKind:
        drawn = blocks(Reply((Line("here", kind, url=url),)), LANE, 1)
        assert not {"link", "mrkdwn"} & {str(node.get("type")) for node in nodes(drawn)}


@given(st.text())
def test_what_is_shown_can_be_seen(text: str) -> None:
    assert not unseen(visible(text))
    assert not {"\n", "\t"} & set(one_line(text))
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("text", ["👩‍💻 🏳️‍🌈 ✈️", "می‌خواهم", "が ﾊﾟ 髙﨑", "a\n\tb"])
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


# --- Whole stories -------------------------------------------------------------------------------


def poisoned(value: Any, words: Iterator[str]) -> Any:
    """A rule, product or team whose every sentence a stranger wrote."""
    if isinstance(value, Bilingual):
        return Bilingual(next(words), next(words))
    if isinstance(value, tuple):
        return tuple(poisoned(item, words) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: poisoned(getattr(value, f.name), words) for f in fields(value)}
        return replace(value, **changed)
    return value


def said(tasks: Sequence[NewTask]) -> Iterator[Reply]:
    for task in tasks:
        if task.kind in {"post", "settle", "notice"}:
            kind: Any = {"post": Post, "settle": Settle, "notice": Notice}[task.kind]
            yield from_json(task.body, kind).reply


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(HOSTILE, min_size=3, max_size=8),
    st.lists(HOSTILE, min_size=2, max_size=2),
    st.sampled_from([MAIL_EN, MAIL_JA, VPN_EN]),
    st.lists(st.integers(0, 30), max_size=9),
)
def test_no_story_pings_or_fools(
    rules: list[str], around: list[str], error: str, presses: list[int]
) -> None:
    words = (rules[n % len(rules)] for n in range(10**6))
    book = poisoned(BOOK, words)
    lane = Lane(Desk(book, Matcher(book, include_drafts=True), POLICY))
    triage = Lane(lane.desk, Place("T1", "C-triage"))
    people = {"U-asker", "U-colleague", "U-staff"}
    replies: list[Reply] = []

    def follow() -> None:
        replies.extend(said(lane.tasks))
        for task in lane.tasks:
            if task.kind == "handover":
                triage.take(delivered(task))
                replies.extend(said(triage.tasks))

    lane.say(f"{around[0]} {error} {around[1]}", direct=True)
    follow()
    for press in presses:
        buttons = [b for reply in said(lane.tasks) for b in reply.buttons]
        if not buttons:
            break
        button = buttons[press % len(buttons)]
        lane.press(button.action, button.value)
        follow()
    lane.press(Action.HUMAN)
    follow()
    assert replies
    for reply in replies:
        links = {line.url for line in reply.lines if line.url}
        assert all(re.match(r"https://\S+$", link) for link in links)
        check(reply, people, links)


# --- Pictures and pages --------------------------------------------------------------------------


@given(st.lists(HOSTILE.map(visible), min_size=3, max_size=8))
def test_the_picture_of_a_rule_holds_no_markup_of_its_author(rules: list[str]) -> None:
    more = ["</title><script>x</script>", '" onload="x', "<a href='javascript:x'>", "&#60;x&#62;"]
    words = ((rules + more)[n % (len(rules) + 4)] for n in range(10**6))
    for rule in poisoned(BOOK, words).rules:
        root = ET.fromstring(as_svg(flow(rule, Language.EN), rule.title.en, Language.EN))  # noqa: S314
        for element in root.iter():
            assert element.tag.partition("}")[2] in {
                "svg",
                "title",
                "style",
                "rect",
                "text",
                "path",
                "circle",
            }
            assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
