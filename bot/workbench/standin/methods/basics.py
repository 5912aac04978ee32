"""api.test, auth.revoke, auth.test, apps.connections.open, bots.info, team.info."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin import cast
from bot.workbench.standin.methods.method import Method, TokenKind
from bot.workbench.standin.refusal import Refused

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Json


def api_test(desk: Desk, args: Arguments) -> Json:
    """Gives back what it was given."""
    del desk
    if "error" in args:
        raise Refused(args.text("error"), args=dict(args.given))
    return {"args": dict(args.given)}


def auth_test(desk: Desk, args: Arguments) -> Json:
    """Who the token belongs to."""
    del args
    team, bot = desk.workspace.team, desk.workspace.bot
    return {
        "url": desk.origin() + "/",
        "team": team.name,
        "team_id": team.id,
        "user": bot.handle,
        "user_id": bot.id,
        "bot_id": bot.bot_id,
        "app_id": cast.APP_ID,
        "is_enterprise_install": team.org_install,
        **({"enterprise_id": team.enterprise} if team.enterprise else {}),
    }


def auth_revoke(desk: Desk, args: Arguments) -> Json:
    """Gives the token back; the API's edge, which knows it, makes it so."""
    del desk
    return {"revoked": not args.flag("test")}


def connections_open(desk: Desk, args: Arguments) -> Json:
    """The address of a Socket Mode connection, good for one."""
    del args
    base = desk.origin().replace("http://", "ws://", 1)
    return {"url": f"{base}/link?ticket={desk.sockets.ticket()}&app_id={cast.APP_ID}"}


def bots_info(desk: Desk, args: Arguments) -> Json:
    """The card of a bot."""
    apps = {cast.BOT.id: cast.APP_ID, cast.MONITOR.id: cast.MONITOR_APP}
    for user in desk.workspace.users.values():
        if user.bot_id and user.bot_id == args.text("bot"):
            card = {"id": user.bot_id, "name": user.real_name, "user_id": user.id}
            return {"bot": {**card, "app_id": apps[user.id], "deleted": False, "icons": {}}}
    raise Refused("bot_not_found")


def team_info(desk: Desk, args: Arguments) -> Json:
    """The card of the workspace."""
    del args
    team = desk.workspace.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain}}


METHODS: Final = {
    "api.test": Method(run=api_test, optional=("error", "foo"), token=TokenKind.NONE),
    "auth.revoke": Method(run=auth_revoke, optional=("test",)),
    "auth.test": Method(run=auth_test),
    "apps.connections.open": Method(run=connections_open, token=TokenKind.APP),
    "bots.info": Method(run=bots_info, required=("bot",), scopes=("users:read",)),
    "team.info": Method(run=team_info, scopes=("team:read",)),
}
