"""The report of a backtest as one page that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.helpdesk.backtest import Difference, Excerpt, Tally

_BARS: Final = 30
_PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Firstcheck backtest</title>
<style>
:root {{ color-scheme: light dark; --bar: #36c; --soft: #8884 }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem }}
h1 {{ font-size: 1.4rem }} h2 {{ font-size: 1.1rem; margin-top: 2rem }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ padding: .2rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }}
td.n, th.n {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }}
tr + tr td {{ border-top: 1px solid var(--soft) }}
.bar {{ display: block; height: .8rem; background: var(--bar); border-radius: 2px; min-width: 2px }}
.bar.near {{ opacity: .35 }}
blockquote {{ margin: .3rem 0; padding: .1rem .7rem; border-left: 3px solid var(--soft) }}
small {{ opacity: .7 }} summary {{ cursor: pointer }}
</style>
<h1>Firstcheck backtest</h1>
<p>{lead}</p>
{sections}
<p><small>Texts are redacted and cut. Nothing was sent anywhere.</small></p>
</html>
"""


def page(tally: Tally, title: str, seconds: float) -> str:
    """The report, in HTML."""
    rate = 1000 * tally.answered / max(1, tally.messages)
    lead = (
        f"<b>{tally.answered:,}</b> of <b>{tally.messages:,}</b> messages of {escape(title)} "
        f"answered ({rate:.1f} of 1,000); {tally.repeated:,} repetitions passed over; "
        f"{seconds:.1f} s."
    )
    return _PAGE.format(lead=lead, sections="\n".join(_sections(tally)))


def _sections(tally: Tally) -> Iterator[str]:
    rules = sorted(tally.rules.items(), key=lambda item: (-item[1].answered, item[0]))
    if tally.changed:
        yield _section("What changes", _changes(tally))
    yield _section(
        "Answers by rule",
        _bars((rule_id, one.answered, one.near) for rule_id, one in rules),
    )
    channels = sorted(tally.channels.items(), key=lambda item: (-item[1].answered, item[0]))
    yield _section(
        "Answers by channel",
        _bars((f"#{name} ({one.messages:,})", one.answered, 0) for name, one in channels),
    )
    if tally.collisions:
        yield _section("Claimed by several rules, none chosen", _collisions(tally))
    yield _section(
        "What would have been answered",
        "".join(_details(rule_id, one.answered, one.excerpts) for rule_id, one in rules),
    )
    yield _section(
        "What was nearly answered",
        "".join(_details(rule_id, one.near, one.near_excerpts) for rule_id, one in rules),
    )


def _section(title: str, body: str) -> str:
    return f"<h2>{title}</h2>\n{body or '<p>Nothing.</p>'}"


def _bars(rows: Iterable[tuple[str, int, int]]) -> str:
    """Name, how often answered, how often nearly."""
    shown = [row for row in rows if row[1] or row[2]][:_BARS]
    most = max((max(row[1], row[2]) for row in shown), default=1)
    lines = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{count:,}</td><td style="width:50%">'
        f'<span class="bar" style="width:{100 * count / most:.1f}%"></span>'
        + (f'<span class="bar near" style="width:{100 * near / most:.1f}%"></span>' if near else "")
        + "</td></tr>"
        for name, count, near in shown
    )
    return f"<table>{lines}</table>" if lines else ""


def _changes(tally: Tally) -> str:
    lines = "".join(
        f'<tr><td class="n">{count:,}</td><td>{_rules(before)} → {_rules(after)}'
        f"{_quotes(_of(tally.differences, before, after))}</td></tr>"
        for (before, after), count in tally.changed.most_common()
    )
    return f'<table><tr><th class="n">messages</th><th>before → now</th></tr>{lines}</table>'


def _of(
    differences: Sequence[Difference], before: tuple[str, ...], after: tuple[str, ...]
) -> list[Excerpt]:
    return [one.excerpt for one in differences if (one.before, one.after) == (before, after)]


def _rules(ids: Sequence[str]) -> str:
    return escape(", ".join(ids)) if ids else "<i>silence</i>"


def _collisions(tally: Tally) -> str:
    return "".join(
        f"<p>{count:,}: {_rules(rules)}</p>" for rules, count in tally.collisions.most_common()
    )


def _details(name: str, count: int, excerpts: Sequence[Excerpt]) -> str:
    if not count:
        return ""
    return (
        f"<details><summary>{escape(name)} <small>{count:,}</small></summary>"
        f"{_quotes(excerpts)}</details>"
    )


def _quotes(excerpts: Iterable[Excerpt]) -> str:
    return "".join(
        f"<blockquote>{escape(one.text)}<br><small>#{escape(one.channel)} · score {one.score:.2f}"
        "</small></blockquote>"
        for one in excerpts
    )
