"""The way a rule leads, as a picture: SVG that needs no other tool, font or style sheet.

Each step is a card with its outcomes as rows. A row that ends the case wears its end; one that
leads on names the number of its step, and a line leads there: each step is reached by a lane of
its own at the right, so that no line passes a card.
"""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING, Final

from bot.core.diagnosis.flow import HELPED, PEOPLE, Stage
from bot.core.diagnosis.model import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.core.text.language import Language

_CARD: Final = 430
_EDGE: Final = 20
_HEAD: Final = 24
"""Height of a line of the title, and of…"""
_ROW: Final = 26
"""…an outcome."""
_GAP: Final = 22
_LANE: Final = 16
_TITLE: Final = 50
"""Half-width letters in a line of the title, and of…"""
_LABEL: Final = 34
"""…an outcome."""
_STYLE: Final = (
    ".c{fill:#f7f8fa;stroke:#d5d9e0}.h{fill:#eef3ff}.q{fill:#fff3dc}"
    ".s{fill:#dcf3e4}.p{fill:#ece2f8}.l{fill:none;stroke:#5c7bc9;stroke-width:1.5}.m{fill:#5c7bc9}"
    "text{font:13px system-ui,'Hiragino Sans','Noto Sans JP',sans-serif;fill:#1c1e21}"
    ".t{font-weight:600}.g{fill:#5c6370}.e{text-anchor:middle;font-size:12px}.r{text-anchor:end}"
    "@media(prefers-color-scheme:dark){.bg{fill:#16181c}.c{fill:#1f2329;stroke:#3a404a}"
    ".h{fill:#1f2c4a}.q{fill:#3d3019}.s{fill:#1c4029}.p{fill:#362650}text{fill:#e6e8eb}"
    ".g{fill:#9aa2ae}.l{stroke:#8fabf0}.m{fill:#8fabf0}}"
)


def as_svg(first: Stage | None, title: str, language: Language) -> str:
    """The flow as an SVG picture with `title` as its name."""
    stages = _in_order(first)
    numbers = {stage: number for number, stage in enumerate(stages, start=1)}
    tops: dict[Stage, float] = {}
    y: float = _EDGE
    for stage in stages:
        tops[stage] = y
        y += _height(stage, language) + _GAP
    cards = "".join(_card(stage, tops[stage], numbers, language) for stage in stages)
    lanes, width = _lanes(stages, tops, language)
    body = cards + lanes if stages else _pill(_EDGE, _EDGE, PEOPLE[language.value], "p")
    return _picture(body, title, width, max(y, _EDGE + _ROW + _GAP))


def _picture(body: str, title: str, width: float, height: float) -> str:
    name = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{name}">'
        f"<title>{name}</title><style>{_STYLE}</style>"
        f'<rect class="bg" width="100%" height="100%" fill="#fff"/>{body}</svg>\n'
    )


def _in_order(first: Stage | None) -> list[Stage]:
    """Every stage once, each after all that lead to it."""
    depth: dict[Stage, int] = {}
    _sink(first, 0, depth)
    return sorted(depth, key=lambda stage: depth[stage])


def _sink(stage: Stage | None, row: int, depth: dict[Stage, int]) -> None:
    if stage is None or depth.get(stage, -1) >= row:
        return
    depth[stage] = row
    for _, after in stage.ways:
        _sink(after, row + 1, depth)


def _ways(stage: Stage, language: Language) -> Iterator[tuple[str, Stage | str]]:
    """Outcome and where it leads: a stage, or the class of an end."""
    if isinstance(stage.step, Fix):
        yield HELPED[language.value], "s"
    for label, after in stage.ways:
        yield label, after or "p"


def _height(stage: Stage, language: Language) -> float:
    return _head(stage, language) + _ROW * len(list(_ways(stage, language))) + 8


def _head(stage: Stage, language: Language) -> float:
    return len(_lines(stage.step.title.in_(language), _TITLE)) * _HEAD + 8


def _card(stage: Stage, top: float, numbers: Mapping[Stage, int], language: Language) -> str:
    head = _head(stage, language)
    kind = "h" if isinstance(stage.step, Fix) else "q"
    mark = "→" if isinstance(stage.step, Fix) else "?"
    parts = [
        _rect("c", (_EDGE, top), (_CARD, _height(stage, language)), 8),
        _rect(kind, (_EDGE + 1, top + 1), (_CARD - 2, head - 2), 7),
        _text("t", _EDGE + 12, top + 21, f"{numbers[stage]} {mark}"),
    ]
    for line, words in enumerate(_lines(stage.step.title.in_(language), _TITLE)):
        parts.append(_text("t", _EDGE + 52, top + 21 + line * _HEAD, words))
    for row, (label, target) in enumerate(_ways(stage, language)):
        y = top + head + row * _ROW + 4
        parts.append(_text("", _EDGE + 52, y + 17, _lines(label, _LABEL)[0]))
        if isinstance(target, str):
            ends = HELPED if target == "s" else PEOPLE
            parts.append(_pill(_EDGE + _CARD - 132, y + 1, ends[language.value], target))
        else:
            parts.append(_text("g r", _EDGE + _CARD - 12, y + 17, f"→ {numbers[target]}"))
    return "".join(parts)


def _lanes(
    stages: Sequence[Stage], tops: Mapping[Stage, float], language: Language
) -> tuple[str, float]:
    """The lines that lead on, and how wide the picture is with them."""
    reached = [s for s in stages if any(s == t for o in stages for _, t in _ways(o, language))]
    right = _EDGE + _CARD
    drawn = ""
    for number, target in enumerate(reached):
        lane = right + _LANE * (number + 1)
        end = tops[target] + 16
        for stage in stages:
            for row, (_, after) in enumerate(_ways(stage, language)):
                if after == target:
                    start = tops[stage] + _head(stage, language) + row * _ROW + 17
                    drawn += f'<path class="l" d="M{right} {start}H{lane}V{end}H{right + 5}"/>'
        drawn += f'<path class="m" d="M{right} {end}l8 -4.5v9z"/>'
    return drawn, right + _LANE * (len(reached) + 1) + _EDGE - _LANE


def _rect(kind: str, at: tuple[float, float], size: tuple[float, float], radius: float) -> str:
    (x, y), (width, height) = at, size
    place = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"'
    return f'<rect class="{kind}" {place}/>'


def _text(kind: str, x: float, y: float, words: str) -> str:
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(words)}</text>'


def _pill(x: float, y: float, words: str, kind: str) -> str:
    return _rect(kind, (x, y), (120, 22), 11) + _text("e", x + 60, y + 15.5, words)


def _lines(text: str, letters: int) -> list[str]:
    """`text` in lines of so many half-width letters."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and _width(lines[-1] + piece.rstrip()) > letters:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    first, *others = [line.rstrip() for line in lines]
    return [f"{first} …", *others] if letters == _LABEL and others else [first, *others]


def _pieces(text: str) -> list[str]:
    """Where a line may end: after a blank, and after a Japanese letter."""
    pieces = [""]
    for letter in text:
        pieces[-1] += letter
        if letter == " " or _width(letter) > 1:
            pieces.append("")
    return [piece for piece in pieces if piece]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
