"""The rules were read again: what changed, or what is wrong, said to staff in both languages.

Who asked for it is told in a direct message. A version with problems is told once to the triage
channel, and once more when its problems are gone, whoever or whatever had the rules read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.core.rulebook.model import Rule, Rulebook
from bot.core.rulebook.problems import Problem
from bot.core.text.language import Language
from bot.core.wording.reply import Line, LineKind, Reply
from bot.core.wording.sentences import sentence
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place
from bot.helpdesk.outward import OpenDm, Post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.helpdesk.incoming import ReloadAsked
    from bot.helpdesk.ports import NewTask

_NAMED: Final = 12
"""So many rules, or problems, are named; of the others the number is told."""
_LANE: Final = "rules"
"""The team in the lane of what is told about rules: it belongs to no conversation."""


@dataclass(frozen=True, slots=True)
class News:
    """What came of reading the rules again."""

    before: Rulebook
    """In force until now."""
    after: Rulebook
    """In force from now on: the same as before where the files have problems."""
    found: Rulebook
    """What the files hold."""
    problems: tuple[Problem, ...] = ()
    mended: str = ""
    """The `fault` of the reading before this one, if it had one and this has none."""

    @property
    def fault(self) -> str:
        """A name for just what is wrong, the same wherever it is read; empty if nothing is."""
        if self.found.rules and not self.problems:
            return ""
        wrong = repr((self.before.version, self.problems, self.found.version))
        return hashlib.sha256(wrong.encode()).hexdigest()[:16]


def answer(asked: ReloadAsked, news: News) -> NewTask:
    """Tells who asked, in a direct message."""
    opening = OpenDm(asked.place.team, asked.who, "", "", reply=told(news))
    return new_task(f"reloaded:{asked.place.key}", asked.place.key, opening)


def announcement(news: News, channel: str) -> NewTask | None:
    """Tells the triage channel that the rules are broken, or mended; else None.

    The same fault has the same id, so that several processes and repeated readings tell it once.
    """
    if not (news.fault or news.mended):
        return None
    kind, name = ("broken", news.fault) if news.fault else ("mended", news.mended)
    lane = Place(_LANE, channel, name).key
    post = Post(Place(_LANE, channel), lane, 0, told(news), tracked=False)
    return new_task(f"rules:{kind}:{name}", lane, post)


def told(news: News) -> Reply:
    """What changed, or what is wrong."""
    return Reply(tuple(_broken(news) if news.fault else _changed(news)))


def _broken(news: News) -> Iterator[Line]:
    if news.found.rules or news.problems:
        yield from _both("reload_broken", LineKind.LEAD, count=str(len(news.problems)))
    else:
        yield from _both("reload_empty", LineKind.LEAD)
    yield from (Line(str(problem), LineKind.QUOTE) for problem in news.problems[:_NAMED])
    if more := len(news.problems[_NAMED:]):
        yield from _both("reload_more", LineKind.BODY, count=str(more))
    yield from _both("reload_kept", LineKind.SMALL, version=news.after.version)


def _changed(news: News) -> Iterator[Line]:
    old, new = ({rule.id: rule for rule in book.rules} for book in (news.before, news.after))
    changed = [i for i in old.keys() & new.keys() if not _same(old[i], new[i])]
    lead = "reload_same" if news.before.version == news.after.version else "reload_done"
    numbers = {"count": str(len(new)), "version": news.after.version}
    yield from _both("reload_mended" if news.mended else lead, LineKind.LEAD, **numbers)
    for key, ids in (
        ("reload_new", new.keys() - old.keys()),
        ("reload_changed", changed),
        ("reload_gone", old.keys() - new.keys()),
    ):
        if ids:
            yield from _both(key, LineKind.BODY, list=_named(sorted(ids)))


def _same(one: Rule, other: Rule) -> bool:
    return replace(one, path="") == replace(other, path="")


def _named(ids: Sequence[str]) -> str:
    more = f" … +{len(ids) - _NAMED}" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


def _both(key: str, kind: LineKind, **values: str) -> Iterator[Line]:
    return (Line(sentence(key, language, **values), kind) for language in Language)
