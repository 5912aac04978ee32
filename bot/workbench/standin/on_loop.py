"""Lets other threads call what lives on an event loop, with no second version of anything."""

from __future__ import annotations

import asyncio
import functools
from concurrent.futures import Future
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

CALL_TIMEOUT = 30.0
"""Seconds another thread waits for the loop: far more than any of the calls takes."""


class HasLoop(Protocol):
    """Something bound to a running event loop."""

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop it lives on."""
        ...


P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=HasLoop)


def on_loop(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Run a (short, not waiting) method on its object's loop, whichever thread calls it."""

    @functools.wraps(method)
    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return run_on(self.loop, functools.partial(method, self, *args, **kwargs))

    return call


def run_on(loop: asyncio.AbstractEventLoop, work: Callable[[], T]) -> T:
    """The result of `work`, run on the loop: at once from its own thread, else handed over."""
    if _running() is loop:
        return work()
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001  (it is raised in the thread that asked)
            answer.set_exception(error)

    loop.call_soon_threadsafe(run)
    return answer.result(CALL_TIMEOUT)


def _running() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
