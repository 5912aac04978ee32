"""A reply as every face draws it: lines and buttons, no Slack in sight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """How a line is drawn."""

    LEAD = "lead"
    """The sentence that matters; bold where the face can."""
    BODY = "body"
    QUOTE = "quote"
    """The person's own words."""
    SMALL = "small"
    """Context, drawn small."""


class Action(StrEnum):
    """What a button does. Wire names: contracts with messages already posted, never renamed."""

    ANSWER = "fc_answer"
    """An answer to the current check; the value says which."""
    FIXED = "fc_fixed"
    """It works now."""
    FAILED = "fc_failed"
    """The fix did not help."""
    NOT_SURE = "fc_not_sure"
    OTHER = "fc_other"
    """Other checks."""
    HUMAN = "fc_human"
    """Talk to the helpdesk."""
    NOT_AN_ERROR = "fc_not_an_error"
    CHOOSE = "fc_choose"
    """One of several candidates; the value is the rule id."""
    OPEN_OTHER = "fc_open_other"
    """Treat the other error named as its own case; the value is the rule id."""
    CLAIM = "fc_claim"
    """Staff take a ticket."""
    RESOLVE = "fc_resolve"
    """Staff close a ticket."""
    FORGET = "fc_forget"
    """Whoever presses it is forgotten."""
    KEEP = "fc_keep"
    """They are not, after all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply. Plain text: each face escapes it in its own way."""

    text: str
    kind: LineKind = LineKind.BODY
    who: str = ""
    """A user id whose name the face puts right before the text ("@Sakura" + " resolved it")."""
    url: str = ""
    """Where the text leads, for faces that can draw links."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a reply."""

    label: str
    action: Action
    value: str = ""
    """What the action needs, e.g. an answer id."""
    style: str = ""
    """`primary`, `danger` or empty."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person is told."""

    lines: tuple[Line, ...]
    buttons: tuple[Button, ...] = ()

    @property
    def text(self) -> str:
        """The same as plain text: notifications, the terminal, screen readers."""
        return "\n".join(line.text for line in self.lines)
