"""The short form of `make fuzz`: what Hypothesis makes up is taken without a crash or a hang."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, seeds, within_bounds

ANY_TEXT = st.text(max_size=60)
KEYS = st.sampled_from(
    [
        "type",
        "event",
        "subtype",
        "channel",
        "user",
        "ts",
        "thread_ts",
        "text",
        "blocks",
        "elements",
        "attachments",
        "files",
        "message",
        "previous_message",
        "edited",
        "team_id",
        "team_ids",
        "enterprise_id",
        "authorizations",
        "actions",
        "action_id",
        "value",
        "container",
        "channel_id",
        "command",
        "trigger_id",
        "is_share",
        "mimetype",
        "preview",
        "rows",
        "mode",
        "bot_id",
        "url",
        "name",
        "message_blocks",
        "state",
        "view",
    ]
)
VALUES = st.sampled_from(
    [
        "event_callback",
        "message",
        "app_mention",
        "block_actions",
        "message_action",
        "message_changed",
        "message_deleted",
        "file_share",
        "rich_text",
        "rich_text_section",
        "rich_text_list",
        "table",
        "link",
        "date",
        "fc_answer",
        "/firstcheck",
        "tokens_revoked",
        "team_access_revoked",
        "C1",
        "U1",
        "1.1",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | VALUES | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | ANY_TEXT, inner, max_size=6),
    max_leaves=25,
)
UNITS = st.sampled_from(
    [
        "a", "0", "あ", "漢", "ア", "ｱﾞ", " ", "\n", "\t", "-", "_", ".", "<", ">", "&lt;", "<@U1>", "```",
        "{any}", "{server}", "…", "@", "://", "0x80070005", "error", "エラー", "password", "パスワード",
        "は", "=", "[", "]", "「", "」", "\x00", "\u200b", "\u202e", "\u0301", "\ufeff", "\udc80",
    ]
)  # fmt: skip
LONG = st.lists(st.tuples(UNITS | st.characters(), st.integers(1, 300)), max_size=8).map(
    lambda parts: "".join(unit * times for unit, times in parts)
)
FUZZ = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A sound input with some bytes changed, left out or said again."""
    data = bytearray(draw(st.sampled_from(seeds(name))))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["change", "cut", "repeat", "insert"])):
            case "change" if data:
                data[at] = draw(st.integers(0, 255))
            case "cut":
                del data[at : at + draw(st.integers(1, 40))]
            case "repeat":
                data[at:at] = data[at : at + 200] * draw(st.integers(1, 5))
            case _:
                data[at:at] = as_bytes(draw(LONG))[:400]
    return bytes(data)


def in_place(sound: Any, change: Any, where: list[int]) -> Any:
    """`sound` with `change` somewhere inside."""
    if where and isinstance(sound, dict) and sound:
        key = sorted(sound)[where[0] % len(sound)]
        return {**sound, key: in_place(sound[key], change, where[1:])}
    if where and isinstance(sound, list) and sound:
        at = where[0] % len(sound)
        return [*sound[:at], in_place(sound[at], change, where[1:]), *sound[at + 1 :]]
    return change


PAYLOADS = [json.loads(seed) for seed in seeds("payload")]


@FUZZ
@given(st.dictionaries(KEYS, JSON, max_size=8))
def test_any_payload_is_decoded(body: dict[str, Any]) -> None:
    within_bounds(TARGETS["payload"], json.dumps(body).encode())


@settings(FUZZ, max_examples=300)
@given(st.sampled_from(PAYLOADS), JSON | LONG, st.lists(st.integers(0, 30), max_size=7))
def test_a_payload_with_something_else_inside_is_decoded(
    sound: Any, change: Any, where: list[int]
) -> None:
    within_bounds(TARGETS["payload"], json.dumps(in_place(sound, change, where)).encode())


@FUZZ
@given(LONG | st.text())
def test_any_text_is_read_and_shown(text: str) -> None:
    within_bounds(TARGETS["text"], as_bytes(text))


@FUZZ
@given(LONG | st.text())
def test_any_text_is_looked_through(text: str) -> None:
    within_bounds(TARGETS["redaction"], as_bytes(text))


@FUZZ
@given(damaged("rule") | LONG.map(as_bytes) | st.binary())
def test_any_rule_is_read_and_linted(data: bytes) -> None:
    within_bounds(TARGETS["rule"], data)


@FUZZ
@given(LONG | st.text(), LONG | st.text())
def test_any_phrase_is_looked_for_in_any_report(phrase: str, report: str) -> None:
    within_bounds(TARGETS["match"], as_bytes(phrase.replace("\0", "") + "\0" + report))


@FUZZ
@given(damaged("export") | st.binary())
def test_any_file_is_an_export_or_none(data: bytes) -> None:
    within_bounds(TARGETS["export"], data)


@FUZZ
@given(st.dictionaries(ANY_TEXT, st.lists(JSON, max_size=4) | JSON, max_size=4))
def test_any_day_of_an_export_is_read(days: dict[str, Any]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number, day in enumerate(days.values(), start=1):
            archive.writestr(f"help/2026-01-{number:02}.json", json.dumps(day))
    within_bounds(TARGETS["export"], made.getvalue())


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_day_is_passed_over_whatever_packed_it(method: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        archive.writestr("help/2026-01-31.json", json.dumps([{"text": "x" * 500, "ts": "1"}] * 20))
    sound = made.getvalue()
    for at in range(30, len(sound)):
        within_bounds(TARGETS["export"], sound[:at] + bytes([sound[at] ^ 0x55]) + sound[at + 1 :])


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_taken(name: str) -> None:
    for seed in seeds(name):
        within_bounds(TARGETS[name], seed)
