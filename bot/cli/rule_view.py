"""A rule as a reader would meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.cli.written import written
from bot.core.diagnosis.flow import as_mermaid, as_text, flow
from bot.core.diagnosis.flow_svg import as_svg
from bot.core.rulebook.model import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.core.rulebook.model import Rule
    from bot.core.text.language import Language


def drawn(rule: Rule, language: Language) -> Iterator[str]:
    """Title, what it is recognised by, what it says, and the way it leads, as lines."""
    yield f"{rule.title.in_(language)}  [{rule.id}, {rule.status.value}, {rule.product}]"
    for signature in rule.signatures:
        what = signature.text if isinstance(signature, Phrase) else signature.code
        yield f"  “{what}”{'  (weak)' if signature.weak else ''}"
    yield ""
    for part in (rule.misdirection, rule.applies_to, rule.caution):
        if part:
            yield f"  {part.in_(language)}"
    yield from _steps(rule, language)
    yield ""
    yield from (f"  {line}" for line in as_text(flow(rule, language), language))
    yield ""
    yield from (f"  {source}" for source in rule.sources)


def _steps(rule: Rule, language: Language) -> Iterator[str]:
    for cause in rule.causes:
        words = cause.fix.in_(language) if cause.fix else "—"
        yield f"  → {cause.title.in_(language)} ({cause.likelihood.value}): {words}"
    for check in rule.checks:
        yield f"  ? {check.ask.in_(language)}"


def mermaid(rule: Rule, language: Language) -> list[str]:
    """The way it leads, for a Markdown page."""
    return as_mermaid(flow(rule, language), language)


def draw(rule: Rule, languages: Sequence[Language], path: Path) -> list[Path]:
    """The way it leads, as a picture; in several languages one file each, such as `x.ja.svg`.

    Raises:
        FirstcheckError: a file cannot be written.
    """
    paths = [
        path if len(languages) == 1 else path.with_suffix(f".{language.value}{path.suffix}")
        for language in languages
    ]
    for language, place in zip(languages, paths, strict=True):
        written(place, as_svg(flow(rule, language), rule.title.in_(language), language))
    return paths


def as_json(rule: Rule, languages: Sequence[Language]) -> dict[str, Any]:
    """The same for a program."""
    views = {
        language.value: {
            "title": rule.title.in_(language),
            "first": list(drawn(rule, language)),
            "flow": as_text(flow(rule, language), language),
            "mermaid": mermaid(rule, language),
        }
        for language in languages
    }
    return {"id": rule.id, "status": rule.status.value, "product": rule.product, **views}
