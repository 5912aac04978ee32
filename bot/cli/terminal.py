"""Replies drawn for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.core.text.visible import one_line, visible
from bot.core.wording.reply import Button, LineKind, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def draw(reply: Reply, *, numbered: bool = False) -> str:
    """The reply as styled lines; with `numbered`, its buttons below, to be chosen by number."""
    lines = [_line(visible(line.text).strip(), line.kind) for line in reply.lines]
    return "\n".join([*lines, *(_buttons(reply.buttons) if numbered else ())])


def _line(text: str, kind: LineKind) -> str:
    match kind:
        case LineKind.LEAD:
            return click.style(f"→ {text}", bold=True)
        case LineKind.QUOTE:
            return click.style(f"│ {text}", fg="cyan")
        case LineKind.SMALL:
            return click.style(f"  {text}", dim=True)
        case LineKind.BODY:
            return f"  {text}"


def _buttons(buttons: Sequence[Button]) -> Iterable[str]:
    if buttons:
        yield "  " + "  ".join(
            f"{click.style(f'[{n}]', fg='green')} {one_line(button.label)}"
            for n, button in enumerate(buttons, start=1)
        )
