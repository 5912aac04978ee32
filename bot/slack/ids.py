"""Wire names: contracts with Slack's app settings and with messages already posted.

Change none of them: a button posted last week is pressed tomorrow.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from bot.core.wording.reply import Action

VALUE_LIMIT = 2000
"""Characters Slack allows in a button's value."""


class Wire(StrEnum):
    """The names agreed with the app's manifest."""

    COMMAND = "/firstcheck"
    DIAGNOSE = "firstcheck_diagnose"
    """Message shortcut "Diagnose this message"."""
    POSTED = "firstcheck_post"
    """Event type of the metadata on our posts."""


@dataclass(frozen=True, slots=True)
class ButtonValue:
    """What a button remembers: whose it is, which message it was on, and its own value."""

    lane: str
    turn: int
    value: str

    def encode(self) -> str:
        """The button's `value`. Raises ValueError when Slack would refuse it for its length."""
        fields = {"lane": self.lane, "turn": self.turn, "value": self.value}
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        if len(text) > VALUE_LIMIT:
            raise ValueError(f"a button value of {len(text)} characters is over {VALUE_LIMIT}")
        return text

    @classmethod
    def decode(cls, text: str) -> ButtonValue | None:
        """What `encode` wrote; None for anything else."""
        try:
            fields = json.loads(text)
            lane, turn, value = fields["lane"], fields["turn"], fields["value"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        typed = isinstance(lane, str) and isinstance(value, str) and type(turn) is int
        return cls(lane, turn, value) if typed and lane.count(":") >= 2 else None


def action_id(action: Action, nth: int) -> str:
    """The `nth` (from 1) use of `action` in one message: Slack wants them distinct."""
    return action.value if nth == 1 else f"{action.value}:{nth}"


def action_of(action_id_: str) -> Action | None:
    """The action an `action_id` stands for; None when it is not ours."""
    name = action_id_.split(":", 1)[0]
    return Action(name) if name in set(Action) else None


def post_id(task_id: str) -> str:
    """The opaque id a post carries in its metadata: everybody in the workspace can read it."""
    return hashlib.sha256(task_id.encode()).hexdigest()[:32]


def failure_token(task_id: str) -> str:
    """What a person quotes and the log shows when a task failed; always the same for a task."""
    return hashlib.sha256(b"failure:" + task_id.encode()).hexdigest()[:8]
