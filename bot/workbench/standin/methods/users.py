"""users.info, users.list and files.info."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin.arguments import page
from bot.workbench.standin.methods.method import Method
from bot.workbench.standin.refusal import Refused
from bot.workbench.standin.wire import user_json

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Json


def info(desk: Desk, args: Arguments) -> Json:
    """The card of a person."""
    user = desk.workspace.users.get(args.text("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": user_json(user, locale=args.flag("include_locale"))}


def list_all(desk: Desk, args: Arguments) -> Json:
    """Everybody."""
    some, after = page(list(desk.workspace.users.values()), args)
    locale = args.flag("include_locale")
    drawn = [user_json(user, locale=locale) for user in some]
    return {
        "members": drawn,
        "cache_ts": int(desk.workspace.clock.now()),
        "response_metadata": after,
    }


def file_info(desk: Desk, args: Arguments) -> Json:
    """The card of a file somebody shared where the bot is."""
    held = desk.files.get(args.text("file"))
    if held is None:
        raise Refused("file_not_found")
    return {"file": held.card, "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS: Final = {
    "users.info": Method(
        run=info, required=("user",), optional=("include_locale",), scopes=("users:read",)
    ),
    "users.list": Method(
        run=list_all, optional=("include_locale", "limit", "cursor"), scopes=("users:read",)
    ),
    "files.info": Method(run=file_info, required=("file",), scopes=("files:read",)),
}
