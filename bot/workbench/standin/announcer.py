"""Turns what happens in the workspace into the events the app subscribed to."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from bot.workbench.standin import payloads
from bot.workbench.standin.deliveries import Delivery, DeliveryKind
from bot.workbench.standin.model import ChangeKind, ChannelKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workbench.standin.app_settings import AppSettings
    from bot.workbench.standin.deliveries import Courier
    from bot.workbench.standin.model import Change, Json, Message
    from bot.workbench.standin.workspace import Workspace

REMEMBERED: Final = 2000

_MESSAGE_EVENT: Final = {
    ChannelKind.PUBLIC: "message.channels",
    ChannelKind.PRIVATE: "message.groups",
    ChannelKind.DIRECT: "message.im",
}


class Announcer:
    """Tells the app what it may know: only of channels its bot is in."""

    def __init__(self, app: AppSettings, workspace: Workspace, courier: Courier) -> None:
        self._app = app
        self._workspace = workspace
        self._courier = courier
        self.deliveries: deque[Delivery] = deque(maxlen=REMEMBERED)
        """Everything sent to the app, oldest first."""

    def hear(self, change: Change) -> None:
        """Send the events of a change, if the app gets any."""
        if change.message is not None and not change.message.only_for:
            self._hear_of_message(change, change.message)
        elif change.kind is ChangeKind.MEMBER_JOINED:
            self.send_if("member_joined_channel", self._joined(change))

    def send_event(self, event: Json) -> Delivery:
        """Send an event, whatever the app subscribed to."""
        return self.dispatch(DeliveryKind.EVENT, payloads.event_callback(event, self._workspace))

    def send_if(self, subscription: str, event: Json) -> None:
        """Send an event of a channel, if the bot is in it and the app subscribed."""
        item = event.get("item", {})
        channel = self._workspace.channels[event.get("channel") or item["channel"]]
        is_member = self._workspace.bot.id in channel.members
        if is_member and subscription in self._app.events:
            self.send_event(event)

    def dispatch(
        self, kind: DeliveryKind, payload: Json, then: Callable[[Delivery], None] | None = None
    ) -> Delivery:
        """Send a payload as it is (again); `then` hears how it ended."""
        delivery = Delivery(kind, payload)
        self.deliveries.append(delivery)
        return self._courier.send(delivery, then)

    def about(self, ts: str) -> list[Delivery]:
        """Every event sent about the message with this ts."""
        return [
            d
            for d in self.deliveries
            if ts in (d.event.get("ts"), d.event.get("message", {}).get("ts"))
        ]

    def _hear_of_message(self, change: Change, message: Message) -> None:
        channel = self._workspace.channels[change.channel]
        subscribed = _MESSAGE_EVENT[channel.kind]
        match change.kind:
            case ChangeKind.MESSAGE_POSTED:
                self.send_if(subscribed, payloads.message_event(message, self._workspace))
                if self._mentions_bot(message):
                    self.send_if("app_mention", payloads.mention_event(message, self._workspace))
            case ChangeKind.MESSAGE_UPDATED if change.previous is not None:
                event = payloads.changed_event(message, change.previous, self._workspace)
                self.send_if(subscribed, event)
            case ChangeKind.MESSAGE_DELETED:
                self.send_if(subscribed, payloads.deleted_event(message, self._workspace))
            case ChangeKind.REACTION_ADDED | ChangeKind.REACTION_REMOVED:
                self.send_if(str(change.kind), self._reaction(change, message))

    def _mentions_bot(self, message: Message) -> bool:
        channel = self._workspace.channels[message.channel]
        mentioned = f"<@{self._workspace.bot.id}>" in message.text
        return mentioned and channel.kind is not ChannelKind.DIRECT and not message.bot_id

    def _reaction(self, change: Change, message: Message) -> Json:
        return {
            "type": str(change.kind),
            "user": change.user,
            "reaction": change.note,
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "item_user": message.user,
            "event_ts": self._workspace.clock.ts(),
        }

    def _joined(self, change: Change) -> Json:
        return {
            "type": "member_joined_channel",
            "user": change.user,
            "channel": change.channel,
            "channel_type": "C",
            "team": self._workspace.team.id,
            "event_ts": self._workspace.clock.ts(),
        }
