from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.codec import (
    KIND_OF,
    TYPE_OF,
    from_json,
    incoming_of,
    new_task,
    outward_of,
    to_json,
)
from bot.helpdesk.incoming import HandedOver, Place, Report
from bot.helpdesk.outward import Post
from bot.helpdesk.ports import Task

# Tickets carry a whole handover; Hypothesis builds them like everything else.
THINGS = st.one_of([st.from_type(cls) for cls in TYPE_OF.values()])


def kept(thing: Any) -> Task:
    """`thing` as a mailbox hands it out: through JSON."""
    new = new_task("id", "T:C:1", thing)
    return Task(
        seq=1,
        id=new.id,
        lane=new.lane,
        kind=new.kind,
        body=json.loads(json.dumps(new.body)),
        due_at=0.0,
        attempts=1,
        maybe_sent=False,
        first_try=None,
        last_try=None,
    )


@given(THINGS)
def test_everything_survives_the_mailbox(thing: Any) -> None:
    body = json.loads(json.dumps(to_json(thing)))
    assert from_json(body, type(thing)) == thing
    assert to_json(from_json(body, type(thing))) == body


def test_a_task_of_another_version_is_still_read() -> None:
    body = {"place": {"team": "T", "channel": "C"}, "who": "U", "ts": "1", "text": "x", "new": 1}
    assert from_json(body, Report) == Report(Place("T", "C"), "U", "1", "x")


def test_kinds_and_types_are_one_table() -> None:
    assert {KIND_OF[cls]: cls for cls in TYPE_OF.values()} == dict(TYPE_OF)
    assert TYPE_OF["handover"] is HandedOver


def test_a_task_tells_which_way_it_goes() -> None:
    report = Report(Place("T", "C", "1"), "U", "1", "x")
    assert incoming_of(kept(report)) == report
    with pytest.raises(KeyError):
        outward_of(kept(report))
    assert KIND_OF[Post] == "post"
