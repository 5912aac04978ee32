"""The state machine as a Mermaid diagram, read off the table itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.core.conversation.machine import TABLE
from bot.core.conversation.model import Kind, Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEADS_TO: Final = {
    Kind.FIXED: Phase.SOLVED,
    Kind.WANTS_HUMAN: Phase.ESCALATED,
    Kind.NOT_AN_ERROR: Phase.DISMISSED,
    Kind.EXPIRE: Phase.EXPIRED,
    Kind.CHOSE: Phase.OFFERED,
    Kind.RESOLVED: Phase.SOLVED,
    Kind.FAILED: Phase.OFFERED,
}
"""Where an event leads when the phase does not overlook it (FAILED: or on to people)."""


def diagram() -> str:
    """The diagram as a Markdown code block."""
    return "\n".join(["```mermaid", "stateDiagram-v2", *_arrows(), "```"])


def _arrows() -> Iterator[str]:
    yield "  [*] --> offered: one rule fits"
    yield "  [*] --> choosing: several may fit"
    yield "  [*] --> people: none fits, but we were asked"
    yield "  offered --> people: two failed fixes, five questions or two not sure"
    yield "  offered --> escalated: only people can help"
    overlooked = TABLE[Phase.DISMISSED][Kind.FIXED]
    for phase, row in TABLE.items():
        for kind, target in _LEADS_TO.items():
            if row[kind] is not overlooked and phase is not target:
                yield f"  {phase.value} --> {target.value}: {kind.value.replace('_', ' ')}"
