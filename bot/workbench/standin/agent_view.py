"""What Slack shows of an app that is an agent: prompts above a conversation, and its sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.workbench.standin.model import Change, ChangeKind


@dataclass(frozen=True, slots=True)
class Prompt:
    """A message somebody can send with one press."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What stands above a direct message."""

    title: str = ""
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A thread, in the person's list of conversations with the agent."""

    channel: str
    thread_ts: str
    status: str
    title: str = ""


@dataclass(slots=True)
class AgentView:
    """Prompts by channel, sessions by thread; `tell` hears of every change."""

    tell: Callable[[Change], None]
    offered: dict[str, Offered] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Session] = field(default_factory=dict)

    def offer(self, channel: str, offered: Offered) -> None:
        """Put these in place of those before."""
        self.offered[channel] = offered
        self.tell(Change(kind=ChangeKind.PROMPTS_SET, channel=channel))

    def begin(self, session: Session) -> Session:
        """A new session; one that is there already keeps its title."""
        old = self.sessions.get((session.channel, session.thread_ts))
        return self._put(replace(old, status=session.status) if old else session)

    def rename(self, session: Session, title: str) -> Session:
        """The session under another title."""
        return self._put(replace(session, title=title))

    def _put(self, session: Session) -> Session:
        self.sessions[session.channel, session.thread_ts] = session
        self.tell(Change(kind=ChangeKind.SESSION_CHANGED, channel=session.channel))
        return session
