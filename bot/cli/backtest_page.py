"""The report of a backtest as one page that needs nothing else, in light and in dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from bot.cli.backtest import busiest, largest
from bot.cli.charts import bars, timeline
from bot.helpdesk.backtest import Pile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.helpdesk.backtest import Excerpt, Rules, Share, Tally

_ROWS: Final = 40
"""Rows of a chart; the rest is told by number."""
_PAGE: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Firstcheck backtest: {title}</title>
<style>
:root {{ color-scheme: light dark; --ink: #1c1e21; --soft: #5c6370; --line: #d9dce1;
  --paper: #fff; --card: #f5f6f8; --bar: #1d4ed8; --near: #93b4f5; --new: #137a3e }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e6e8eb; --soft: #9aa2ae; --line: #353a42;
  --paper: #16181c; --card: #1f2329; --bar: #6c9bff; --near: #34508c; --new: #5fce8e }} }}
* {{ box-sizing: border-box }}
body {{ font: 15px/1.55 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; color: var(--ink);
  background: var(--paper); max-width: 62rem; margin: 2.5rem auto; padding: 0 1.25rem }}
h1 {{ font-size: 1.5rem; margin: 0 }} h2 {{ font-size: 1.1rem; margin: 2.5rem 0 .6rem }}
h1 + p, .note {{ color: var(--soft); margin: .2rem 0 1.5rem }}
.tiles {{ display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fit, minmax(7.6rem, 1fr)) }}
.tiles div {{ background: var(--card); border-radius: 8px; padding: .7rem .9rem }}
.tiles b {{ display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums }}
.tiles span, small, th {{ color: var(--soft); font-size: .85rem; font-weight: normal }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ padding: .28rem .6rem .28rem 0; text-align: left; overflow-wrap: anywhere }}
td.n, th.n {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }}
tr + tr td {{ border-top: 1px solid var(--line) }}
td.drawn {{ width: 38%; padding-right: 0 }}
.drawn span {{ display: block; height: .6rem; min-width: 2px; border-radius: 2px }}
.b0 {{ background: var(--bar) }} .b1 {{ background: var(--near); margin-top: 2px }}
.key span {{ display: inline-block; width: .8rem; height: .6rem; border-radius: 2px;
  margin: 0 .3rem 0 .9rem }}
svg {{ display: block; width: 100%; height: auto }}
svg .bar {{ fill: var(--bar) }} svg .hit {{ fill: transparent }} svg .axis {{ stroke: var(--line) }}
svg g:hover .hit {{ fill: var(--card) }}
svg text {{ fill: var(--soft); font-size: 12px }}
details {{ border-top: 1px solid var(--line); padding: .35rem 0 }}
summary {{ cursor: pointer }} summary b {{ font-weight: 600 }}
summary small {{ margin-left: .5rem }}
blockquote {{ margin: .5rem 0 .5rem .2rem; padding: .1rem .9rem;
  border-left: 3px solid var(--near) }}
.after {{ color: var(--new); font-weight: 600 }}
</style></head><body>
<h1>{head}</h1>
<p>{title}</p>
<div class="tiles">{tiles}</div>
{sections}
<p class="note">Texts are redacted and cut. Nothing was sent anywhere.</p>
</body></html>
"""


def page(tally: Tally, title: str, cost: Mapping[str, Any]) -> str:
    """The report, in HTML; of a comparison, only what differs."""
    head = "What would be answered otherwise" if tally.compared else "What would have been answered"
    sections = _differences(tally) if tally.compared else _sections(tally)
    passed_over = "".join(f"<p>Passed over: {escape(why)}</p>" for why in cost["passed_over"])
    return _PAGE.format(
        title=escape(title),
        head=head,
        tiles="".join(
            f"<div><b>{number}</b><span>{what}</span></div>" for number, what in _tiles(tally, cost)
        ),
        sections=passed_over + "\n".join(sections),
    )


def _tiles(tally: Tally, cost: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield f"{tally.all.messages:,}", "messages"
    if tally.compared:
        yield f"{_all(tally.changed.values()):,}", "treated otherwise"
    else:
        yield f"{tally.all.answered:,}", "answered"
        yield f"{tally.all.per_thousand:.1f}", "answers to 1,000 messages"
        yield f"{_all(tally.near.values()):,}", "nearly answered"
        yield f"{_all(tally.collisions.values()):,}", "claimed, none chosen"
        yield f"{tally.repeated:,}", "repetitions passed over"
    yield f"{cost['seconds']:,.1f} s", f"taken: {cost['microseconds_a_message']} µs a message"


def _all(piles: Iterable[Pile]) -> int:
    return sum(pile.messages for pile in piles)


def _sections(tally: Tally) -> Iterator[str]:
    rules = busiest(tally)
    if drawn := timeline(tally.days):
        yield _section("Over time", drawn)
    yield _section("By rule", _rule_bars(tally, rules))
    yield _section("By channel", _channel_bars(tally.channels))
    yield _section(
        "What was claimed by several rules, or by a code that needs its app named",
        "".join(_details(", ".join(key), pile) for key, pile in largest(tally.collisions)),
    )
    for title, piles in (
        ("What would have been answered", tally.answered),
        ("What was nearly answered: rules to improve, or chatter to keep silent on", tally.near),
    ):
        yield _section(title, "".join(_details(i, piles[i]) for i in rules if i in piles))


def _rule_bars(tally: Tally, rules: list[str]) -> str:
    none = Pile()
    key = '<p class="note key"><span class="b0"></span>answered<span class="b1"></span>nearly</p>'
    rows = (
        (rule_id, (f"{answered:,}", f"{near:,}"), (answered, near))
        for rule_id in rules[:_ROWS]
        for answered in [tally.answered.get(rule_id, none).messages]
        for near in [tally.near.get(rule_id, none).messages]
    )
    drawn = bars(rows, ("rule", "answered", "nearly"))
    return drawn and key + drawn + _more(len(rules))


def _channel_bars(channels: Mapping[str, Share]) -> str:
    listed = sorted(channels.items(), key=lambda item: (-item[1].per_thousand, item[0]))
    rows = (
        (
            f"#{name}",
            (f"{one.messages:,}", f"{one.answered:,}", f"{one.per_thousand:.1f}"),
            (one.per_thousand,),
        )
        for name, one in listed[:_ROWS]
    )
    return bars(rows, ("channel", "messages", "answered", "of 1,000")) + _more(len(listed))


def _more(number: int) -> str:
    return f'<p class="note">… and {number - _ROWS} more</p>' if number > _ROWS else ""


def _differences(tally: Tally) -> Iterator[str]:
    yield _section(
        "Before → now",
        "".join(
            _details_of(
                f"{_rules(before)} → <span class=after>{_rules(after)}</span>", pile, "open"
            )
            for (before, after), pile in largest(tally.changed)
        ),
    )


def _rules(ids: Rules) -> str:
    return escape(", ".join(ids)) if ids else "<i>silence</i>"


def _section(title: str, body: str) -> str:
    return f"<section><h2>{title}</h2>\n{body or '<p>Nothing.</p>'}</section>"


def _details(name: str, pile: Pile) -> str:
    return _details_of(f"<b>{escape(name)}</b>", pile)


def _details_of(summary: str, pile: Pile, how: str = "") -> str:
    return (
        f"<details {how}><summary>{summary}<small>{pile.messages:,}</small></summary>"
        f"{''.join(map(_quote, pile.excerpts))}</details>"
    )


def _quote(one: Excerpt) -> str:
    where = f"#{escape(one.channel)} · score {one.score:.2f}"
    return f"<blockquote>{escape(one.text)}<br><small>{where}</small></blockquote>"
