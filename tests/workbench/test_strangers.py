"""What the page of another site can reach through the browser of whoever has the workbench open.

Bytes over sockets, to the workbench as it runs: page, API, stand-in and its WebSocket.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from bot.config import load
from bot.workbench.server import workbench
from bot.workbench.standin import Standin

if TYPE_CHECKING:
    from collections.abc import Iterator

POST = json.dumps({"user": "U0SAKURA01", "channel": "C0HELPIT01", "text": "hello"})
PATHS = [
    "GET /",
    "GET /assets/workbench.js",
    "GET /api/snapshot",
    "GET /api/feed",
    "GET /api/samples",
    "POST /api/post",
    "POST /api/why",
    "POST /slack/api/auth.test",
    "GET /slack/link?ticket=x",
    "POST /slack/response/x",
    "GET /slack/files/F1/x",
]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served() as found:
        yield found


@contextmanager
def served() -> Iterator[int]:
    found: list[str] = []
    ready, over = threading.Event(), threading.Event()

    async def run() -> None:
        async with workbench(load({})) as url:
            found.append(url)
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert ready.wait(60)
        yield urlsplit(found[0]).port or 0
    finally:
        over.set()
        thread.join(30)


def ask(port: int, line: str, headers: dict[str, str], body: str = "") -> str:
    """What a request is answered; an empty header is left out."""
    sent = {
        "Host": f"127.0.0.1:{port}",
        "Connection": "close",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **headers,
    }
    lines = [f"{name}: {value}" for name, value in sent.items() if value]
    request = "\r\n".join([f"{line} HTTP/1.1", *lines, "", body])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request.encode("latin-1"))
        return connection.recv(65536).decode("latin-1")


def status(answer: str) -> int:
    return int(answer.split(" ", 2)[1])


@pytest.mark.parametrize("line", PATHS)
@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "[", "a@b@c"],
)
def test_a_name_that_was_pointed_here_gets_nothing(port: int, line: str, host: str) -> None:
    for name in (host, f"{host}:{port}"):
        answer = ask(port, line, {"Host": name}, POST)
        assert status(answer) in {400, 403}
        assert "Traceback" not in answer


@pytest.mark.parametrize("line", PATHS)
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:1", "http://localhost", "null", "file://"]
)
def test_the_page_of_another_site_gets_nothing(port: int, line: str, origin: str) -> None:
    assert status(ask(port, line, {"Origin": origin}, POST)) == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_can_send_changes_nothing(port: int, kind: str) -> None:
    assert status(ask(port, "POST /api/post", {"Content-Type": kind}, POST)) == 400


def test_a_web_socket_from_another_site_is_not_opened(port: int) -> None:
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Content-Length": "", "Content-Type": "",
    }  # fmt: skip
    assert status(ask(port, "GET /slack/link?ticket=x", upgrade)) == 403
    foreign = {**upgrade, "Origin": "https://evil.example"}
    assert status(ask(port, "GET /slack/link", foreign)) == 403


def test_the_page_itself_is_served_under_each_name_of_this_machine(port: int) -> None:
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
        own = {"Host": host, "Origin": f"http://{host}"}
        assert status(ask(port, "GET /api/rules", own)) == 200
        assert status(ask(port, "POST /api/why", own, '{"text": "x"}')) == 200


def test_no_other_machine_can_connect(port: int) -> None:
    outward = {
        info[4][0]
        for info in socket.getaddrinfo(socket.gethostname(), port, type=socket.SOCK_STREAM)
        if not str(info[4][0]).startswith(("127.", "::1"))
    }
    for address in outward:
        with pytest.raises(OSError):  # noqa: PT011  (refused, or not reachable at all)
            socket.create_connection((str(address), port), timeout=2)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "evil.example", ""])  # noqa: S104
def test_the_stand_in_serves_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        asyncio.run(Standin.start(host))
