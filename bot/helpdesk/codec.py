"""Task bodies: what comes in and what goes out, as JSON and back.

A task's `kind` is the tag that tells its type; `TYPE_OF` and `KIND_OF` are the only table of
both. Reading is lenient, so that tasks written by an older or newer version still work: a
field that is missing takes its default, one that is not known is dropped.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from cattrs.preconf.json import make_converter

from bot.helpdesk.incoming import (
    HandedOver,
    Opened,
    OwnDataAsked,
    Press,
    ReloadAsked,
    Report,
    TicketChanged,
    TimerFired,
    Withdrawn,
)
from bot.helpdesk.outward import Notice, OpenDm, Post, Prompts, Settle, Title
from bot.helpdesk.ports import NewTask, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.helpdesk.incoming import Incoming
    from bot.helpdesk.outward import Outward
    from bot.helpdesk.ports import Json

T = TypeVar("T")

INBOUND: Mapping[str, type[Incoming]] = MappingProxyType(
    {
        "report": Report,
        "press": Press,
        "timer": TimerFired,
        "handover": HandedOver,
        "ticket": TicketChanged,
        "withdrawn": Withdrawn,
        "reload": ReloadAsked,
        "opened": Opened,
        "own_data": OwnDataAsked,
    }
)
"""Kinds a conversation is advanced by, and what staff ask for."""

OUTWARD: Mapping[str, type[Outward]] = MappingProxyType(
    {
        "post": Post,
        "settle": Settle,
        "notice": Notice,
        "open_dm": OpenDm,
        "prompts": Prompts,
        "title": Title,
    }
)
"""Kinds that reach out to people."""

ONCE_ONLY = frozenset({"post", "notice"})
"""Outward kinds that people would see twice; the mailbox marks them when it hands them out."""

TYPE_OF: Mapping[str, type[Incoming | Outward]] = MappingProxyType({**INBOUND, **OUTWARD})
KIND_OF: Mapping[type[Incoming | Outward], str] = MappingProxyType(
    {cls: kind for kind, cls in TYPE_OF.items()}
)

_converter = make_converter(unstruct_collection_overrides={tuple: list})
_converter.register_unstructure_hook(StrEnum, lambda member: member.value)


def to_json(thing: object) -> dict[str, Any]:
    """A dataclass of ours as a JSON object; the same thing gives the same object."""
    result: dict[str, Any] = _converter.unstructure(thing)
    return result


def from_json(json: Json, cls: type[T]) -> T:
    """The `cls` that `json` was made from. Raises an ExceptionGroup if it was not."""
    return _converter.structure(json, cls)


def new_task(id_: str, lane: str, thing: Incoming | Outward, due_at: float = 0.0) -> NewTask:
    """`thing` as a task of its kind."""
    return NewTask(id=id_, lane=lane, kind=KIND_OF[type(thing)], body=to_json(thing), due_at=due_at)


def incoming_of(task: Task) -> Incoming:
    """What an inbound task brings. Raises KeyError for another kind."""
    return from_json(task.body, INBOUND[task.kind])


def outward_of(task: Task) -> Outward:
    """What an outward task asks for. Raises KeyError for another kind."""
    return from_json(task.body, OUTWARD[task.kind])
