"""How the stand-in says no: with the error Slack itself would name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class Refused(Exception):  # noqa: N818  (an answer of the API, not a fault of ours)
    """A Web API call is answered `{"ok": false, "error": …}`."""

    def __init__(self, error: str, messages: Sequence[str] = (), **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = tuple(messages)
        self.more = more

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {m}" for m in self.messages]}
        return body


def unsupported(messages: Sequence[str]) -> Refused:
    """The refusal of arguments the stand-in would otherwise silently ignore."""
    return Refused("invalid_arguments", messages)
