"""A small vocabulary to say what JSON must look like, with Slack's wording for what is wrong.

A *checker* takes a value and its JSON pointer and yields sentences. Limits are those of Slack's
Block Kit reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Checker = Callable[[Any, str], Iterator[str]]


def string(limit: int, least: int = 1) -> Checker:
    """Text of `least` to `limit` characters."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"must be a string [json-pointer:{at}]"
        elif len(value) > limit:
            yield f"must be less than {limit + 1} characters [json-pointer:{at}]"
        elif len(value) < least:
            yield f"must be more than {least - 1} characters [json-pointer:{at}]"

    return check


def flag(value: Any, at: str) -> Iterator[str]:
    """True or false, and nothing that resembles them."""
    if not isinstance(value, bool):
        yield f"must be a boolean [json-pointer:{at}]"


def number(value: Any, at: str) -> Iterator[str]:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        yield f"must be an integer [json-pointer:{at}]"


def one_of(*allowed: str) -> Checker:
    """One of these words."""

    def check(value: Any, at: str) -> Iterator[str]:
        if value not in allowed:
            yield f"must be a valid enum value [json-pointer:{at}]"

    return check


def listing(item: Checker, most: int, least: int = 1) -> Checker:
    """An array of `least` to `most` items."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"must be an array [json-pointer:{at}]"
            return
        if len(value) > most:
            yield f"no more than {most} items allowed [json-pointer:{at}]"
        if len(value) < least:
            yield f"must have at least {least} item [json-pointer:{at}]"
        for index, entry in enumerate(value[:most]):
            yield from item(entry, f"{at}/{index}")

    return check


def shape(required: Mapping[str, Checker], optional: Mapping[str, Checker]) -> Checker:
    """An object with these properties and no others (besides `type`)."""
    known = {**required, **optional}

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"must be an object [json-pointer:{at}]"
            return
        for name in required:
            if name not in value:
                yield f"missing required field: {name} [json-pointer:{at}]"
        for name, entry in value.items():
            if name in known:
                yield from known[name](entry, f"{at}/{name}")
            elif name != "type":
                yield f"invalid additional property: {name} [json-pointer:{at}]"

    return check


def typed(kinds: Mapping[str, Checker]) -> Checker:
    """An object whose `type` says which of these it is."""

    def check(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield f"must be an object [json-pointer:{at}]"
        elif not isinstance(value.get("type"), str) or value["type"] not in kinds:
            yield f"unsupported type: {value.get('type')} [json-pointer:{at}/type]"
        else:
            yield from kinds[value["type"]](value, at)

    return check


def any_of_fields(*names: str, inner: Checker) -> Checker:
    """The inner shape, with at least one of these properties."""

    def check(value: Any, at: str) -> Iterator[str]:
        if isinstance(value, Mapping) and not any(name in value for name in names):
            yield f"missing required field: {' or '.join(names)} [json-pointer:{at}]"
        yield from inner(value, at)

    return check
