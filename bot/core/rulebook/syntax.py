"""A YAML syntax error, said so that a person who does not know YAML can put it right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaml.error import MarkedYAMLError

from bot.core.rulebook.faults import Fault
from bot.core.rulebook.problems import Problem

if TYPE_CHECKING:
    from yaml import YAMLError
    from yaml.error import Mark

_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- +)*[\w-]+：", re.ASCII)
_FULL_WIDTH_BLANK = re.compile(r"^ *\u3000")


@dataclass(frozen=True, slots=True)
class _Advice:
    """What libyaml says, and what we say instead."""

    says: str
    """Part of libyaml's words (`context` + `problem`)."""
    message: str
    hint: str
    at_start: bool = False
    """Point to where the thing begins, not to where libyaml gave up."""


_ADVICE = (
    _Advice(
        "mapping values are not allowed",
        "a second “: ” in one line",
        "put quotes around a text that holds “: ”",
    ),
    _Advice(
        "quoted scalar found unexpected end",
        "a quote is opened and never closed",
        "close it, or put the whole text in the other kind of quotes",
        at_start=True,
    ),
    _Advice(
        "quoted scalar found unknown escape",
        "a backslash inside double quotes means something special",
        "use single quotes for texts with a backslash: 'C:\\Users'",
    ),
    _Advice(
        "quoted scalar did not find expected hex",
        "a backslash inside double quotes means something special",
        "use single quotes for texts with a backslash: 'C:\\Users'",
    ),
    _Advice(
        "could not find expected ':'",
        "this line is neither “key: value” nor part of the text above",
        "add “: ” after the key, or indent the line further",
        at_start=True,
    ),
    _Advice(
        "flow mapping",
        "a “{” is opened here and not closed properly",
        "separate with commas and close with “}”; a text that holds , : { or } needs quotes",
        at_start=True,
    ),
    _Advice(
        "flow sequence",
        "a “[” is opened here and not closed properly",
        "separate with commas and close with “]”; a text that holds , : [ or ] needs quotes",
        at_start=True,
    ),
    _Advice(
        "found a tab character",
        "this line is indented with a tab",
        "YAML indents with blanks only",
    ),
    _Advice(
        "expected '-' indicator",
        "this line does not belong to the list above it",
        "begin each item with “- ” in the same column, or check the indentation",
    ),
    _Advice(
        "scanning a block scalar",
        "after “|” or “>” the text begins on the next line",
        "put quotes around a text that begins with | or >",
    ),
    _Advice(
        "scanning an alias",
        "a text cannot begin with “*”",
        "put quotes around it",
        at_start=True,
    ),
    _Advice(
        "scanning an anchor",
        "a text cannot begin with “&”",
        "put quotes around it",
        at_start=True,
    ),
    _Advice(
        "directive",
        "a line cannot begin with “%”",
        "put quotes around it",
        at_start=True,
    ),
    _Advice(
        "tag handle",
        "a text cannot begin with “!”",
        "put quotes around it",
        at_start=True,
    ),
    _Advice(
        "did not find expected key",
        "the line cannot go on like this",
        "check the indentation; a text that begins with a quote, [ or { and goes on after it "
        "needs quotes around the whole",
    ),
)


def explain(path: str, source: str, error: YAMLError) -> Problem:
    """The problem to show for what PyYAML raised on `source`."""
    if not isinstance(error, MarkedYAMLError):
        return Problem(path, 1, 1, Fault.SYNTAX, "this is not YAML")
    line, column = _position(error.problem_mark or error.context_mark)
    lines = source.splitlines()
    if wide := _full_width(path, lines, line):
        return wide
    return (
        _from_character(path, lines, error)
        or _never_closed(path, lines, error)
        or _from_words(path, error, line, column)
    )


def _from_words(path: str, error: MarkedYAMLError, line: int, column: int) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    for advice in _ADVICE:
        if advice.says in said:
            if advice.at_start and error.context_mark:
                line, column = _position(error.context_mark)
            return Problem(path, line, column, Fault.SYNTAX, advice.message, advice.hint)
    return Problem(path, line, column, Fault.SYNTAX, f"this is not YAML: {error.problem}")


def _from_character(path: str, lines: list[str], error: MarkedYAMLError) -> Problem | None:
    """The commonest stop: a character that cannot begin anything."""
    if "cannot start any token" not in (error.problem or ""):
        return None
    line, column = _position(error.problem_mark)
    found = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
    if found == "\t":
        message, hint = "this line is indented with a tab", "YAML indents with blanks only"
    else:
        message, hint = f"a text cannot begin with “{found}”", "put quotes around it"
    return Problem(path, line, column, Fault.SYNTAX, message, hint)


def _never_closed(path: str, lines: list[str], error: MarkedYAMLError) -> Problem | None:
    """A bracket open at the end of the file: libyaml tells the end, we the bracket."""
    if "flow node" not in (error.context or ""):
        return None
    last, _ = _position(error.problem_mark)
    for number in range(min(last, len(lines)), 0, -1):
        if (column := max(lines[number - 1].rfind(b) for b in "[{")) >= 0:
            message, hint = "a “[” or “{” is opened here and not closed", "close it with “]” or “}”"
            return Problem(path, number, column + 1, Fault.SYNTAX, message, hint)
    return None


def _full_width(path: str, lines: list[str], line: int) -> Problem | None:
    """A full-width colon or blank near `line`: easily typed, hardly seen, reported far off."""
    for number in range(line, max(line - 3, 0), -1):
        text = lines[number - 1] if number <= len(lines) else ""
        if _FULL_WIDTH_COLON.match(text):
            column = text.index("：") + 1
            message, hint = "a full-width colon follows the key", "use “: ”, half-width"
        elif _FULL_WIDTH_BLANK.match(text):
            column = text.index("\u3000") + 1
            message, hint = "this line is indented with a full-width blank", "use half-width blanks"
        else:
            continue
        return Problem(path, number, column, Fault.SYNTAX, message, hint)
    return None


def _position(mark: Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
