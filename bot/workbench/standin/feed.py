"""The live feed: what happened in the workspace, as JSON, to whoever subscribed."""

from __future__ import annotations

import asyncio
import weakref
from typing import TYPE_CHECKING, Self

from bot.workbench.standin.wire import page_json, view_json

if TYPE_CHECKING:
    from bot.workbench.standin.model import Change, Json
    from bot.workbench.standin.workspace import Workspace

BACKLOG = 1000
"""Entries a slow subscriber may be behind before it is told to read a snapshot again."""


class Feed:
    """Numbers the changes and hands them on; nobody listening costs nothing."""

    def __init__(self) -> None:
        self.seq = 0
        """The number of the latest entry; a snapshot names it, too."""
        self._open: weakref.WeakSet[Subscription] = weakref.WeakSet()

    def publish(self, change: Change, workspace: Workspace) -> None:
        """Hand a change to every subscriber."""
        self.seq += 1
        if not self._open:
            return
        entry = {"seq": self.seq, **change_json(change, workspace)}
        for subscription in self._open:
            self._hand(subscription.queue, entry)

    def subscribe(self) -> Subscription:
        """Entries from now on: `{"seq": n, "kind": …, "channel": …, "message": …, …}`."""
        subscription = Subscription(self)
        self._open.add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """Send it nothing more."""
        self._open.discard(subscription)

    def _hand(self, queue: asyncio.Queue[Json], entry: Json) -> None:
        if queue.full():
            while not queue.empty():
                queue.get_nowait()
            entry = {"seq": self.seq, "kind": "resync"}
        queue.put_nowait(entry)


class Subscription:
    """One listener's entries, from the moment it subscribed: `with feed.subscribe() as entries`.

    It ends with `close`, or when nobody holds it any more. One that falls too far behind gets
    `{"kind": "resync"}` in place of what it missed.
    """

    def __init__(self, feed: Feed) -> None:
        self.queue: asyncio.Queue[Json] = asyncio.Queue(BACKLOG)
        self._feed = feed

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Json:
        return await self.queue.get()

    def close(self) -> None:
        """Stop listening."""
        self._feed.leave(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def change_json(change: Change, workspace: Workspace) -> Json:
    """A change without its number."""
    drawn: Json = {"kind": str(change.kind), "channel": change.channel, "user": change.user}
    if change.message is not None:
        drawn["message"] = page_json(change.message, workspace)
    if change.view is not None:
        drawn["view"] = {**view_json(change.view), "errors": change.view.errors}
    if change.note:
        drawn["note"] = change.note
    return {name: value for name, value in drawn.items() if value}
