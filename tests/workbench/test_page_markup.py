"""Whatever rules say and people paste, the page shows as text: nothing runs, nothing is lost."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.workbench.conftest import HELP_IT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.workbench.conftest import Bench

MARKUP = [
    "<@U0SAKURA01>", "<@U0|a>", "<#C0HELPIT01|x>", "<!here>", "<!subteam^S0|a>",
    "<!date^1^{date}|x>", "<!date^9999999999999^{date}|x>", "<@a / b>",
    "<https://a.example/?b=1&amp;c|", "<http://b.example>", "<mailto:a@b.example|a>",
    "<javascript:ran=1|x>", "<JavaScript:ran=1>", "<data:text/html,x|x>", "<https:x|y>",
    "<slack://open|z>", "<script>ran=1</script>", "<img src=x onerror=ran=1>", "</p>",
    "https://a.example", "javascript:ran=1", "&lt;", "&gt;", "&amp;", "&amp;lt;", "&quot;",
    "&#60;", "<", "<@", "<#", "<!", ">", "|", "&", "*", "_", "~", "`", "```", "\n&gt; ", "\n> ",
    "\n", " ", '"', "'", "*b* ", "_*~", ":x:", ":+1:", ":constructor:", ":__proto__:", ":",
    "\x000\x01", "\x009\x01", "\x00", "\x01", "\x1b", "\r", "\u202e", "\u2067", "\u200b", "\u2028",
    "\ufeff", "0", "a", "漢", "é", "🙂", "onclick=ran=1",
]  # fmt: skip
WRITTEN = st.lists(
    st.tuples(
        st.sampled_from(MARKUP) | st.characters(exclude_categories=["Cs"]),
        st.sampled_from([1, 1, 1, 2, 30, 200]),
    ),
    min_size=1,
    max_size=12,
).map(lambda parts: "".join(unit * times for unit, times in parts)[:2990] + "\n.")
ALLOWED = {
    "a": {"class", "href", "target", "rel"},
    "button": {"class", "type"},
    "span": {"class", "role", "aria-label"},
    "time": {"datetime"},
    **{name: {"class"} for name in ["b", "blockquote", "code", "div", "h3", "i", "p", "pre", "s"]},
}
LINKED = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
CONSTRUCT = re.compile(
    r"<(@[UW][A-Z0-9]+|#[CDG][A-Z0-9]+|!here|!subteam\^S[A-Z0-9]+|!date\^\d[^<>|\n]*"
    r"|(https?|mailto|slack):[^<>|\n]*)(\|[^<>\n]*)?>|:(x|\+1):"
)
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}

DRAWN = """async (mark) => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    for (const end = Date.now() + 10000; all(".b-header").at(-1)?.textContent !== mark;) {
        if (Date.now() > end) return null;
        await new Promise(requestAnimationFrame);
    }
    const attributes = (e) => Object.fromEntries([...e.attributes].map((a) => [a.name, a.value]));
    return {
        texts: all(".message-body, .blocks > *").map((e) => e.textContent),
        elements: all(".message-body *").map((e) => [e.localName, attributes(e)]),
        ran: typeof ran,
    };
}"""


def test_whatever_is_written_is_shown_as_text(page: Page, bench: Bench) -> None:
    rich, plain = bench.says([{"type": "divider"}]), bench.says([{"type": "divider"}])
    marks = map(str, itertools.count())

    @settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
    @given(WRITTEN)
    @example("<!date^9999999999999^{date}|x>")
    @example(":constructor: :__proto__:")
    @example("`a` \x000\x01 \x009\x01")
    def holds(text: str) -> None:
        bench.bot.chat_update(channel=HELP_IT, ts=plain, text=text, blocks=[])
        mark = next(marks)
        bench.bot.chat_update(channel=HELP_IT, ts=rich, text="t", blocks=blocks(text, mark))
        drawn = page.evaluate(DRAWN, mark)
        if drawn is None:  # what broke the page must not break it for the next text
            for ts in (rich, plain):
                bench.bot.chat_update(channel=HELP_IT, ts=ts, text="t", blocks=[])
            page.reload()
        assert drawn is not None, "nothing is drawn"
        assert drawn["ran"] == "undefined"
        assert [e for e in drawn["elements"] if not allowed(*e)] == []
        _, section, context, exact, _, whole = drawn["texts"]
        assert exact == text * 2
        for shown in (section, context, whole):
            assert in_order(letters(said(text)), letters(shown))

    holds()


def test_a_message_as_long_as_slack_takes_is_drawn(page: Page, bench: Bench) -> None:
    bench.bot.chat_postMessage(channel=HELP_IT, text="*a* " * 10_000)
    expect(page.locator(".message-body b")).to_have_count(10_000)


def blocks(text: str, mark: str) -> list[dict[str, Any]]:
    """The text wherever it may stand, marked up, exact and as an address; then a mark."""
    marked = {"type": "mrkdwn", "text": text}
    exact = [{"type": "text", "text": text}, {"type": "link", "url": text, "text": text}]
    return [
        {"type": "section", "text": marked},
        {"type": "context", "elements": [marked]},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": exact}]},
        {"type": "header", "text": {"type": "plain_text", "text": mark}},
    ]


def allowed(name: str, attributes: dict[str, str]) -> bool:
    address = attributes.get("href", "https:")
    return attributes.keys() <= ALLOWED.get(name, set()) and bool(LINKED.match(address))


def said(text: str) -> str:
    """What has to be seen: all but mentions, dates, links and emoji, which are drawn otherwise."""
    return re.sub("|".join(ENTITIES), lambda e: ENTITIES[e[0]], CONSTRUCT.sub(" ", text))


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def in_order(wanted: str, shown: str) -> bool:
    rest = iter(shown)
    return all(letter in rest for letter in wanted)
