"""`--why` for people: what `bot.helpdesk.explain` found, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def why_lines(details: Mapping[str, Any]) -> Iterator[str]:
    """The explanation, most telling first."""
    yield _head("Normalised")
    yield f"  {details['normalised']}"
    yield _head("Recognised" if details["matches"] else "Recognised: nothing resembles it")
    for match in details["matches"]:
        yield from _match(match)
    diagnosis = details["diagnosis"]
    if diagnosis:
        yield _head("Causes")
        yield from map(_cause, diagnosis["causes"])
        yield _head("Next step")
        yield from map(_option, diagnosis["options"])
        yield f"  chosen: {diagnosis['next'] or 'people'} ({diagnosis['why']})"


def _match(match: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {match['score']:.3f} {match['band']:<9} {match['rule']}: {match['quote']!r}"
    for reason in match["reasons"]:
        yield click.style(
            f"      {reason['feature']} {reason['value']:g}: {reason['words']}", dim=True
        )


def _cause(cause: Mapping[str, Any]) -> str:
    return f"  {cause['probability']:.2f} {cause['id']}  ({cause['arithmetic']})"


def _option(option: Mapping[str, Any]) -> str:
    return f"  {option['cost']:6.2f} {option['step']}  ({option['why']})"


def _head(title: str) -> str:
    return click.style(title, bold=True)
