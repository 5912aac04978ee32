"""What people paste by mistake, given to the bot in every way there is, is found nowhere after.

The bot runs as an admin runs it, on a database file, with the log at DEBUG, against the stand-in
for Slack. Each canary is pasted in each way; then everything that is left of it is read: the log,
every column of every table, the bytes of the files, the metrics, and all that was said in Slack by
the bot. What people wrote themselves stays theirs.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.workbench.standin import StandinThread, cast
from bot.workbench.standin.files import Upload
from bot.workbench.standin.model import Channel, Message
from tests.e2e.conftest import ROOT, Office, _free_port, _options, labels
from tests.privacy import with_faults
from tests.privacy.canaries import CANARIES, Canary

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = "Outlookの設定で『メール サーバーに対して、暗号化された接続を使用できません。』と出ます"
SEED_EN = "Outlook says: An encrypted connection to your mail server is not available."
CONTROL = "ordinary-plover"
"""Said with each canary, and no secret: it must be found, else nothing was looked at."""
PLENTY = 120.0
FAULTY = Path(with_faults.__file__)


PARCELS = ["\n".join(canary.text for canary in CANARIES[n::10]) for n in range(10)]
"""Several at once, so that this takes seconds; each alone is tried in `test_canaries.py`."""


def said(secrets: str, *, english: bool = False) -> str:
    """A message with an error that a rule knows, and secrets."""
    return f"{SEED_EN if english else SEED}\n{CONTROL}\n{secrets}"


@dataclass
class Pasting:
    """One employee's mistakes, in all ways."""

    office: Office
    rooms: int = 0
    threads: list[Message] = field(default_factory=list)

    @property
    def people(self) -> Any:
        return self.office.standin.people

    def room(self) -> str:
        self.rooms += 1
        members = (cast.SAKURA.id, cast.ALEX.id, cast.SATO.id, cast.BOT.id)
        channel = Channel(id=f"C0LEAK{self.rooms:04d}", name=f"leak-{self.rooms}", members=members)
        found: str = self.people.add_channel(channel).id
        return found

    def do_all(self) -> None:
        for secrets in PARCELS:
            self.threads.append(self.people.post("sakura", self.room(), said(secrets)))
        self.in_other_ways()
        self.rest()
        for root, secrets in zip(self.threads, PARCELS, strict=True):
            self.people.post("sakura", root.channel, f"まだだめです\n{secrets}", root.ts)
            self.people.broadcast("sakura", root.channel, secrets, root.ts)
            self.people.post("sakura", root.channel, "担当者", root.ts)
        self.handed_over_without_a_rule()
        self.breaking()
        self.rest()

    def in_other_ways(self) -> None:
        room = self.room()
        for secrets in PARCELS:
            edited = self.people.post("alex", self.room(), "Outlook trouble")
            self.people.edit("alex", edited.channel, edited.ts, said(secrets, english=True))
            self.people.direct("sakura", said(secrets))
            self.people.command("sato", "general", "/firstcheck", f"ask {said(secrets)}")
            self.people.command("sato", "general", "/firstcheck", secrets)
            plain = self.people.post("alex", room, f"{CONTROL}\n{secrets}", rich=False)
            self.people.shortcut("sato", plain)
            self.people.mention("alex", room, f"```{said(secrets, english=True)}```")
            snippet = Upload("notes.txt", said(secrets).encode(), "text/plain")
            self.people.share("alex", room, [snippet], secrets)
            self.people.post_as_app(room, said(secrets))

    def handed_over_without_a_rule(self) -> None:
        """What no rule knows is quoted whole to the helpdesk."""
        roots = [
            self.people.mention(
                "alex", self.room(), f"the printer hums {CONTROL} {word}\n{secrets}"
            )
            for secrets in PARCELS
            for word in ("", with_faults.IN_THE_POST)
        ]
        self.rest()
        for root in roots:
            for first in self.office.replies(root, 1)[:1]:
                to_people = next(
                    x for x in labels(first) if x in {"Talk to the helpdesk", "担当者に相談"}
                )
                self.office.press("alex", first, to_people)

    def breaking(self) -> None:
        """Where something breaks, only a number to quote is told."""
        for secrets in PARCELS:
            text = f"{with_faults.IN_THE_STEP} {said(secrets, english=True)}"
            self.people.mention("alex", self.room(), text)
            self.people.command("alex", "general", "/firstcheck", text)
        for secrets in PARCELS[::3]:  # Slack sends each four times
            text = f"{with_faults.IN_THE_LISTENER} {said(secrets, english=True)}"
            self.people.mention("alex", self.room(), text)

    def rest(self) -> None:
        """Nothing more is due, for a while."""
        calm = 0
        end = time.monotonic() + PLENTY
        while calm < 5:
            assert time.monotonic() < end, "the bot does not come to rest"
            calm = calm + 1 if self.idle() else 0
            time.sleep(0.2)

    def idle(self) -> bool:
        try:
            return "firstcheck_backlog_conversations 0.0" in metrics(self.office)
        except TimeoutError:  # too busy to say so
            return False


@dataclass(frozen=True)
class Left:
    """What is left, by where it was found; each as text and as JSON writes it."""

    places: dict[str, str]
    handed_over: int
    """Cards in the triage channel."""

    def found(self, word: str) -> list[str]:
        escaped = json.dumps(word)[1:-1]
        return [at for at, text in self.places.items() if word in text or escaped in text]


def metrics(office: Office) -> str:
    url = f"http://127.0.0.1:{office.environ['FIRSTCHECK_HEALTH_PORT']}/metrics"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=5) as answer:
        text: str = answer.read().decode()
    return text


def rows_of(database: Path) -> Iterator[tuple[str, str]]:
    """Every column of every table, and the text in it."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for table in tables:
            rows = db.execute(f'SELECT * FROM "{table}"')  # noqa: S608  (our own tables)
            names = [column[0] for column in rows.description]
            for row in rows:
                for name, value in zip(names, row, strict=True):
                    yield f"column {table}.{name}", str(value)
    db.close()


def bytes_of(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".log"]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


def command(office: Office, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env={"FIRSTCHECK_DATABASE": f"sqlite:///{office.database}", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    return done.stdout + done.stderr


def spoken(office: Office) -> str:
    """All that the bot said and did, as Slack has it."""
    shots = office.standin.snapshot()
    ours = [
        (message.text, message.blocks, message.metadata)
        for channel in shots["channels"]
        for message in office.standin.messages(channel["id"])
        if message.user == cast.BOT.id
    ]
    whispered = [
        (m["text"], m.get("blocks")) for all_ in shots["ephemerals"].values() for m in all_
    ]
    calls = [repr(call) for call in office.standin.calls]
    return json.dumps([ours, whispered], ensure_ascii=False) + "\n".join(calls)


@pytest.fixture(scope="module", params=["socket", "http"])
def left(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Left]:
    folder = tmp_path_factory.mktemp("leaks")
    http = request.param == "http"
    environ = {
        "FIRSTCHECK_LOG_LEVEL": "DEBUG",
        "FIRSTCHECK_LOG_FORMAT": "json" if http else "text",
        "FIRSTCHECK_HEALTH_PORT": str(_free_port()),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    with StandinThread(_options()) as standin:
        office = Office(
            standin,
            folder / "data" / "firstcheck.sqlite3",
            http=http,
            program=(str(FAULTY),),
            environ=environ,
        )
        office.database.parent.mkdir()
        office.start()
        try:
            Pasting(office).do_all()
            columns: dict[str, list[str]] = {}
            for at, value in rows_of(office.database):
                columns.setdefault(at, []).append(value)
            places = {at: "\n".join(values) for at, values in columns.items()}
            places["files"] = bytes_of(folder)
            places["metrics"] = metrics(office)
            places["slack"] = spoken(office)
            office.stop()
        finally:
            office.stop(kill=True)
        places["files after the stop"] = bytes_of(folder)
        places["log"] = office.log.read_text("utf-8")
        for who in (cast.SAKURA.id, cast.ALEX.id, cast.SATO.id):
            places[f"export-data {who}"] = command(office, "export-data", who)
        places["suggest"] = command(office, "rules", "suggest", "--from-db", "--people", "1")
        yield Left(places, len(standin.messages(cast.TRIAGE.id)))


@pytest.mark.timeout(300)
def test_what_is_no_secret_is_found(left: Left) -> None:
    """Else the rest of these tests would find nothing because nothing is there."""
    found = set(left.found(CONTROL))
    assert {"column task.body", "column lane.state", "files", "slack"} <= found
    assert "log" not in found
    assert "metrics" not in found
    assert left.places["log"].count("incident=") >= len(PARCELS) * 3
    assert left.handed_over >= len(PARCELS) * 2


@pytest.mark.timeout(300)
@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.kind)
def test_it_is_found_nowhere(left: Left, canary: Canary) -> None:
    found = Counter(at for word in canary.words for at in left.found(word))
    assert not found
