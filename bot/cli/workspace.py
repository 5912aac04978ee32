"""`firstcheck workspace`: who installed the app, and what each has otherwise than the rest."""

from __future__ import annotations

import os

import click

from bot.cli.stored import stored
from bot.config import Shown, load
from bot.config import show as shown
from bot.config.settings import SETTINGS
from bot.config.workspace import PER_WORKSPACE, field_of, for_workspace
from bot.errors import ConfigError


@click.group("workspace")
def command() -> None:
    """The workspaces that installed the app, and their settings.

    A workspace is named by its id: T…, E….T… within an organisation (Enterprise Grid), or E… for
    the whole of it. What is not set for it comes from the environment. The bot may run meanwhile;
    it knows within a minute.
    """


@command.command("list")
def list_() -> None:
    """Who installed the app; exit status 0 also if nobody did."""
    with stored(load(os.environ)) as (installations, _):
        for found in installations.all():
            kind = "" if found.team else "  (whole organisation)"
            click.echo(f"{found.key}  {found.name}{kind}")


@command.command()
@click.argument("workspace")
def show(workspace: str) -> None:
    """What holds for WORKSPACE, and where it comes from."""
    config = load(os.environ)
    with stored(config) as (installations, settings):
        installed, own = installations.find(workspace), settings.of(workspace)
    click.echo(f"{workspace}  {installed.name if installed else 'has not installed the app'}")
    names = {setting.name: field for field, setting in SETTINGS.items()}
    rest = {names[one.name]: one for one in shown(os.environ)}
    for field in PER_WORKSPACE:
        text, origin = (own[field], "its own") if field in own else _rest(rest[field])
        click.echo(f"  {field.replace('_', '-'):<20} {text or '-'}  ({origin})")


def _rest(shown: Shown) -> tuple[str, str]:
    return shown.text, shown.origin


@command.command("set")
@click.argument("workspace")
@click.argument("name")
@click.argument("value")
def set_(workspace: str, name: str, value: str) -> None:
    """Set NAME to VALUE for WORKSPACE; an empty VALUE takes it back.

    \b
    firstcheck workspace set T0123456789 triage-channel C0123456789
    firstcheck workspace set T0123456789 language en
    """  # noqa: D301  (\b keeps click from joining lines)
    config, field = load(os.environ), field_of(name)
    if value.strip():
        for_workspace(config, {field: value.strip()})
    with stored(config) as (installations, settings):
        if installations.find(workspace) is None and not _is_organisation(workspace):
            raise ConfigError(
                f"{workspace} has not installed the app. `firstcheck workspace list` shows who has."
            )
        settings.put(workspace, field, value.strip())
    click.echo(f"{workspace}: {name} {'set' if value.strip() else 'taken back'}")


def _is_organisation(workspace: str) -> bool:
    return workspace.startswith("E") and "." not in workspace
