"""The Web API, one module a family of methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin.methods import (
    agents,
    basics,
    chat,
    conversations,
    conversations_read,
    reactions,
    users,
    views,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.workbench.standin.methods.method import Method

METHODS: Final[Mapping[str, Method]] = {
    **agents.METHODS,
    **basics.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **conversations_read.METHODS,
    **reactions.METHODS,
    **users.METHODS,
    **views.METHODS,
}
"""Every method the stand-in performs; any other is `unknown_method`."""
