"""The tables of `rules/README.md`, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.rulebook.faults import FAULTS, Explained
from bot.core.rulebook.fields import BILINGUAL, RULE
from bot.core.rulebook.lint import explained
from bot.core.rulebook.schema import describe
from bot.core.rulebook.shape import Field, Kind
from bot.core.rulebook.shared_fields import FRAGMENTS, TAXONOMY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.core.rulebook.shape import Shape


def field_table() -> str:
    """One table for each section of a rule file, of taxonomy.yaml and of fragments.yaml."""
    shapes = [s for s in (*RULE.walk(), *TAXONOMY.walk(), FRAGMENTS) if s is not BILINGUAL]
    return "\n\n".join("\n".join(_section(shape)) for shape in shapes) + "\n"


def problem_table(matching: Sequence[Explained] = ()) -> str:
    """Every problem code: what reading finds, what the lints find, and those of `matching`."""
    tables = (("Reading", FAULTS), ("Lint", (*explained(), *matching)))
    return "\n\n".join("\n".join(_problems(title, rows)) for title, rows in tables) + "\n"


def _section(shape: Shape) -> Iterator[str]:
    yield f"### {shape.name}"
    yield ""
    yield shape.says
    yield ""
    yield "| key | what | | example |"
    yield "|---|---|---|---|"
    for field in shape.fields:
        cells = (f"`{field.name}`", _what(field), _must(shape, field), _example(field))
        yield f"| {' | '.join(cells)} |"


def _must(shape: Shape, field: Field) -> str:
    if field.draft_may_lack:
        return "required, except in a draft"
    return "one of" if field.name in shape.one_of else "required" if field.required else ""


def _what(field: Field) -> str:
    words = f" One of {', '.join(f'`{w}`' for w in field.allowed)}." if field.allowed else ""
    return _cell(f"({_kind(field)}) {describe(field)}{words}")


def _kind(field: Field) -> str:
    if field.of and field.kind is Kind.SECTION:
        return f"{'list of' if field.many else 'see'} *{field.of.name}*, below"
    one, several = _KINDS[field.kind]
    return several if field.many else one


_KINDS = {
    Kind.TEXT: ("text", "list of texts"),
    Kind.PHRASE: ("text, may hold placeholders", "list of texts, may hold placeholders"),
    Kind.ID: ("id", "list of ids"),
    Kind.WORD: ("word", "list of words"),
    Kind.FLAG: ("yes or no", "list of yes or no"),
    Kind.DATE: ("date", "list of dates"),
    Kind.LINK: ("web address", "list of web addresses"),
    Kind.BOTH: ("both languages", "list of both languages"),
    Kind.NAMED: ("sections by id, below", "list of sections by id"),
}


def _example(field: Field) -> str:
    return f"`{_cell(field.example)}`" if field.example not in ("", "…") else ""


def _problems(title: str, rows: tuple[Explained, ...]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    yield "| code | what | bad | good |"
    yield "|---|---|---|---|"
    for row in rows:
        bad, good = (_sample(row.bad), _sample(row.good))
        yield f"| `{row.code}` | {_cell(row.says)} | {bad} | {good} |"


def _sample(text: str) -> str:
    return _cell(text if "`" in text else f"`{text}`")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
