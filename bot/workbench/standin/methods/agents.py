"""assistant.threads.setSuggestedPrompts, agents.sessions.setStatus and .rename.

They are for apps whose manifest has `agent_view`; others are `not_authorized`, as Slack is reported
to answer. The older `assistant.threads.setStatus` and `.setTitle` belong to what Slack gives up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.workbench.standin.agent_view import Offered, Prompt, Session
from bot.workbench.standin.methods.method import Method, joined_channel
from bot.workbench.standin.model import ChannelKind
from bot.workbench.standin.refusal import Refused, unsupported

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Channel, Json

MOST_PROMPTS: Final = 4
LONGEST_TITLE: Final = 200
STATUSES: Final = ("active", "processing", "suspended", "closed")


def set_prompts(desk: Desk, args: Arguments) -> Json:
    """What is offered above the conversation; with `thread_ts` an agent's call does nothing."""
    channel = _agents(desk, args)
    if channel.kind is not ChannelKind.DIRECT:
        raise Refused("channel_not_found")
    prompts = _prompts(args.structure("prompts", "invalid_prompts"))
    if "thread_ts" not in args:
        desk.agent.offer(channel.id, Offered(args.text("title"), prompts))
    return {}


def set_status(desk: Desk, args: Arguments) -> Json:
    """How a session stands; it begins with the first call."""
    channel, status = _agents(desk, args), args.text("status")
    if status not in STATUSES:
        raise unsupported(["must be a valid enum value [json-pointer:/status]"])
    title = _title(args) if "title" in args else ""
    session = Session(
        channel=channel.id, thread_ts=_root(desk, channel, args), status=status, title=title
    )
    begun = desk.agent.begin(session)
    return {"status": begun.status, "title": begun.title}


def rename(desk: Desk, args: Arguments) -> Json:
    """Another title for a session."""
    channel = _agents(desk, args)
    session = desk.agent.sessions.get((channel.id, _root(desk, channel, args)))
    if session is None:
        raise Refused("session_not_found")
    return {"title": desk.agent.rename(session, _title(args)).title}


def _agents(desk: Desk, args: Arguments) -> Channel:
    if not desk.app.agent:
        raise Refused("not_authorized")
    return joined_channel(desk, args, "channel_id")


def _root(desk: Desk, channel: Channel, args: Arguments) -> str:
    ts = args.ts("thread_ts", "invalid_thread_ts")
    found = desk.workspace.find(channel.id, ts)
    if found is None or found.thread_ts:
        raise Refused("thread_not_found")
    return ts


def _title(args: Arguments) -> str:
    title = args.text("title")
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise unsupported([f"must be 1 to {LONGEST_TITLE} characters [json-pointer:/title]"])
    return title


def _prompts(given: Any) -> tuple[Prompt, ...]:
    if not isinstance(given, list) or len(given) > MOST_PROMPTS:
        raise unsupported([f"must be an array of at most {MOST_PROMPTS} [json-pointer:/prompts]"])
    return tuple(_prompt(number, one) for number, one in enumerate(given))


def _prompt(number: int, given: Any) -> Prompt:
    match given:
        case {"title": str(title), "message": str(message)} if title and message:
            return Prompt(title, message)
    raise unsupported([f"title and message are needed [json-pointer:/prompts/{number}]"])


METHODS: Final = {
    "assistant.threads.setSuggestedPrompts": Method(
        run=set_prompts,
        required=("channel_id", "prompts"),
        optional=("thread_ts", "title"),
        scopes=("assistant:write",),
    ),
    "agents.sessions.setStatus": Method(
        run=set_status,
        required=("channel_id", "status", "thread_ts"),
        optional=("title",),
        scopes=("chat:write",),
    ),
    "agents.sessions.rename": Method(
        run=rename, required=("channel_id", "thread_ts", "title"), scopes=("chat:write",)
    ),
}
