"""The workspace: who is there, what was said, what is open. In memory; every change is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.workbench.standin import cast
from bot.workbench.standin.model import Change, ChangeKind, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.workbench.standin.mint import Clock
    from bot.workbench.standin.model import Channel, Team, User

TOMBSTONE = "tombstone"
"""The subtype of a deleted root whose thread lives on."""


class Workspace:
    """Users, channels and messages; `tell` hears of every change, in order."""

    def __init__(
        self,
        clock: Clock,
        tell: Callable[[Change], None],
        people: Sequence[User] = cast.PEOPLE,
        channels: Sequence[Channel] = cast.CHANNELS,
        team: Team = cast.TEAM,
    ) -> None:
        self.clock = clock
        self.team = team
        ours = [_moved(u, team) for u in (*people, cast.BOT, cast.MONITOR)]
        self.users: dict[str, User] = {u.id: u for u in ours}
        self.bot: User = self.users[cast.BOT.id]
        directs = [cast.direct_message(u) for u in ours[: len(people)] if u.team == team.id]
        self.channels: dict[str, Channel] = {c.id: c for c in (*channels, *directs)}
        self._messages: dict[str, dict[str, Message]] = {}
        self._replies: dict[tuple[str, str], list[str]] = {}
        self._ephemerals: dict[str, Message] = {}
        self._tell = tell

    # Who and where

    def user(self, ref: str | User) -> User:
        """By id or handle (`sakura`, `@sakura`). Raises LookupError."""
        wanted = ref if isinstance(ref, str) else ref.id
        for user in self.users.values():
            if wanted in (user.id, user.handle, f"@{user.handle}"):
                return user
        raise LookupError(f"no user {wanted!r} in this workspace")

    def channel(self, ref: str | Channel) -> Channel:
        """By id or name (`help-it`, `#help-it`). Raises LookupError."""
        wanted = ref if isinstance(ref, str) else ref.id
        for channel in self.channels.values():
            if wanted in (channel.id, channel.name, f"#{channel.name}"):
                return channel
        raise LookupError(f"no channel {wanted!r} in this workspace")

    def direct(self, ref: str | User) -> Channel:
        """The person's direct message with the bot."""
        user = self.user(ref)
        channel = cast.direct_message(user)
        if channel.id not in self.channels:
            self.channels[channel.id] = channel
            self._tell(Change(kind=ChangeKind.CHANNEL_OPENED, channel=channel.id, user=user.id))
        return self.channels[channel.id]

    def add_channel(self, channel: Channel) -> Channel:
        """Make a channel known."""
        self.channels[channel.id] = channel
        self._tell(Change(kind=ChangeKind.CHANNEL_OPENED, channel=channel.id))
        return channel

    def join(self, channel: Channel, user: User) -> bool:
        """Make the user a member; False when they are one already."""
        if user.id in channel.members:
            return False
        self.channels[channel.id] = replace(channel, members=(*channel.members, user.id))
        self._tell(Change(kind=ChangeKind.MEMBER_JOINED, channel=channel.id, user=user.id))
        return True

    # What was said

    def post(self, channel: str, **fields: Any) -> Message:
        """Add a message; `fields` are those of `Message` but its ts."""
        message = Message(ts=self.clock.ts(), channel=channel, **fields)
        self._messages.setdefault(channel, {})[message.ts] = message
        if message.thread_ts:
            self._replies.setdefault((channel, message.thread_ts), []).append(message.ts)
        self._tell(_about(ChangeKind.MESSAGE_POSTED, message))
        return message

    def change(self, message: Message, *, hidden: bool = False, **fields: Any) -> Message:
        """Replace some fields of a message or of an ephemeral one."""
        new = replace(message, **fields)
        self._shelf(message)[message.ts] = new
        kind = ChangeKind.EPHEMERAL_UPDATED if message.only_for else ChangeKind.MESSAGE_UPDATED
        self._tell(replace(_about(kind, new), previous=message, hidden=hidden))
        return new

    def delete(self, message: Message) -> None:
        """Remove it; a root with replies stays as a tombstone."""
        if not message.thread_ts and len(self.thread(message.channel, message.ts)) > 1:
            text = "This message was deleted."
            self.change(message, subtype=TOMBSTONE, text=text, blocks=(), user="USLACKBOT")
            return
        del self._shelf(message)[message.ts]
        if message.thread_ts and not message.only_for:
            self._replies[message.channel, message.thread_ts].remove(message.ts)
        kind = ChangeKind.EPHEMERAL_DELETED if message.only_for else ChangeKind.MESSAGE_DELETED
        self._tell(replace(_about(kind, message), previous=message))

    def whisper(self, channel: str, only_for: str, **fields: Any) -> Message:
        """Show a message to one person only."""
        message = Message(ts=self.clock.ts(), channel=channel, only_for=only_for, **fields)
        self._ephemerals[message.ts] = message
        self._tell(_about(ChangeKind.EPHEMERAL_POSTED, message))
        return message

    def react(self, message: Message, name: str, user: str) -> bool:
        """Add a reaction; False when it is there already."""
        reactions = dict(message.reactions)
        if user in reactions.get(name, ()):
            return False
        reactions[name] = (*reactions.get(name, ()), user)
        self._keep_reactions(
            message,
            reactions,
            Change(kind=ChangeKind.REACTION_ADDED, channel=message.channel, user=user, note=name),
        )
        return True

    def unreact(self, message: Message, name: str, user: str) -> bool:
        """Take a reaction back; False when there was none."""
        reactions = dict(message.reactions)
        if user not in reactions.get(name, ()):
            return False
        reactions[name] = tuple(u for u in reactions[name] if u != user)
        self._keep_reactions(
            message,
            reactions,
            Change(kind=ChangeKind.REACTION_REMOVED, channel=message.channel, user=user, note=name),
        )
        return True

    # What can be read

    def find(self, channel: str, ts: str) -> Message | None:
        """The message with this ts, if it (still) exists."""
        return self._messages.get(channel, {}).get(ts)

    def find_ephemeral(self, ts: str) -> Message | None:
        """The ephemeral message with this ts, if it is still shown."""
        return self._ephemerals.get(ts)

    def messages(self, channel: str) -> list[Message]:
        """All of a channel, replies included, oldest first."""
        return list(self._messages.get(channel, {}).values())

    def roots(self, channel: str) -> list[Message]:
        """What the channel itself shows, oldest first: no replies, unless broadcast."""
        return [m for m in self.messages(channel) if not m.thread_ts or m.broadcast]

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The root and its replies, oldest first; empty when there is no such message."""
        found = self.find(channel, ts)
        if found is None:
            return []
        known, root = self._messages[channel], found.root_ts
        return [known[t] for t in (root, *self._replies.get((channel, root), ())) if t in known]

    def replies(self, channel: str, ts: str) -> list[Message]:
        """The thread without its root."""
        return [m for m in self.thread(channel, ts) if m.thread_ts]

    def ephemerals(self, user: str = "") -> list[Message]:
        """Those shown to one person, or to anybody; oldest first."""
        return [m for m in self._ephemerals.values() if user in ("", m.only_for)]

    def _shelf(self, message: Message) -> dict[str, Message]:
        return self._ephemerals if message.only_for else self._messages[message.channel]

    def _keep_reactions(
        self, message: Message, reactions: dict[str, tuple[str, ...]], change: Change
    ) -> None:
        kept = tuple((name, users) for name, users in reactions.items() if users)
        new = replace(message, reactions=kept)
        self._shelf(message)[message.ts] = new
        self._tell(replace(change, message=new))


def _moved(user: User, team: Team) -> User:
    """One of the cast, in this workspace; guests stay guests."""
    return replace(user, team=team.id) if user.team == cast.TEAM.id else user


def _about(kind: ChangeKind, message: Message) -> Change:
    who = message.only_for or message.user
    return Change(kind=kind, channel=message.channel, message=message, user=who)
