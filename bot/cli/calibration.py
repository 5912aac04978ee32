"""A picture of how far a score can be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.helpdesk.evaluate import Bin

_SIZE: Final = 320
_MARGIN: Final = 44
_FRAME: Final = f"""<svg xmlns="http://www.w3.org/2000/svg" width="{_SIZE + 2 * _MARGIN}" \
height="{_SIZE + 2 * _MARGIN}" font-family="sans-serif" font-size="12" role="img" \
aria-label="Share of right matches by score">
<rect width="100%" height="100%" fill="white"/>
{{grid}}
<line x1="{_MARGIN}" y1="{_MARGIN + _SIZE}" x2="{_MARGIN + _SIZE}" y2="{_MARGIN}" \
stroke="#999" stroke-dasharray="4"/>
{{dots}}
<text x="{_MARGIN + _SIZE / 2}" y="{_SIZE + 2 * _MARGIN - 8}" text-anchor="middle">score</text>
<text x="14" y="{_MARGIN + _SIZE / 2}" text-anchor="middle" \
transform="rotate(-90 14 {_MARGIN + _SIZE / 2})">share that is right</text>
</svg>
"""


def calibration_svg(bins: Sequence[Bin]) -> str:
    """Score against the share that came true; a dot's area is how many. On the line is honest."""
    most = max((one.count for one in bins), default=1)
    return _FRAME.format(
        grid="\n".join(_grid(step / 5) for step in range(6)),
        dots="\n".join(_dot(one, most) for one in bins),
    )


def _x(value: float) -> float:
    return round(_MARGIN + _SIZE * value, 1)


def _y(value: float) -> float:
    return round(_MARGIN + _SIZE * (1 - value), 1)


def _grid(value: float) -> str:
    return (
        f'<path d="M{_x(0)} {_y(value)}H{_x(1)}M{_x(value)} {_y(0)}V{_y(1)}" stroke="#eee"/>'
        f'<text x="{_x(0) - 6}" y="{_y(value) + 4}" text-anchor="end">{value:.1f}</text>'
        f'<text x="{_x(value)}" y="{_y(0) + 16}" text-anchor="middle">{value:.1f}</text>'
    )


def _dot(one: Bin, most: int) -> str:
    radius = round(3 + 13 * (one.count / most) ** 0.5, 1)
    return (
        f'<circle cx="{_x(one.score)}" cy="{_y(one.right)}" r="{radius}" fill="#36c" '
        f'fill-opacity=".6"><title>{one.count} matches, score {one.score:.2f}, '
        f"right {one.right:.2f}</title></circle>"
    )
