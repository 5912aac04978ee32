"""The Web API client: each request is sent once, over a connection that is kept open for a while.

slack_sdk opens a connection for every request: two more round trips and some milliseconds of
cryptography before each word. A kept one may have been closed by Slack meanwhile. If that shows
before anything was sent, another is opened. Nothing is ever sent a second time: a connection that
breaks later fails the request, and the messenger looks for the post before it tries again.
"""

from __future__ import annotations

import io
import select
import ssl
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from threading import local
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import getproxies

from slack_sdk.web import WebClient
from typing_extensions import override

from bot.slack.logs import sdk_logger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from urllib.request import Request

    from bot.slack.settings import SlackSettings

KEPT_S: Final = 10.0
"""Seconds a connection is kept unused: enough for a burst, well below any server's patience."""


class NotAllowed(Exception):  # noqa: N818  (an outcome: nothing was sent)
    """The request came too late to be sent."""


def web_client(settings: SlackSettings) -> KeptOpen:
    """A client that sends each request once, and never writes what it sends into a log."""
    return KeptOpen(
        token=settings.bot_token,
        base_url=settings.base_url,
        timeout=max(1, round(settings.http_timeout_s)),
        retry_handlers=[],  # the SDK's own would post twice after a lost answer
        logger=sdk_logger("web"),
    )


class KeptOpen(WebClient):
    """The SDK's client with a connection for each thread. Behind a proxy it is the SDK's own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._proxied = bool(self.proxy or getproxies().keys() - {"no"})
        self._context = self.ssl or ssl.create_default_context()
        self._mine = local()

    @contextmanager
    def only_if(self, allowed: Callable[[], bool]) -> Iterator[None]:
        """Requests of this thread are sent only if `allowed` says so right before the first byte.

        A process may be stopped anywhere, for any time; what it found allowed before need not be.
        They raise NotAllowed otherwise.
        """
        self._mine.allowed = allowed
        try:
            yield
        finally:
            del self._mine.allowed

    def _check(self) -> None:
        if not getattr(self._mine, "allowed", _always)():
            raise NotAllowed

    @override
    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """The one step of the SDK that opens a connection; what it returns and raises stays."""
        if self._proxied:
            self._check()
            result: dict[str, Any] = super()._perform_urllib_http_request_internal(url, req)
            return result
        if not hasattr(self._mine, "line"):
            self._mine.line = _Line(url, self.timeout, self._context)
        response, body = self._mine.line.ask(req, self._check)
        return _read(url, response, body)


class _Line:
    """A connection to one server; it ends with the thread it belongs to."""

    def __init__(self, url: str, timeout: float, context: ssl.SSLContext) -> None:
        address = urlsplit(url)
        self._used = 0.0
        self._connection = (
            HTTPSConnection(address.netloc, timeout=timeout, context=context)
            if address.scheme == "https"
            else HTTPConnection(address.netloc, timeout=timeout)
        )

    def __del__(self) -> None:
        self._connection.close()

    def ask(self, req: Request, check: Callable[[], None]) -> tuple[HTTPResponse, bytes]:
        """The answer. Raises OSError or HTTPException when the connection breaks meanwhile.

        `check` is called when all is ready to be sent, and may raise.
        """
        if self._is_stale():
            self._connection.close()
        try:
            if not self._connection.sock:
                self._connection.connect()
            check()
            self._connection.request("POST", req.selector, req.data, dict(req.header_items()))
            response = self._connection.getresponse()
            body = response.read()
        except BaseException:
            self._connection.close()
            raise
        self._used = time.monotonic()
        return response, body

    def _is_stale(self) -> bool:
        """Too long unused, or closed by the other side, which has nothing else to say now."""
        if not self._connection.sock:
            return False
        poll = select.poll()
        poll.register(self._connection.sock, select.POLLIN)
        return time.monotonic() - self._used > KEPT_S or bool(poll.poll(0))


def _always() -> bool:
    return True


def _read(url: str, response: HTTPResponse, body: bytes) -> dict[str, Any]:
    """As urllib does: an answer is a value, an error status an exception."""
    if response.status >= 300:
        raise HTTPError(url, response.status, response.reason, response.headers, io.BytesIO(body))
    charset = response.headers.get_content_charset() or "utf-8"
    return {"status": response.status, "headers": response.headers, "body": body.decode(charset)}
