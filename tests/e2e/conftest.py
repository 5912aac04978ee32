"""The bot as an admin starts it, `python -m bot run`, in a workspace on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.workbench.standin import AppSettings, Options, StandinThread, Timings
from bot.workbench.standin.cast import SATO, TRIAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.workbench.standin.model import Message
    from tests.e2e.quarter import Quarter
    from tests.postgres import Postgres

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
CALM = 0.7
"""Seconds after which a bot that has not answered is taken to stay silent."""


def _free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Office:
    """A workspace, the bot in it, and a person's view of both."""

    standin: StandinThread
    database: Path
    http: bool = False
    rules: str = "shipped"
    program: tuple[str, ...] = ("-m", "bot")
    """What is run, as Python's own arguments; `run` comes after it."""
    environ: Mapping[str, str] = field(default_factory=dict)
    """Further settings."""
    process: subprocess.Popen[bytes] | None = None
    port: int = field(default_factory=_free_port)
    log: Path = field(init=False)

    def __post_init__(self) -> None:
        self.log = self.database.with_suffix(".log")

    def start(self) -> None:
        """Start the bot and wait until it listens."""
        tokens = {"SLACK_BOT_TOKEN": self.standin.bot_token, "SLACK_API_URL": self.standin.base_url}
        if self.http:
            tokens["SLACK_SIGNING_SECRET"] = self.standin.signing_secret
            tokens["FIRSTCHECK_HTTP_PORT"] = str(self.port)
        else:
            tokens["SLACK_APP_TOKEN"] = self.standin.app_token
        settings = {
            "FIRSTCHECK_DATABASE": f"sqlite:///{self.database}",
            "FIRSTCHECK_TRIAGE_CHANNEL": TRIAGE.id,
            "FIRSTCHECK_STAFF": SATO.id,
            "FIRSTCHECK_WORKERS": "4",
            "FIRSTCHECK_RULES": self.rules,
        }
        clean = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, "run"],
                cwd=ROOT,
                env={**clean, **tokens, **settings, **self.environ},
                stdout=log,
                stderr=log,
            )
        self._wait_until_it_listens()

    def _wait_until_it_listens(self) -> None:
        if self.http:
            until(lambda: port_open(self.port), "the bot listens")
            assert self.standin.use_request_url(f"http://127.0.0.1:{self.port}/slack/events")
        else:
            until(lambda: bool(self.standin.snapshot()["connections"]), "the bot connects")

    def stop(self, *, kill: bool = False) -> None:
        """End it as an admin does, or as a power cut does."""
        if self.process is None:
            return
        (self.process.kill if kill else self.process.terminate)()
        code = self.process.wait(PATIENCE)
        assert kill or code == 0, self.log.read_text()
        self.process = None

    def replies(self, root: Message, count: int) -> list[Message]:
        """The bot's replies in a thread once there are `count`."""
        return self.standin.wait_for(
            lambda: found if len(found := self._bots(root)) >= count else [], PATIENCE
        )

    def _bots(self, root: Message) -> list[Message]:
        bot = self.standin.snapshot()["bot"]["user_id"]
        return [m for m in self.standin.replies(root.channel, root.ts) if m.user == bot]

    def silent(self, root: Message) -> bool:
        """Whether the bot leaves a message alone."""
        time.sleep(CALM)
        return not self._bots(root)

    def press(self, who: str, message: Message, label: str) -> None:
        """Press the button with this label."""
        for block in message.blocks:
            for element in block.get("elements", []):
                if element.get("type") == "button" and element["text"]["text"] == label:
                    self.standin.people.press(
                        who, message.ts, message.channel, element["action_id"], element["value"]
                    )
                    return
        raise AssertionError(f"no button {label!r} on {message.text!r}")

    def cards(self, count: int = 1) -> list[Message]:
        """What stands in the triage channel once there are `count` cards."""
        return self.standin.wait_for(
            lambda: found if len(found := self.standin.messages(TRIAGE.id)) >= count else [],
            PATIENCE,
        )


def labels(message: Message) -> list[str]:
    """The buttons of a message."""
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("type") == "button"
    ]


def port_open(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is so. Fails after a while, saying what."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"in vain: {what}"
        time.sleep(0.05)


def _options() -> Options:
    """The stand-in grants what our own manifest asks for, and nothing more."""
    manifest = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yaml").read_text("utf-8"))
    return Options(app=AppSettings.from_manifest(manifest), timings=Timings.quick())


@contextmanager
def _office(folder: Path, *, http: bool = False, rules: str = "shipped") -> Iterator[Office]:
    with StandinThread(_options()) as standin:
        office = Office(standin, folder / "firstcheck.sqlite3", http=http, rules=rules)
        office.start()
        try:
            yield office
        finally:
            office.stop(kill=True)


@pytest.fixture(scope="session")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One bot for all tests that leave it running."""
    with _office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture(params=["socket", "http"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A bot of one's own, by Socket Mode and by HTTP."""
    with _office(tmp_path, http=request.param == "http") as office:
        yield office


@pytest.fixture(params=["socket", "http"])
def authors(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A bot whose rule folder is empty but for the taxonomy, on top of the shipped rules."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    http = request.param == "http"
    with _office(tmp_path, http=http, rules=os.pathsep.join(["shipped", str(rules)])) as office:
        yield office


@pytest.fixture
def quarter(tmp_path: Path) -> Iterator[Callable[..., Quarter]]:
    """Opens workspaces side by side that one bot serves; see `tests.e2e.quarter`."""
    from tests.e2e.quarter import quarters

    with quarters(tmp_path) as open_:
        yield open_


@pytest.fixture
def shared_quarter(tmp_path: Path, postgres: Postgres) -> Iterator[Callable[..., Quarter]]:
    """The same on PostgreSQL, for several processes."""
    from tests.e2e.quarter import quarters

    with quarters(tmp_path, postgres.database()) as open_:
        yield open_
