"""What a stranger can do to the port Slack uses: bytes over a socket, to the server that runs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import select
import threading
import time
from concurrent.futures import Future
from contextlib import contextmanager
from socket import create_connection, socket
from typing import TYPE_CHECKING

import pytest

from bot.bootstrap import impatient
from bot.bootstrap.impatient import Impatient
from bot.bootstrap.listen import listening
from bot.slack import http_mode
from bot.slack.app import make_app
from bot.slack.http_mode import MAX_BODY, asgi
from bot.slack.settings import SlackSettings
from bot.telemetry.health import Health, observed_in_public
from bot.workbench.standin.events_api import signature
from tests.e2e.conftest import _free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.helpdesk.ports import NewTask

SECRET = "a signing secret"
JSON = "application/json"
EVENT = json.dumps(
    {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "Ev1",
        "authorizations": [{"team_id": "T1", "user_id": "UBOT"}],
        "event": {
            "type": "message", "channel": "C1", "channel_type": "channel", "user": "U1",
            "ts": "1719211888.680799", "text": "error 0x80070005",
        },
    }
)  # fmt: skip


class Port:
    """The bot's port, and what it kept."""

    def __init__(self) -> None:
        self.kept: list[NewTask] = []
        self.port = _free_port()

    def accept(self, tasks: Sequence[NewTask]) -> Future[None]:
        self.kept += tasks
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def open(self, data: bytes = b"") -> socket:
        line = create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(data)
        return line

    def ask(self, data: bytes) -> str:
        """The whole answer to these bytes; the server ends it."""
        with self.open() as line:
            with contextlib.suppress(ConnectionError):  # it need not read all of it
                line.sendall(data)
            return heard(line)


def heard(line: socket) -> str:
    """What comes until the other side hangs up."""
    found = bytearray()
    with contextlib.suppress(ConnectionError):
        while data := line.recv(65536):
            found += data
    return found.decode("latin-1")


@pytest.fixture
def port() -> Iterator[Port]:
    with served() as made:
        yield made


@contextmanager
def served() -> Iterator[Port]:
    made, ready, over = Port(), threading.Event(), threading.Event()
    settings = SlackSettings(bot_token="xoxb-x", signing_secret=SECRET)

    async def run() -> None:
        app = asgi(make_app(settings, made.accept), settings)
        health = Health({"threads": lambda: True}, {"database": lambda: False})
        public = observed_in_public(health, app)
        async with listening(public, "127.0.0.1", made.port, "FIRSTCHECK_HTTP_PORT"):
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert ready.wait(20)
        yield made
    finally:
        over.set()
        thread.join(20)


def post(body: str | bytes = EVENT, headers: dict[str, str] | None = None, **changed: str) -> bytes:
    """A request as Slack makes it, with what a test changes; an empty header is left out."""
    sent = body.encode() if isinstance(body, str) else body
    stamp = changed.get("stamp", str(int(time.time())))
    signed = changed.get("signed", sent.decode("latin-1"))
    all_headers = {
        "Host": "bot.example.com",
        "Connection": "close",
        "Content-Type": JSON,
        "Content-Length": str(len(sent)),
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(changed.get("secret", SECRET), stamp, signed),
        **(headers or {}),
    }
    lines = [f"{name}: {value}" for name, value in all_headers.items() if value]
    return "\r\n".join(["POST /slack/events HTTP/1.1", *lines, "", ""]).encode("latin-1") + sent


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1]) if answer else 0


def ago(seconds: float) -> str:
    return str(int(time.time() - seconds))


# --- Who is believed -----------------------------------------------------------------------------


def test_what_slack_signed_just_now_is_kept(port: Port) -> None:
    assert status(port.ask(post())) == 200
    assert len(port.kept) == 1


FORGED = {
    "tampered": post(EVENT.replace("0x80070005", "0x80070006"), signed=EVENT),
    "a-blank-more": post(EVENT + " ", signed=EVENT),
    "another-secret": post(secret="another secret"),
    "no-signature": post(headers={"X-Slack-Signature": ""}),
    "no-time": post(headers={"X-Slack-Request-Timestamp": ""}),
    "neither": post(headers={"X-Slack-Signature": "", "X-Slack-Request-Timestamp": ""}),
    "not-ascii": post(headers={"X-Slack-Signature": "v0=\xe9"}),
    "another-version": post(headers={"X-Slack-Signature": "v1=" + "0" * 64}),
    "no-number": post(stamp="soon"),
    "endless-number": post(stamp="9" * 5000),
    "not-a-number": post(stamp="nan"),
    "not-utf8": post(b"\xff\xfe"),
    "deep": post("[" * 100_000, secret="another secret"),
    "ssl-check-in-json": post(EVENT.replace("{", '{"ssl_check": "1", ', 1), secret="another"),
}


@pytest.mark.parametrize("kind", FORGED)
def test_what_slack_did_not_sign_is_not_even_read(port: Port, kind: str) -> None:
    assert status(port.ask(FORGED[kind])) == 401
    assert not port.kept


@pytest.mark.parametrize(("age", "expected"), [(-360, 401), (-200, 200), (200, 200), (360, 401)])
def test_a_request_is_good_for_five_minutes(port: Port, age: float, expected: int) -> None:
    assert status(port.ask(post(stamp=ago(age)))) == expected
    assert len(port.kept) == (expected == 200)


def test_signed_nonsense_is_refused_and_the_port_goes_on(port: Port) -> None:
    for body in ("[1]", "{", "[" * 100_000, '"x"'):
        assert status(port.ask(post(body))) == 400
    assert status(port.ask(post())) == 200


# --- What it shows -------------------------------------------------------------------------------


STRANGE = [
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /slack/install HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /docs HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"DELETE /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /slack/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    post(secret="wrong"),
    post("[1]"),
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
]


@pytest.mark.parametrize("request_", STRANGE)
def test_nothing_is_said_about_what_runs_here(port: Port, request_: bytes) -> None:
    answer = port.ask(request_)
    assert 400 <= status(answer) < 500
    for word in ("server:", "uvicorn", "python", "traceback", "bolt", "firstcheck", "bot/"):
        assert word not in answer.lower()


def test_a_load_balancer_hears_yes_or_no(port: Port) -> None:
    ask = "GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert port.ask(ask.format("/healthz").encode()).endswith('{"ok": true}\r\n0\r\n\r\n')
    ready = port.ask(ask.format("/readyz").encode())
    assert status(ready) == 503
    assert "database" not in ready


# --- How much ------------------------------------------------------------------------------------


def test_a_long_body_is_refused_before_it_is_sent(port: Port) -> None:
    length = {"Content-Length": str(MAX_BODY + 1)}
    assert status(port.ask(post(b"", headers=length))) == 413


def kilobytes() -> int:
    """The most this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_a_body_of_unknown_length_is_cut_off(port: Port) -> None:
    head = post(b"", headers={"Content-Length": "", "Transfer-Encoding": "chunked"})
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    before = kilobytes()
    with port.open(head) as line:
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 50 * MAX_BODY:
                line.sendall(chunk)
                sent += len(chunk)
        answer = heard(line)
    assert status(answer) == 413
    assert sent < 10 * MAX_BODY, "it hung up soon"
    assert kilobytes() - before < 10 * MAX_BODY / 1024, "nor was it kept"


def test_the_longest_body_that_slack_may_send_is_read(port: Port) -> None:
    body = EVENT.replace("error", "e" * (MAX_BODY - len(EVENT)))
    assert status(port.ask(post(body))) == 200
    assert len(port.kept) == 1


def test_all_bodies_together_have_an_end(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_mode, "MAX_HELD", 1_000_000)
    half = post(b"x" * 600_000, secret="another")
    with port.open(half[:-1]) as one, port.open(half[:-1]) as another:
        refused, _, _ = select.select([one, another], [], [], 20)
        assert [status(heard(line)) for line in refused] == [503], "whichever came later"
        assert status(port.ask(post())) == 200, "a small one finds room"
    deadline = time.monotonic() + 20
    while status(port.ask(half)) != 401:
        assert time.monotonic() < deadline, "whoever hung up holds no room"


def test_endless_headers_are_refused(port: Port) -> None:
    assert status(port.ask(b"POST / HTTP/1.1\r\n" + b"X: " + b"x" * 200_000)) in {0, 400}
    many = b"".join(b"X-%d: x\r\n" % i for i in range(20_000))
    assert status(port.ask(b"POST / HTTP/1.1\r\n" + many)) in {0, 400}


# --- How slowly ----------------------------------------------------------------------------------


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Impatient, "receive_s", 1.0)
    monkeypatch.setattr(Impatient, "answer_s", 1.0)


def hung_up_on(line: socket, data: bytes) -> bool:
    """Whether they hang up on somebody who sends a byte now and then, within 15 seconds."""
    line.settimeout(0.1)
    end = time.monotonic() + 15
    for byte in data:
        try:
            line.send(bytes([byte]))
            while line.recv(65536):
                pass
        except TimeoutError:
            if time.monotonic() > end:
                return False
        except ConnectionError:
            return True
        else:
            return True
    return False


CHUNKED = {"Content-Length": "", "Transfer-Encoding": "chunked"}
DRIPS = {
    "a-slow-head": (b"", post() * 2),
    "a-slow-body": (post(headers={"Content-Length": "100000"}), b"x" * 1000),
    "slow-chunks": (post(b"", headers=CHUNKED), b"1\r\nx\r\n" * 200),
    "a-slow-second": (post(headers={"Connection": ""}), post() * 2),
    "half-a-second": (post(headers={"Connection": ""}) + post()[:50], post()[50:] * 2),
    "more-after-a-refusal": (post(headers={"Content-Length": "9999999"}), b"x" * 1000),
    "more-after-nothing": (post(headers={"Connection": ""}, secret="x") + b"GET", b"x" * 1000),
}


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("kind", DRIPS)
def test_whoever_dawdles_is_hung_up_on(kind: str) -> None:
    at_once, slowly = DRIPS[kind]
    with served() as port, port.open(at_once) as line:
        assert hung_up_on(line, slowly)
        assert status(port.ask(post())) == 200


@pytest.mark.usefixtures("hurried")
def test_whoever_says_nothing_is_hung_up_on() -> None:
    with served() as port, port.open() as line:
        assert heard(line) == ""


@pytest.mark.usefixtures("hurried")
def test_whoever_asks_and_asks_and_does_not_read_is_hung_up_on() -> None:
    one = b"GET /slack/nothing HTTP/1.1\r\nHost: x\r\n\r\n"
    much, before = one * 1_000_000, kilobytes()
    with served() as port, port.open() as line:
        line.settimeout(15)
        with pytest.raises(ConnectionError):
            line.sendall(much)
    assert kilobytes() - before < 50_000


@pytest.mark.usefixtures("hurried")
def test_a_connection_that_is_used_lives_on() -> None:
    with served() as port, port.open() as line:
        line.settimeout(20)
        for _ in range(6):
            time.sleep(0.4)
            line.sendall(post(headers={"Connection": ""}))
            assert b" 200 " in line.recv(65536)


def test_two_requests_at_once_are_both_answered(port: Port) -> None:
    answer = port.ask(post(headers={"Connection": ""}) + post())
    assert answer.count("HTTP/1.1 200") == 2


# --- How many ------------------------------------------------------------------------------------


def test_connections_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Impatient, "most", 20)
    with served() as port, contextlib.ExitStack() as held:
        idle = [held.enter_context(port.open()) for _ in range(20)]
        with contextlib.suppress(ConnectionError):
            assert port.ask(post()) == ""
        idle[0].close()
        deadline = time.monotonic() + 20
        while status(port.ask(post())) != 200:
            assert time.monotonic() < deadline, "as soon as there is room"


def test_limits_leave_files_for_the_database() -> None:
    assert impatient.CONCURRENT < impatient.CONNECTIONS < 1024 - 256
