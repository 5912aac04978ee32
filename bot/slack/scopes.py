"""What we ask Slack for, each with its reason; nothing more than what is used.

The app manifest is made from these tables, and `firstcheck doctor` looks whether all was granted.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.core.rulebook.model import Bilingual
from bot.core.text.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Grant:
    """A scope of the bot."""

    name: str
    reason: Bilingual
    optional: bool = False
    """Without it something small is missing, and nothing fails."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """An event we are sent."""

    name: str
    reason: str
    scope: str = ""
    """What Slack demands for it."""
    type: str = ""
    """The event's `type`, where that differs from its name in the manifest."""

    @property
    def key(self) -> str:
        """What `bot.slack.decode` finds its listener by."""
        return self.type or self.name


BOT_SCOPES: Final = (
    Grant(
        "app_mentions:read",
        Bilingual("to answer when somebody mentions the bot", "メンションされたときに答えるため"),
    ),
    Grant(
        "channels:history",
        Bilingual(
            "to see errors pasted in public channels it was invited to, and to find its own posts"
            " again",
            "招待されたパブリックチャンネルに貼られたエラーを読むため。自分の投稿を確かめるため",
        ),
    ),
    Grant(
        "groups:history",
        Bilingual(
            "to see errors pasted in private channels it was invited to, and to find its own posts"
            " again",
            "招待されたプライベートチャンネルに貼られたエラーを読むため。自分の投稿を確かめるため",
        ),
    ),
    Grant(
        "im:history",
        Bilingual("to see what is written to it directly", "ダイレクトメッセージを読むため"),
    ),
    Grant(
        "chat:write",
        Bilingual(
            "to answer, to take the buttons off its answers, and to name a thread of its direct"
            " message",
            "回答するため。済んだ回答からボタンを外すため。ダイレクトメッセージのスレッドに名前を付けるため",
        ),
    ),
    Grant(
        "im:write",
        Bilingual(
            "to open the direct message that /firstcheck answers in",
            "/firstcheck の回答用にダイレクトメッセージを開くため",
        ),
    ),
    Grant(
        "commands",
        Bilingual(
            "for /firstcheck and the shortcut in a message's menu",
            "/firstcheck と、メッセージのメニューにあるショートカットのため",
        ),
    ),
    Grant(
        "assistant:write",
        Bilingual(
            "to be an agent, and to offer examples to who opens its direct message;"
            " it works without, too",
            "エージェントとして表示され、ダイレクトメッセージを開いた人に例を示すため（なくても動きます）",
        ),
        optional=True,
    ),
)

APP_SCOPE: Final = "connections:write"
"""For Socket Mode, on the app-level token."""

EVENTS: Final = (
    Subscription(
        "app_mention",
        "a mention, also in a thread the bot has not spoken in",
        scope="app_mentions:read",
    ),
    Subscription(
        "message.channels",
        "messages in public channels it was invited to",
        scope="channels:history",
        type="message",
    ),
    Subscription(
        "message.groups",
        "messages in private channels it was invited to",
        scope="groups:history",
        type="message",
    ),
    Subscription("message.im", "direct messages", scope="im:history", type="message"),
    Subscription("app_home_opened", "somebody opened its direct message"),
)

LEAVING_EVENTS: Final = (
    Subscription("app_uninstalled", "a workspace removed the app"),
    Subscription("tokens_revoked", "a workspace revoked its token"),
    Subscription("team_access_revoked", "an organisation took the app from some of its workspaces"),
)
"""Where many workspaces install the app; one alone need not know."""

METHODS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "agents.sessions.rename": ("chat:write",),
        "agents.sessions.setStatus": ("chat:write",),
        "apps.connections.open": (APP_SCOPE,),
        "assistant.threads.setSuggestedPrompts": ("assistant:write",),
        "auth.test": (),
        "chat.postEphemeral": ("chat:write",),
        "chat.postMessage": ("chat:write",),
        "chat.update": ("chat:write",),
        "conversations.history": ("channels:history", "groups:history", "im:history"),
        "conversations.open": ("im:write",),
        "conversations.replies": ("channels:history", "groups:history", "im:history"),
    }
)
"""Every method we call and the scopes it takes: for each kind of channel its own."""


def scope_table(language: Language) -> str:
    """The scopes and their reasons, for the guide to deployment."""
    head = "| スコープ | 理由 |" if language is Language.JA else "| Scope | Needed |"
    rows = (f"| `{grant.name}` | {grant.reason.in_(language)} |" for grant in BOT_SCOPES)
    return "\n".join([head, "| --- | --- |", *rows])
