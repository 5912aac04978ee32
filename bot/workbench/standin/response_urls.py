"""`response_url`s: five posts in half an hour, in answer to one interaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.workbench.standin import mint
from bot.workbench.standin.arguments import Arguments
from bot.workbench.standin.methods.chat import POST_LIMIT, author, body_of, thread_of
from bot.workbench.standin.model import Message
from bot.workbench.standin.refusal import Refused, unsupported

if TYPE_CHECKING:
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Json

USES: Final = 5
SECONDS: Final = 30 * 60
_KNOWN: Final = frozenset(
    ("text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts")
)


@dataclass(slots=True)
class _Address:
    user: str
    channel: str
    message: Message | None
    """The message that was pressed; None after a command."""
    until: float
    uses: int = 0


class ResponseUrls:
    """The addresses handed out, and what may still be posted to them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._issued: dict[str, _Address] = {}

    def issue(self, user: str, channel: str, message: Message | None = None) -> str:
        """A fresh address for what this person just did."""
        secret = mint.token("")
        until = self._desk.workspace.clock.now() + SECONDS
        self._issued[secret] = _Address(user, channel, message, until)
        return f"{self._desk.origin()}/response/{secret}"

    def post(self, secret: str, body: Json) -> None:
        """Do what the body says. Raises Refused."""
        address = self._issued.get(secret)
        if address is None:
            raise Refused("invalid_url")
        if self._desk.workspace.clock.now() > address.until:
            raise Refused("expired_url")
        if address.uses >= USES:
            raise Refused("used_url")
        if strange := sorted(set(body) - _KNOWN):
            raise unsupported([f"unsupported argument: {name}" for name in strange])
        self.respond(address, Arguments(body))
        address.uses += 1

    def acknowledge(self, user: str, channel: str, body: Json) -> None:
        """A command answered with its acknowledgement: the same, without an address."""
        self.respond(_Address(user, channel, None, 0.0), Arguments(body))

    def respond(self, address: _Address, args: Arguments) -> None:
        """Post, replace or delete. Raises Refused."""
        original = self._current(address.message)
        if args.flag("delete_original"):
            self._delete(original)
        elif args.flag("replace_original"):
            self._replace(original, args)
        else:
            self._say(address, args)

    def _current(self, message: Message | None) -> Message | None:
        if message is None:
            return None
        workspace = self._desk.workspace
        if message.only_for:
            return workspace.find_ephemeral(message.ts)
        return workspace.find(message.channel, message.ts)

    def _delete(self, original: Message | None) -> None:
        if original is None:
            raise Refused("message_not_found")
        self._desk.workspace.delete(original)

    def _replace(self, original: Message | None, args: Arguments) -> None:
        if original is None:
            raise Refused("message_not_found")
        self._desk.workspace.change(original, **body_of(args, POST_LIMIT))

    def _say(self, address: _Address, args: Arguments) -> None:
        kind = args.text("response_type", "ephemeral")
        if kind not in {"ephemeral", "in_channel"}:
            raise unsupported(["must be a valid enum value [json-pointer:/response_type]"])
        workspace = self._desk.workspace
        channel = workspace.channels[address.channel]
        fields = author(self._desk) | body_of(args, POST_LIMIT)
        fields["thread_ts"] = thread_of(self._desk, args, channel)
        if kind == "in_channel":
            workspace.post(channel.id, **fields)
        else:
            workspace.whisper(channel.id, address.user, **fields)
