"""What people say to each other: nothing is kept of it, and no rule may speak on it.

Whatever is answered in a file of chatter is a problem of the rule that speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.core.rulebook.problems import Problem
from bot.core.text.normalise import read
from bot.core.text.visible import cut
from bot.helpdesk.diagnose import speaks
from bot.helpdesk.drafting import error_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.core.matching.matcher import Matcher
    from bot.helpdesk.desk import Desk
    from bot.helpdesk.incoming import Report

ANSWERED: Final = "chatter-answered"
_SHOWN: Final = 80
_LONG: Final = 2_000
"""Characters that are read while Slack waits; who writes more hardly chats."""


def matters(matcher: Matcher, report: Report) -> bool:
    """Whether anything may follow from it, be it only a rule that is missing.

    What was merely overheard, looks like no error and is known to no rule is chatter. Whatever else
    it is (said to us, in a thread, edited, with a secret in it, long) is for the conversation to
    decide.
    """
    ours = report.direct or report.in_thread or report.edited or report.secrets
    if ours or len(report.text) > _LONG or error_in(report.text) is not None:
        return True
    return speaks(matcher.match(read(report.text)))


def chatter(text: str) -> Iterator[tuple[int, str]]:
    """The messages of a file, one a line, with the number of the line; `#` begins a remark."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def answered(desk: Desk, path: str, text: str) -> Iterator[Problem]:
    """The lines of the file at `path` that would be answered."""
    for number, line in chatter(text):
        if found := desk.matcher.match(read(line)).found:
            rules = ", ".join(match.rule.id for match in found)
            message = f"{rules} would answer “{cut(line, _SHOWN)}”"
            yield Problem(path, number, 1, ANSWERED, message)
