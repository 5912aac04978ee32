"""Modals and Home tabs that people have open, and the triggers that let an app open them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.workbench.standin import mint
from bot.workbench.standin.model import Change, ChangeKind, View
from bot.workbench.standin.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workbench.standin.mint import Clock
    from bot.workbench.standin.model import Json

TRIGGER_SECONDS: Final = 3.0
STACK_LIMIT: Final = 3


class Triggers:
    """Trigger ids: three seconds, one use."""

    def __init__(self, clock: Clock, seconds: float = TRIGGER_SECONDS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._issued: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()

    def issue(self, user: str) -> str:
        """A fresh trigger for something this person just did."""
        now = self._clock.now()
        trigger = mint.trigger_id(now)
        self._issued[trigger] = (user, now)
        return trigger

    def redeem(self, trigger: str) -> str:
        """The person whose trigger it is; it is used up. Raises Refused."""
        if trigger not in self._issued:
            raise Refused("invalid_trigger_id")
        user, issued = self._issued[trigger]
        if self._clock.now() - issued > self._seconds:
            raise Refused("expired_trigger_id")
        if trigger in self._used:
            raise Refused("exchanged_trigger_id")
        self._used.add(trigger)
        return user


class Views:
    """A stack of modals a person, at most three high, and one Home tab each."""

    def __init__(self, tell: Callable[[Change], None]) -> None:
        self._tell = tell
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        """What the person has open, the visible one last."""
        return list(self._stacks.get(user, []))

    def home(self, user: str) -> View | None:
        """The person's Home tab, once published."""
        return self._homes.get(user)

    def open(self, user: str, content: Json) -> View:
        """A new modal in place of whatever was open. Raises Refused."""
        self._check_external_id(content)
        self._stacks[user] = []
        return self._put_on_top(user, content)

    def push(self, user: str, content: Json) -> View:
        """A modal on top of the open one. Raises Refused."""
        if not self._stacks.get(user):
            raise Refused("not_found")
        if len(self._stacks[user]) >= STACK_LIMIT:
            raise Refused("push_limit_reached")
        self._check_external_id(content)
        return self._put_on_top(user, content)

    def find(self, view_id: str = "", external_id: str = "") -> View:
        """An open modal or Home tab. Raises Refused."""
        everything = [*self._homes.values(), *(v for s in self._stacks.values() for v in s)]
        for view in everything:
            if view_id == view.id or (external_id and external_id == view.external_id):
                return view
        raise Refused("not_found")

    def update(self, view: View, content: Json, expected_hash: str = "") -> View:
        """The view with new content. Raises Refused when it changed since `expected_hash`."""
        if expected_hash and expected_hash != view.hash:
            raise Refused("hash_conflict")
        if content["type"] != view.content["type"]:
            raise Refused("invalid_arguments", ["the type of a view cannot change"])
        return self._replace(replace(view, content=content, hash=_hash(), errors={}))

    def show_errors(self, view: View, errors: Json) -> View:
        """The view with the app's sentences under its inputs."""
        return self._replace(replace(view, errors=errors))

    def close(self, user: str, *, everything: bool = False) -> list[View]:
        """Close the visible modal, or the whole stack; what was closed, topmost first."""
        stack = self._stacks.get(user, [])
        closed = [stack.pop() for _ in range(len(stack) if everything else min(1, len(stack)))]
        for view in closed:
            self._tell(Change(kind=ChangeKind.VIEW_CLOSED, user=user, view=view))
        return closed

    def publish_home(self, user: str, content: Json, expected_hash: str = "") -> View:
        """Set the person's Home tab. Raises Refused."""
        old = self._homes.get(user)
        if expected_hash and (old is None or old.hash != expected_hash):
            raise Refused("hash_conflict")
        view_id = old.id if old else mint.slack_id("V")
        view = View(id=view_id, user=user, content=content, hash=_hash(), root_id=view_id)
        self._homes[user] = view
        self._tell(Change(kind=ChangeKind.HOME_PUBLISHED, user=user, view=view))
        return view

    def _put_on_top(self, user: str, content: Json) -> View:
        stack = self._stacks[user]
        view_id = mint.slack_id("V")
        root = stack[0].id if stack else view_id
        previous = stack[-1].id if stack else None
        view = View(
            id=view_id, user=user, content=content, hash=_hash(), root_id=root, previous_id=previous
        )
        stack.append(view)
        self._tell(Change(kind=ChangeKind.VIEW_OPENED, user=user, view=view))
        return view

    def _replace(self, view: View) -> View:
        if view.content["type"] == "home":
            self._homes[view.user] = view
        else:
            stack = self._stacks[view.user]
            stack[:] = [view if v.id == view.id else v for v in stack]
        self._tell(Change(kind=ChangeKind.VIEW_UPDATED, user=view.user, view=view))
        return view

    def _check_external_id(self, content: Json) -> None:
        wanted = content.get("external_id")
        if wanted and any(v.external_id == wanted for s in self._stacks.values() for v in s):
            raise Refused("duplicate_external_id")


def _hash() -> str:
    return mint.token("")[:16]
