"""An ASGI application served on a port while a context lasts."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

import uvicorn
from typing_extensions import override

from bot.bootstrap.impatient import CONCURRENT, Impatient
from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.telemetry.health import Asgi

log = logging.getLogger("bot")

_GRACE: Final = 1
"""Seconds requests are given to end."""


class _Server(uvicorn.Server):
    """uvicorn, which would otherwise take the signals from whoever runs it."""

    @contextmanager
    @override
    def capture_signals(self) -> Iterator[None]:
        """Leave them."""
        yield


@asynccontextmanager
async def listening(app: Asgi, host: str, port: int, setting: str) -> AsyncIterator[None]:
    """Serve `app` while the context lasts.

    Raises:
        ConfigError: the port cannot be used; names the setting that gave it.
    """
    taken = _bind(host, port, setting)
    options = uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        log_config=None,
        proxy_headers=False,
        server_header=False,
        lifespan="off",
        limit_concurrency=CONCURRENT,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(options)
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    log.info("listening at http://%s:%d", host, port)
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        taken.close()


def _bind(host: str, port: int, setting: str) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:  # whose text repeats the address
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise ConfigError(
            f"{host}:{port} cannot be listened on: {reason}. "
            f"Change {setting} or FIRSTCHECK_HTTP_HOST, or stop the program that has it."
        ) from error
