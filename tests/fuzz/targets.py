"""What strangers can reach, each as a function of bytes that must end, soon, without a crash.

The tests call these with what Hypothesis makes up, `make fuzz` with what libFuzzer finds by
watching the branches taken.
"""

from __future__ import annotations

import json
import tempfile
import time
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.bootstrap.desk import load_rules
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.lint import lint_rule
from bot.core.rulebook.parse import (
    parse_fragments,
    parse_rule,
    parse_taxonomy,
    read_rule,
)
from bot.core.text.language import language_of
from bot.core.text.normalise import read
from bot.core.text.redact import looked_through, redact
from bot.core.text.visible import one_line, visible
from bot.core.wording.reply import Line, LineKind, Reply
from bot.slack.decode import decode, team_of
from bot.slack.export import ExportError, SlackExport
from bot.slack.extract import LONGEST, extract, undo_markup
from bot.slack.render import blocks, fallback_text
from bot.slack.settings import SlackSettings
from bot.slack.wire import Ignored
from tests.core.matching.rules import book, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SAMPLES: Final = Path(__file__).parents[1]
SLACK: Final = SlackSettings(bot_token="xoxb-x", staff=frozenset({"U1"}), triage_channel="C1")
TODAY: Final = date(2026, 11, 26)


def payload(data: bytes) -> None:
    """A request or envelope, as JSON."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(body, dict):
        return
    team_of(body)
    decoded = decode(body, SLACK)
    if isinstance(decoded, Ignored):
        assert decoded.reason
        return
    for task in decoded.tasks:
        kept = json.dumps(task.body)
        assert len(kept) < 8 * LONGEST
        assert task.id


def text(data: bytes) -> None:
    """What a person pasted, on its way in and out."""
    pasted = _text(data)
    symptom = read(pasted)
    assert len(symptom.offsets) == len(symptom.text) + 1
    assert all(0 <= one <= two <= len(pasted) for one, two in pairwise(symptom.offsets))
    assert len(symptom.blanks) == symptom.text.count(" ")
    symptom.quote(0, len(symptom.text))
    language_of(pasted)
    undo_markup(pasted)
    extract({"text": pasted})
    assert visible(visible(pasted)) == visible(pasted)
    assert "\n" not in one_line(pasted)
    reply = Reply(tuple(Line(pasted, kind) for kind in LineKind))
    assert not {"<", ">"} & set(fallback_text(reply))
    json.dumps(blocks(reply, "T1:C1:1.0", 1), ensure_ascii=False).encode()


def redaction(data: bytes) -> None:
    """What a person pasted, looked through for secrets."""
    found = looked_through(_text(data))
    assert redact(found.text) == found.text


def rule_file(data: bytes) -> None:
    """A rule, a taxonomy or fragments, as YAML."""
    source = _text(data)
    taxonomy, _ = parse_taxonomy("taxonomy.yaml", source)
    fragments, _ = parse_fragments("fragments.yaml", source)
    parse_rule("rules/vpn/vpn-809.yaml", source, taxonomy, fragments)
    reading = read_rule("rules/vpn/vpn-809.yaml", source, *_shared())
    assert all(problem.line >= 1 and problem.column >= 1 for problem in reading.problems)
    lint_rule(reading, TODAY)


def export(data: bytes) -> None:
    """A Slack export, as a zip file."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(data)
        file.flush()
        try:
            with SlackExport(Path(file.name)) as opened:
                for day in opened.messages():
                    assert all(len(said.text) <= LONGEST for said in day)
        except ExportError:
            return


def match(data: bytes) -> None:
    """A phrase somebody wrote into a rule and a report, with a NUL between."""
    phrase, _, pasted = _text(data).partition("\0")
    matchers = [_shipped()]
    if read(phrase).bare:
        matchers.append(Matcher(book(rule("outlook-x", phrase))))
    for matcher in matchers:
        for found in matcher.match(read(pasted)).ranked:
            assert 0 <= found.score <= 1
            assert 0 <= found.span[0] <= found.span[1] <= len(pasted)


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "payload": payload,
    "text": text,
    "redaction": redaction,
    "rule": rule_file,
    "export": export,
    "match": match,
}


def within_bounds(target: Callable[[bytes], None], data: bytes) -> None:
    """Run it; it may take a second, and 200 µs a byte: a hundred times what it takes."""
    _shipped()  # the rules are read once, and not on anybody's time
    start = time.process_time()
    target(data)
    taken = time.process_time() - start
    assert taken < 1 + 200e-6 * len(data), f"{taken:.1f} s for {len(data)} bytes"


def seeds(name: str) -> list[bytes]:
    """Where to begin."""
    match name:
        case "payload":
            return [path.read_bytes() for path in sorted(SAMPLES.glob("slack/payloads/*.json"))]
        case "rule":
            folder = SAMPLES / "core/rulebook/samples/rules"
            return [path.read_bytes() for path in sorted(folder.rglob("*.yaml"))]
        case "export":
            return [_an_export()]
        case "match":
            said = "Cannot reach {server}: error {code}."
            return [
                f"{said}\0{said}".encode(),
                "接続を使用できません。\0接続 を使用出来ません".encode(),
            ]
    return [
        b"Error 0x80070005: password is hunter2, mail taro@example.com",
        "住所は東京都港区芝1-2-3".encode(),
    ]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _an_export() -> bytes:
    import io
    import zipfile

    day = [{"type": "message", "user": "U1", "ts": "1.1", "text": "Error &lt;5&gt; <http://x|x>"}]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("help/2026-01-31.json", json.dumps(day))
    return made.getvalue()


@cache
def _shared() -> Any:
    folder = SAMPLES / "core/rulebook/samples/rules"
    taxonomy = parse_taxonomy("taxonomy.yaml", (folder / "taxonomy.yaml").read_text("utf-8"))[0]
    return taxonomy, parse_fragments("fragments.yaml", "sentences: {}")[0]


@cache
def _shipped() -> Matcher:
    return Matcher(load_rules().rulebook)
