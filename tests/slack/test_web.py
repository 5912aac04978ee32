"""The client on a server that answers, keeps silent and hangs up as it is told."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError
from typing_extensions import override

from bot.slack import web
from bot.slack.settings import SlackSettings

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Server:
    """What a test tells the server, and what the server saw."""

    url: str = ""
    status: int = 200
    hang_up: str = ""
    """`after` an answer, `before` it, or never."""
    connections: int = 0
    paths: list[str] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        @override
        def setup(self) -> None:
            server.connections += 1
            super().setup()

        @override
        def finish(self) -> None:
            super().finish()
            server.hung_up.set()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            server.paths.append(self.path)
            self.close_connection = bool(server.hang_up)
            if server.hang_up == "before":
                return
            self.send_response(server.status)
            self.send_header("Retry-After", "7")
            self.send_header("Content-Length", "11")
            self.end_headers()
            self.wfile.write(b'{"ok":true}')

        @override
        def log_message(self, *_: Any) -> None:
            """Quiet."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}/api/"
    thread = threading.Thread(target=http.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def client(server: Server) -> web.KeptOpen:
    return web.KeptOpen(token="xoxb-x", base_url=server.url, timeout=5, retry_handlers=[])


def test_requests_after_each_other_share_a_connection(server: Server) -> None:
    slack = client(server)
    for _ in range(3):
        slack.chat_postMessage(channel="C1", text="x")
    assert server.paths == ["/api/chat.postMessage"] * 3
    assert server.connections == 1, "the step of the SDK we replace is gone: look at bot.slack.web"


def test_the_bots_own_client_is_of_this_kind_and_repeats_nothing() -> None:
    slack = web.web_client(SlackSettings(bot_token="xoxb-x"))
    assert isinstance(slack, web.KeptOpen)
    assert slack.retry_handlers == []


def test_a_connection_slack_has_closed_is_opened_again(server: Server) -> None:
    slack = client(server)
    server.hang_up = "after"
    for n in range(1, 4):
        server.hung_up.clear()
        slack.chat_postMessage(channel="C1", text="x")
        assert server.hung_up.wait(5.0)
        deadline = time.monotonic() + 5.0
        while not slack._mine.line._is_stale() and time.monotonic() < deadline:
            time.sleep(0.01)  # the end of the connection is on its way
        assert (len(server.paths), server.connections) == (n, n), "each was sent once"


def test_one_that_was_not_used_for_long_is_opened_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = client(server)
    slack.chat_postMessage(channel="C1", text="x")
    monkeypatch.setattr(web, "KEPT_S", 0.0)
    slack.chat_postMessage(channel="C1", text="x")
    assert server.connections == 2


def test_what_was_sent_is_never_sent_again(server: Server) -> None:
    slack = client(server)
    slack.chat_postMessage(channel="C1", text="x")
    server.hang_up = "before"
    with pytest.raises((OSError, HTTPException)):
        slack.chat_postMessage(channel="C1", text="y")
    assert len(server.paths) == 2, "it arrived, its answer did not: who knows, so nobody repeats it"
    server.hang_up = ""
    slack.chat_postMessage(channel="C1", text="z")
    assert len(server.paths) == 3


def test_a_refusal_is_told_as_the_sdk_tells_it(server: Server) -> None:
    server.status = 429
    with pytest.raises(SlackApiError) as refusal:
        client(server).chat_postMessage(channel="C1", text="x")
    assert refusal.value.response.status_code == 429
    assert refusal.value.response.headers["Retry-After"] == "7"


def test_threads_do_not_wait_for_each_other(server: Server) -> None:
    slack = client(server)
    threads = [threading.Thread(target=slack.api_test) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(server.paths), server.connections) == (3, 3)


def test_behind_a_proxy_it_is_the_sdks_own_client(server: Server) -> None:
    proxy = server.url.removesuffix("/api/")
    slack = web.KeptOpen(
        token="xoxb-x", base_url="http://slack.invalid/api/", proxy=proxy, retry_handlers=[]
    )
    slack.api_test()
    assert server.paths == ["http://slack.invalid/api/api.test"]
