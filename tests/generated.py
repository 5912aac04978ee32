"""Write what is generated from code into the documents; `--check` only says what is stale.

Run by `make generate` and, with `--check`, by `make check`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from bot.bootstrap.desk import load_rules
from bot.cli import firstcheck
from bot.config import env_file, settings_table
from bot.core.conversation.diagram import diagram
from bot.core.matching.confusable import EXPLAINED
from bot.core.rulebook.docs import field_table, problem_table
from bot.core.rulebook.overview import status_table
from bot.core.rulebook.schema import schema
from bot.core.text.language import Language
from bot.slack.manifest import Variant, as_yaml
from bot.slack.scopes import scope_table

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.bench.recognition import card

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parent.parent
ADDRESS = "https://firstcheck.example.com"
"""What a company puts its own address in place of."""


def help_of(*command: str) -> str:
    """A command's `--help`, as the README shows it."""
    result = CliRunner().invoke(
        firstcheck, [*command, "--help"], prog_name="firstcheck", terminal_width=96
    )
    return f"```\n{result.output.strip()}\n```"


BLOCKS: Mapping[str, Callable[[], str]] = {
    "settings": settings_table,
    "help": help_of,
    "help-ask": lambda: help_of("ask"),
    "help-eval": lambda: help_of("eval"),
    "conversation": diagram,
    "scopes": lambda: scope_table(Language.EN),
    "scopes-ja": lambda: scope_table(Language.JA),
    "recognition": card.table,
    "recognition-summary": card.summary,
    "rule-fields": field_table,
    "rule-coverage": lambda: status_table(load_rules().rulebook),
    "rule-problems": lambda: problem_table(EXPLAINED),
}
"""What stands between `<!-- generated: NAME -->` and `<!-- end -->`."""

DOCUMENTS = (
    "README.md",
    "README.ja.md",
    "rules/README.md",
    "deploy/README.md",
    "deploy/README.ja.md",
    "tests/bench/recognition/README.md",
)


def filled(text: str) -> str:
    """`text` with every generated block made anew."""
    parts = text.split("<!-- generated: ")
    for number, part in enumerate(parts[1:], start=1):
        name, rest = part.split(" -->", 1)
        _, after = rest.split("<!-- end -->", 1)
        parts[number] = f"{name} -->\n{BLOCKS[name]().strip()}\n<!-- end -->{after}"
    return "<!-- generated: ".join(parts)


def wanted() -> dict[Path, str]:
    """Every generated file and what should be in it."""
    documents = [ROOT / name for name in DOCUMENTS if (ROOT / name).exists()]
    rule_schema = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    return {
        **{path: filled(path.read_text("utf-8")) for path in documents},
        ROOT / "rules" / "schema.json": rule_schema,
        ROOT / "deploy" / "firstcheck.env.example": env_file(),
        ROOT / "deploy" / "slack-manifest.yaml": as_yaml(Variant()),
        ROOT / "deploy" / "slack-manifest-http.yaml": as_yaml(Variant(http=ADDRESS)),
        ROOT / "tests" / "bench" / "recognition" / "calibration.svg": card.calibration(),
    }


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something is stale.")
def main(*, check: bool) -> None:
    """Bring generated documents up to date."""
    stale = [p for p, text in wanted().items() if not p.exists() or p.read_text("utf-8") != text]
    for path in stale:
        click.echo(f"{path.relative_to(ROOT)} {'is stale: make generate' if check else 'written'}")
        if not check:
            path.write_text(wanted()[path], "utf-8")
    sys.exit(1 if check and stale else 0)


if __name__ == "__main__":
    main()
