"""reactions.add and .remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin.methods.method import Method, existing_message
from bot.workbench.standin.refusal import Refused

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Json


def add(desk: Desk, args: Arguments) -> Json:
    """The bot reacts to a message."""
    message = existing_message(desk, args, "timestamp")
    if not desk.workspace.react(message, args.text("name").strip(":"), desk.workspace.bot.id):
        raise Refused("already_reacted")
    return {}


def remove(desk: Desk, args: Arguments) -> Json:
    """The bot takes its reaction back."""
    message = existing_message(desk, args, "timestamp")
    if not desk.workspace.unreact(message, args.text("name").strip(":"), desk.workspace.bot.id):
        raise Refused("no_reaction")
    return {}


_WHAT: Final = ("channel", "timestamp", "name")

METHODS: Final = {
    "reactions.add": Method(run=add, required=_WHAT, scopes=("reactions:write",)),
    "reactions.remove": Method(run=remove, required=_WHAT, scopes=("reactions:write",)),
}
