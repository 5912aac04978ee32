"""The `firstcheck` command. Each subcommand is a file; none is imported before it is asked for."""

from __future__ import annotations

import importlib
import os
import sys
from io import TextIOWrapper
from typing import Any, Final

import click
from typing_extensions import override

from bot import __version__
from bot.errors import FirstcheckError, RulesError, StorageError

_COMMANDS: Final = {
    "ask": "One error text, one answer.",
    "chat": "The whole conversation, in the terminal.",
    "run": "Start the bot: in Slack with tokens, else in the workbench.",
    "workbench": "Try the bot on a local page, without Slack.",
    "rules": "Check and test the rule base.",
    "eval": "Measure recognition: right, wrong and uncalled-for answers.",
    "match": "Recognise JSON lines in bulk, for evaluation and scripts.",
    "db": "The database: bring it up to date, back it up, restore it.",
    "report": "What became of the cases, by rule.",
    "forget": "Delete what is kept of one person.",
    "export-data": "What is kept of one person, as JSON.",
    "workspace": "Many workspaces: who installed the bot, and their settings.",
    "keys": "Many workspaces: the keys that encrypt their tokens.",
    "manifest": "Print the manifest of the Slack app.",
    "doctor": "Check settings, tokens, scopes, database and rules.",
}

EPILOG: Final = """\b
Exit status: 0 done · 1 looked, and the answer is no · 2 it could not be done
             · 3 the database could not be used, which may pass
             (the reason is on standard error)."""


class _Lazy(click.Group):
    """Imports a subcommand when it is needed: `ask` must start cold in half a second."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(
            f"bot.cli.{cmd_name.replace('-', '_')}"
        ).command
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and (like := _did_you_mean(args[0])):
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {like!r}?", ctx)
        return super().resolve_command(ctx, args)

    @override
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader went away, as `head` does; that is no error
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


def _did_you_mean(word: str) -> str | None:
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, list(_COMMANDS), scorer=fuzz.ratio, score_cutoff=60)
    return best[0] if best else None


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
)
@click.version_option(__version__, prog_name="firstcheck")
def firstcheck() -> None:
    """Paste an error, get the one thing to check first.

    \b
    Try it:
      firstcheck ask "Outlook: An encrypted connection to your mail server is not available."
      firstcheck chat
      firstcheck run --open
    """  # noqa: D301  (\b keeps click from joining lines)


def main(args: list[str] | None = None) -> Any:
    """The entry point: our own errors become a sentence and exit status 2 or 3, no traceback."""
    _never_stumble()
    try:
        return firstcheck.main(args, prog_name="firstcheck")
    except RulesError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        _fail(error, 2)
    except StorageError as error:
        _fail(error, 3)  # a service manager tries again, which it does not after 2
    except FirstcheckError as error:
        _fail(error, 2)


def _never_stumble() -> None:
    """What a pipe or a terminal cannot encode, or we cannot decode, becomes a question mark."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _fail(error: FirstcheckError, status: int) -> None:
    click.echo(f"firstcheck: {error}", err=True)
    sys.exit(status)
