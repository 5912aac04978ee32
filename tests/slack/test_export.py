"""A Slack export is read as it is, and what is none is named."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.export import ExportError, SlackExport

if TYPE_CHECKING:
    from pathlib import Path

DAY = "help-it/2026-01-31.json"


def export(folder: Path, files: dict[str, Any]) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            archive.writestr(name, text)
    return path


def message(**fields: Any) -> dict[str, Any]:
    return {"type": "message", "user": "U1", "ts": "1769817600.000100", "text": "hello", **fields}


def test_what_people_wrote_is_given_a_day_at_a_time(tmp_path: Path) -> None:
    files = {
        "channels.json": [],
        "users.json": [],
        DAY: [
            message(),
            message(text="a &lt;b&gt; <https://example.com|link>", thread_ts="1.0"),
            message(subtype="channel_join", text="joined"),
            message(bot_id="B1", text="an app"),
            message(text=""),
        ],
        "random/2026-02-01.json": [message(text="lunch?")],
    }
    with SlackExport(export(tmp_path, files)) as opened:
        assert opened.channels == ("help-it", "random")
        days = list(opened.messages())
    assert [[said.text for said in day] for day in days] == [
        ["hello", "a <b> link", "an app"],
        ["lunch?"],
    ]
    assert [said.in_thread for said in days[0]] == [False, True, False]
    assert days[0][2].user == ""


def test_a_channel_can_be_left_out(tmp_path: Path) -> None:
    files = {DAY: [message()], "hr/2026-01-31.json": [message(text="secret")]}
    with SlackExport(export(tmp_path, files)) as opened:
        said = [one.text for day in opened.messages(without=frozenset({"hr"})) for one in day]
    assert said == ["hello"]


def test_a_broken_day_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = export(tmp_path, {DAY: "[{", "random/2026-02-01.json": [message()]})
    with SlackExport(path) as opened:
        assert [len(day) for day in opened.messages()] == [0, 1]
        assert opened.unreadable[0].startswith(DAY)


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_what_is_no_zip_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(content)
    with pytest.raises(ExportError, match="cannot be read as a zip"):
        SlackExport(path)


def test_a_zip_without_channels_is_said_to_be_no_export(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no Slack export"):
        SlackExport(export(tmp_path, {"photo.json": []}))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["type", "text", "ts", "user", "files"]), inner)
        ),
        max_leaves=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_day_of_whatever_shape_stops_it(day: Any) -> None:
    import tempfile
    from pathlib import Path

    with (
        tempfile.TemporaryDirectory() as scratch,
        SlackExport(export(Path(scratch), {DAY: day})) as opened,
    ):
        for said in opened.messages():
            assert all(one.text and one.ts for one in said)
