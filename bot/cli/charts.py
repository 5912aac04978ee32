"""Charts as plain SVG and HTML: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.helpdesk.backtest import Share

_WIDTH: Final = 920
_HEIGHT: Final = 150
_FOOT: Final = 22
"""Room for the dates, in the same units."""
_BARS: Final = 92
"""More of them would be thinner than a line."""
_EPOCH: Final = date(1970, 1, 1)
_SPANS: Final = (1, 7, 28, 91, 364)
"""Days one bar may stand for."""


def timeline(days: Mapping[int, Share]) -> str:
    """Answers over time; empty where there were none.

    Args:
        days: by days since 1970-01-01.
    """
    dated = {day: share for day, share in days.items() if day > 0}
    if not any(share.answered for share in dated.values()):
        return ""
    first, last = min(dated), max(dated)
    span = next((s for s in _SPANS if (last - first) // s < _BARS), _SPANS[-1])
    bars = [[0, 0] for _ in range((last - first) // span + 1)][-_BARS:]
    start = max(first, last - len(bars) * span + 1)
    for day, share in dated.items():
        place = (day - start) // span
        if place >= 0:
            bars[place][0] += share.answered
            bars[place][1] += share.messages
    return _svg(bars, start, span)


def _svg(bars: Sequence[Sequence[int]], start: int, span: int) -> str:
    most = max(answered for answered, _ in bars)
    step = _WIDTH / len(bars)
    drawn = "".join(
        _bar(number * step, step, answered / most, _tip(start + number * span, span, bar))
        for number, bar in enumerate(bars)
        for answered in bar[:1]
    )
    end = start + len(bars) * span - 1
    unit = {1: "day", 7: "week"}.get(span, f"{span} days")
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + _FOOT}" role="img" '
        f'aria-label="Answers a {unit}, at most {most}">'
        f'<line class="axis" x1="0" y1="{_HEIGHT}" x2="{_WIDTH}" y2="{_HEIGHT}"/>{drawn}'
        f'<text x="0" y="{_HEIGHT + 16}">{_day(start)}</text>'
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT + 16}" text-anchor="middle">'
        f"answers a {unit}, at most {most:,}</text>"
        f'<text x="{_WIDTH}" y="{_HEIGHT + 16}" text-anchor="end">{_day(end)}</text></svg>'
    )


def _bar(left: float, step: float, share: float, tip: str) -> str:
    height = max(share * (_HEIGHT - 8), 1.5 if share else 0)
    return (
        f'<g><title>{escape(tip)}</title><rect class="hit" x="{left:.1f}" y="0" '
        f'width="{step:.1f}" height="{_HEIGHT}"/><rect class="bar" x="{left + step * 0.1:.1f}" '
        f'y="{_HEIGHT - height:.1f}" width="{step * 0.8:.1f}" height="{height:.1f}" rx="1.5"/></g>'
    )


def _tip(day: int, span: int, bar: Sequence[int]) -> str:
    until = "" if span == 1 else f" to {_day(day + span - 1)}"
    return f"{_day(day)}{until}: {bar[0]:,} answered of {bar[1]:,}"


def _day(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).isoformat()


def bars(rows: Iterable[tuple[str, Sequence[str], Sequence[float]]], heads: Sequence[str]) -> str:
    """A table whose last column is drawn.

    Args:
        rows: name, numbers as they are shown, and the lengths of one bar or two.
        heads: of the columns but the last.
    """
    listed = list(rows)
    most = max((max(lengths) for _, _, lengths in listed), default=0) or 1
    head = "".join(f"<th{' class=n' if n else ''}>{h}</th>" for n, h in enumerate(heads))
    lines = "".join(
        f"<tr><td>{escape(name)}</td>"
        + "".join(f'<td class="n">{number}</td>' for number in numbers)
        + '<td class="drawn">'
        + "".join(
            f'<span class="b{kind}" style="width:{100 * length / most:.1f}%"></span>'
            for kind, length in enumerate(lengths)
            if length
        )
        + "</td></tr>"
        for name, numbers, lengths in listed
    )
    return f"<table><tr>{head}<th></th></tr>{lines}</table>" if listed else ""
