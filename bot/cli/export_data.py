"""`firstcheck export-data USER`."""

from __future__ import annotations

import json
import os
import re
from contextlib import closing
from dataclasses import asdict
from typing import Any

import click
from typing_extensions import override

from bot.config import load
from bot.storage.beside import open_beside


class _User(click.ParamType[str]):
    name = "USER"

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"[UW][A-Z0-9]{2,20}", str(value)):
            self.fail(f"{value!r} is no Slack user id. It is in a profile: ⋮, Copy member ID")
        return str(value)


USER = _User()
WORKSPACE = click.option(
    "--workspace", metavar="TEAM", default="", help="Only in this workspace (T0123ABCD)."
)


@click.command("export-data")
@click.argument("user", metavar="USER", type=USER)
@WORKSPACE
def command(user: str, workspace: str) -> None:
    """What is kept of one person, as one JSON object; exit status 0 also where that is nothing.

    USER is a Slack user id (U0123ABCD). The bot may be running. Others who took part in the
    person's conversations are in it, too: look it through before you hand it on.
    """
    with closing(open_beside(load(os.environ).database)) as mailbox:
        kept = mailbox.kept_of(user, workspace)
    click.echo(json.dumps({"user": user, **asdict(kept)}, ensure_ascii=False, indent=2))
