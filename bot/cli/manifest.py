"""`firstcheck manifest`: the Slack app as it has to be, for pasting into Slack's page."""

from __future__ import annotations

from urllib.parse import urlsplit

import click
from typing_extensions import override


class _Address(click.ParamType[str]):
    """`https://firstcheck.example.com`, with nothing after it."""

    name = "address"

    @override
    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            parts = urlsplit(value)
        except ValueError:  # half a bracket
            parts = urlsplit("")
        if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query:
            self.fail(f"{value!r} is no address like https://firstcheck.example.com", param, ctx)
        return f"https://{parts.netloc}"


@click.command("manifest")
@click.option("--http", type=_Address(), help="HTTP mode: where Slack calls the bot.")
@click.option("--many", type=_Address(), help="Many workspaces: where they install it from.")
@click.option(
    "--language",
    type=click.Choice(["en", "ja"]),
    default="en",
    show_default=True,
    help="Of what Slack shows; it takes one.",
)
def command(*, http: str | None, many: str | None, language: str) -> None:
    """Print the manifest that the Slack app is made from.

    \b
    For Socket Mode and one workspace: firstcheck manifest
    Slack: https://api.slack.com/apps > Create New App > From a manifest > YAML.
    For an app that exists: App Manifest in its settings, then Reinstall to Workspace.
    """  # noqa: D301  (\b keeps click from joining lines)
    from bot.core.text.language import Language
    from bot.slack.manifest import Variant, as_yaml

    variant = Variant(http=http or "", many=many or "", language=Language(language))
    click.echo(as_yaml(variant), nl=False)
