"""views.open, .push, .update, .publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin.block_kit import accept_view
from bot.workbench.standin.methods.method import Method
from bot.workbench.standin.refusal import Refused, unsupported
from bot.workbench.standin.wire import view_json

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Json


def open_modal(desk: Desk, args: Arguments) -> Json:
    """A modal for the person who caused the trigger."""
    content = _content(args, "modal")
    user = desk.triggers.redeem(args.text("trigger_id"))
    return {"view": view_json(desk.views.open(user, content))}


def push(desk: Desk, args: Arguments) -> Json:
    """A modal on top of the open one."""
    content = _content(args, "modal")
    user = desk.triggers.redeem(args.text("trigger_id"))
    return {"view": view_json(desk.views.push(user, content))}


def update(desk: Desk, args: Arguments) -> Json:
    """New content for an open view, named by `view_id` or `external_id`."""
    if not args.text("view_id") and not args.text("external_id"):
        raise unsupported(["missing required field: view_id or external_id"])
    content = _content(args)
    view = desk.views.find(args.text("view_id"), args.text("external_id"))
    return {"view": view_json(desk.views.update(view, content, args.text("hash")))}


def publish(desk: Desk, args: Arguments) -> Json:
    """A person's Home tab."""
    content = _content(args, "home")
    if args.text("user_id") not in desk.workspace.users:
        raise Refused("user_not_found")
    view = desk.views.publish_home(args.text("user_id"), content, args.text("hash"))
    return {"view": view_json(view)}


def _content(args: Arguments, kind: str = "") -> Json:
    content = accept_view(args.structure("view", "invalid_arguments"))
    if kind and content["type"] != kind:
        raise unsupported([f"must be a {kind} [json-pointer:/view/type]"])
    return content


METHODS: Final = {
    "views.open": Method(run=open_modal, required=("trigger_id", "view")),
    "views.push": Method(run=push, required=("trigger_id", "view")),
    "views.update": Method(
        run=update, required=("view",), optional=("view_id", "external_id", "hash")
    ),
    "views.publish": Method(run=publish, required=("user_id", "view"), optional=("hash",)),
}
