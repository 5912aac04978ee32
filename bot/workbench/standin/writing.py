"""People write, edit, delete, react and invite; other apps write, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workbench.standin import cast, mint
from bot.workbench.standin.acting import Acting
from bot.workbench.standin.composer import compose
from bot.workbench.standin.deliveries import Delivery
from bot.workbench.standin.files import hold, stub
from bot.workbench.standin.on_loop import on_loop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from bot.workbench.standin.files import Upload
    from bot.workbench.standin.model import Channel, Json, Message, User


class Writing(Acting):
    """Messages, and what happens to them."""

    @on_loop
    def post(
        self,
        user: str | User,
        channel: str | Channel,
        text: str,
        thread_ts: str = "",
        *,
        rich: bool = True,
    ) -> Message:
        """Write a message or, with `thread_ts`, a reply.

        `text` is as typed: fences, addresses and `<@U…>` mentions become what Slack makes of them.
        `rich=False` leaves out the `rich_text` blocks, as posts through other clients do.
        """
        return self._write(user, channel, text, thread_ts=self._root(channel, thread_ts), rich=rich)

    @on_loop
    def mention(
        self, user: str | User, channel: str | Channel, text: str, thread_ts: str = ""
    ) -> Message:
        """Write `@firstcheck text`."""
        said = f"<@{self._workspace.bot.id}> {text}"
        return self._write(user, channel, said, thread_ts=self._root(channel, thread_ts))

    @on_loop
    def direct(self, user: str | User, text: str, thread_ts: str = "") -> Message:
        """Write to the bot in a direct message."""
        channel = self._workspace.direct(user)
        return self._write(user, channel, text, thread_ts=self._root(channel, thread_ts))

    @on_loop
    def share(
        self, user: str | User, channel: str | Channel, files: Sequence[Upload], text: str = ""
    ) -> Message:
        """Write a message with files attached (subtype `file_share`)."""
        person, place = self._member(user, channel)
        held = [hold(f, person.id, self._desk.origin()) for f in files]
        self._desk.files.update({h.card["id"]: h for h in held})
        cards = tuple(stub(h.card) if place.shared else h.card for h in held)
        return self._write(person, place, text, subtype="file_share", files=cards)

    @on_loop
    def broadcast(
        self, user: str | User, channel: str | Channel, text: str, thread_ts: str
    ) -> Message:
        """Reply in a thread and also send it to the channel."""
        root = self._root(channel, thread_ts)
        return self._write(
            user, channel, text, thread_ts=root, broadcast=True, subtype="thread_broadcast"
        )

    @on_loop
    def edit(self, user: str | User, channel: str | Channel, ts: str, text: str) -> Message:
        """Change the text of one's own message."""
        message = self._own(user, channel, ts)
        body = compose(text, known=self._workspace.users, rich=bool(message.blocks))
        edited = {"user": message.user, "ts": self._workspace.clock.ts()}
        return self._workspace.change(message, text=body.text, blocks=body.blocks, edited=edited)

    @on_loop
    def delete(self, user: str | User, channel: str | Channel, ts: str) -> None:
        """Delete one's own message."""
        self._workspace.delete(self._own(user, channel, ts))

    @on_loop
    def unfurl(self, channel: str | Channel, ts: str, url: str) -> Message:
        """Slack adds the preview of a link: a `message_changed` in which no word changed."""
        message = self._existing(channel, ts)
        preview: Json = {"id": 1, "from_url": url, "original_url": url, "fallback": url}
        return self._workspace.change(message, hidden=True, attachments=(preview,))

    @on_loop
    def react(self, user: str | User, channel: str | Channel, ts: str, name: str) -> None:
        """Add a reaction, e.g. `eyes`."""
        person, _ = self._member(user, channel)
        self._workspace.react(self._existing(channel, ts), name, person.id)

    @on_loop
    def join(self, channel: str | Channel, user: str | User = cast.BOT) -> None:
        """Somebody (the bot, unless said otherwise) becomes a member of the channel."""
        self._workspace.join(self._workspace.channel(channel), self._workspace.user(user))

    @on_loop
    def add_channel(self, channel: Channel) -> Channel:
        """A new channel, with the members it has."""
        return self._workspace.add_channel(channel)

    @on_loop
    def post_as_app(
        self, channel: str | Channel, text: str, thread_ts: str = "", *, legacy: bool = False
    ) -> Message:
        """Another app's bot writes: with a `bot_id`, and when legacy as a `bot_message`."""
        place = self._workspace.channel(channel)
        author: dict[str, Any] = {"user": cast.MONITOR.id}
        if legacy:
            author = {"subtype": "bot_message", "username": cast.MONITOR.real_name}
        return self._workspace.post(
            place.id,
            text=compose(text, rich=False).text,
            thread_ts=self._root(channel, thread_ts),
            bot_id=cast.MONITOR.bot_id,
            app_id=cast.MONITOR_APP,
            **author,
        )

    @on_loop
    def redeliver(self, what: Delivery | Message) -> list[Delivery]:
        """Send the very same event (or all events about a message) again, ids unchanged."""
        announcer = self._stage.announcer
        earlier = [what] if isinstance(what, Delivery) else announcer.about(what.ts)
        return [announcer.dispatch(d.kind, d.payload) for d in earlier]

    def _write(
        self,
        user: str | User,
        channel: str | Channel,
        text: str,
        *,
        rich: bool = True,
        **fields: Any,
    ) -> Message:
        person, place = self._member(user, channel)
        body = compose(text, known=self._workspace.users, rich=rich)
        return self._workspace.post(
            place.id,
            user=person.id,
            text=body.text,
            blocks=body.blocks,
            client_msg_id=mint.client_msg_id(),
            **fields,
        )

    def _root(self, channel: str | Channel, ts: str) -> str:
        """The thread a reply belongs to; people reply to threads, whichever message they open."""
        return self._existing(channel, ts).root_ts if ts else ""

    def _own(self, user: str | User, channel: str | Channel, ts: str) -> Message:
        message = self._existing(channel, ts)
        if message.user != self._workspace.user(user).id:
            raise ValueError("people edit and delete only what they wrote themselves")
        return message
