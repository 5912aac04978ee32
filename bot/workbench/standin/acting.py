"""What every deed of a person needs: the workspace, the app's ear, and a warning to show."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workbench.standin.announcer import Announcer
from bot.workbench.standin.methods.method import Desk
from bot.workbench.standin.model import Change, ChangeKind
from bot.workbench.standin.response_urls import ResponseUrls

if TYPE_CHECKING:
    from bot.workbench.standin.deliveries import Delivery
    from bot.workbench.standin.model import Channel, Message, User


@dataclass(slots=True)
class Stage:
    """What people act on."""

    desk: Desk
    announcer: Announcer
    response_urls: ResponseUrls
    tell: Callable[[Change], None]
    loop: asyncio.AbstractEventLoop


class Acting:
    """Common to writing and pressing."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._desk = stage.desk
        self._workspace = stage.desk.workspace

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop on which everything happens."""
        return self._stage.loop

    def _member(self, user: str | User, channel: str | Channel) -> tuple[User, Channel]:
        person, place = self._workspace.user(user), self._workspace.channel(channel)
        if person.id not in place.members:
            raise ValueError(f"{person.handle} is not in #{place.name}")
        return person, place

    def _existing(self, channel: str | Channel, ts: str) -> Message:
        place = self._workspace.channel(channel)
        found = self._workspace.find(place.id, ts)
        if found is None:
            raise LookupError(f"no message {ts} in #{place.name}")
        return found

    def _warn(self, user: str, what: str) -> Callable[[Delivery], None]:
        """Show the person a warning when the app did not acknowledge."""

        def look(delivery: Delivery) -> None:
            if delivery.given_up:
                self._stage.tell(Change(kind=ChangeKind.APP_SILENT, user=user, note=what))

        return look
