"""What those who run the bot are told in the triage channel: work that could not be done.

A notice is a task as any other, with an id of its kind, reason and hour: a thousand failures of one
sort are one message. What is posted names no person and quotes nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.core.text.language import Language
from bot.core.wording.reply import Line, LineKind, Reply
from bot.core.wording.sentences import sentence
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place
from bot.helpdesk.outward import Post
from bot.slack.directory import Directory
from bot.slack.ids import failure_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.helpdesk.ports import Lease, NewTask

_OURS: Final = "notice:"
_AN_HOUR: Final = 3600
_A_DAY: Final = 86400


@dataclass(frozen=True, slots=True)
class Operators:
    """Who is told, where and in which language; without a channel nobody is."""

    channel: str = ""
    language: Language = Language.JA
    directory: Directory | None = None
    """Where there are many workspaces, each is told in its own channel and language."""

    def set_aside(self, lease: Lease, error: str, now: float) -> Sequence[NewTask]:
        """That this task was given up for `error`: a code or a place in the program, no text."""
        kind, reason = lease.task.kind, error.split(" ", 1)[0]
        name = f"set_aside:{kind}:{reason}:{int(now // _AN_HOUR)}"
        token = failure_token(lease.task.id)
        return self._of_task(lease, name, "set_aside", kind=kind, reason=reason, token=token)

    def unknown_kind(self, lease: Lease, now: float) -> Sequence[NewTask]:
        """That this task waits for another version."""
        kind = lease.task.kind
        name = f"unknown_kind:{kind}:{int(now // _A_DAY)}"
        return self._of_task(lease, name, "unknown_kind", kind=kind)

    def install_again(self, team: str, row: str, until: str, url: str) -> Sequence[NewTask]:
        """That its token can be renewed no more; once for each installation."""
        return self._notice(team, f"install_again:{row}", "install_again", until=until, url=url)

    def _of_task(self, lease: Lease, name: str, key: str, **values: str) -> Sequence[NewTask]:
        if lease.task.id.startswith(_OURS):
            return ()  # a notice that cannot be posted is not worth another
        return self._notice(lease.lane.split(":", 1)[0], name, key, **values)

    def _notice(self, team: str, name: str, key: str, **values: str) -> Sequence[NewTask]:
        channel, language = self._told_where(team)
        if not channel:
            return ()
        place = Place(team, channel)
        lines = (
            Line(sentence(key, language, **values), LineKind.LEAD),
            Line(sentence(f"{key}_more", language, **values), LineKind.SMALL),
        )
        post = Post(place, place.key, 0, Reply(lines), tracked=False)
        return (new_task(f"{_OURS}{place.team}:{name}", place.key, post),)

    def _told_where(self, team: str) -> tuple[str, Language]:
        if self.directory is None:
            return self.channel, self.language
        theirs = self.directory.settings(team)
        return (theirs.triage_channel if theirs else ""), self.directory.language(team)
