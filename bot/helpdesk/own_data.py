"""A person asks what is kept of them, or wants it forgotten: answered in their direct message.

Forgetting is asked for once more with a button, and whoever presses it is who is forgotten. What
tells of it is forgotten as soon as it is posted, so that no copy is left of what was shown.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.core.text.language import Language
from bot.core.text.visible import cut
from bot.core.wording.reply import Action, Button, Line, LineKind, Reply
from bot.core.wording.sentences import sentence
from bot.helpdesk.codec import INBOUND, KIND_OF
from bot.helpdesk.incoming import OwnDataAsked, Place, Wish
from bot.helpdesk.moment import Outcome
from bot.helpdesk.outcomes import tally_of
from bot.helpdesk.outward import OpenDm, Post, Settle
from bot.helpdesk.ports import Done
from bot.helpdesk.tasks import task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.helpdesk.incoming import Press
    from bot.helpdesk.moment import Moment
    from bot.helpdesk.ports import Json, Kept, NewTask, PersonalData

BUTTONS: Final = {Action.FORGET, Action.KEEP}
_SHOWN: Final = 20
"""So many of the person's messages, and of their cases, are shown; of the others the number."""
_LETTERS: Final = 300


def asked(team: str, trigger: str, who: str, wish: Wish, language: str) -> OwnDataAsked:
    """What somebody wants, in a lane of its own."""
    return OwnDataAsked(Place(team, "own", trigger), who, wish, language)


def pressed(moment: Moment, press: Press) -> Outcome:
    """They confirmed it, or thought better of it."""
    language = _language(press.value) or moment.policy.language
    own = Place(press.place.team, "own", press.message_ts)
    sure = press.action is Action.FORGET
    reply = Reply((Line(sentence("forget_begun" if sure else "forget_not", language)),))
    settle = Settle(press.place, press.place.key, 0, reply, press.message_ts)
    tasks = [task(own, press.action.value, settle)]
    if sure:  # in the same lane, so that it comes after
        wanted = OwnDataAsked(own, press.who, Wish.FORGET, language.value, press.place)
        tasks.append(task(own, press.who, wanted))
    return Outcome(state=moment.state, tasks=tuple(tasks))


def do(asked: OwnDataAsked, people: PersonalData, now: float, default: Language) -> Done:
    """What follows. Raises StorageError."""
    team, who = asked.place.team, asked.who
    language = _language(asked.language)
    if asked.wish is Wish.FORGET and asked.direct:
        people.forget(who, now, team, asked.place.key)
        reply = Reply((Line(sentence("forget_done", language or default)),))
        post = Post(asked.direct, asked.direct.key, 0, reply, tracked=False, brief=True)
        return Done(new=(task(asked.place, "gone", post),), erase=True)
    kept = people.kept_of(who, team)
    spoken = language or _spoken(kept, who) or default
    reply = shown(kept, who, spoken) if asked.wish is Wish.SHOW else _sure(spoken)
    return Done(new=(_direct(asked, reply),))


def _direct(asked: OwnDataAsked, reply: Reply) -> NewTask:
    opening = OpenDm(asked.place.team, asked.who, "", "", reply=reply, brief=True)
    return task(asked.place, asked.wish.value, opening)


def _sure(language: Language) -> Reply:
    return Reply(
        (
            Line(sentence("forget_sure", language), LineKind.LEAD),
            Line(sentence("forget_what", language)),
            Line(sentence("forget_stays", language), LineKind.SMALL),
        ),
        (
            Button(sentence("button_forget", language), Action.FORGET, language.value, "danger"),
            Button(sentence("button_keep", language), Action.KEEP, language.value),
        ),
    )


def shown(kept: Kept, who: str, language: Language) -> Reply:
    """What is kept of the person, for themselves: their words, and what became of their cases."""
    return Reply(tuple(_lines(kept, who, language)))


def _lines(kept: Kept, who: str, language: Language) -> Iterator[Line]:
    written = [(_when(body, row), text) for row, body in _own(kept, who) if (text := _text(body))]
    did = sum(1 for _, body in _own(kept, who) if not _text(body))
    cases = [state for state in kept.states if _is_asker(state["state"], who)]
    if not (written or did or cases):
        yield Line(sentence("own_nothing", language), LineKind.LEAD)
        return
    yield Line(sentence("own_shown", language), LineKind.LEAD)
    counts = {"written": len(written), "did": did, "cases": len(cases)}
    numbers = {name: str(number) for name, number in counts.items()}
    yield Line(sentence("own_counts", language, **numbers))
    for case in cases[:_SHOWN]:
        if tally := tally_of(case["key"], case["state"]):
            ended, rule = sentence(f"own_{tally.ended}", language), tally.rule or "–"
            yield Line(sentence("own_case", language, day=tally.day, rule=rule, ended=ended))
    for when, text in sorted(written, reverse=True)[:_SHOWN]:
        yield Line(cut(f"{when}  {text}", _LETTERS), LineKind.QUOTE)
    if more := max(0, len(written) - _SHOWN) + max(0, len(cases) - _SHOWN):
        yield Line(sentence("own_more", language, count=str(more)))
    yield Line(sentence("own_whole", language, who=who), LineKind.SMALL)
    yield Line(sentence("own_forget", language), LineKind.SMALL)


def _own(kept: Kept, who: str) -> Iterator[tuple[Json, Json]]:
    """What the person wrote and pressed; not that they ask now."""
    for row in kept.tasks:
        body = row["body"]
        if row["kind"] in INBOUND and row["kind"] != KIND_OF[OwnDataAsked]:
            author = body.get("asker") or body.get("who")
            if author == who:
                yield row, body


def _text(body: Json) -> str:
    return " ".join(str(body.get("text") or "").split())


def _when(body: Json, row: Json) -> str:
    try:
        at = float(body.get("ts") or row["done_at"] or row["due_at"])
    except ValueError:
        at = float(row["done_at"] or row["due_at"])
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _is_asker(state: Json, who: str) -> bool:
    return bool((state.get("case") or {}).get("asker") == who)


def _language(value: str) -> Language | None:
    return Language(value) if value in set(Language) else None


def _spoken(kept: Kept, who: str) -> Language | None:
    """The language of their latest case."""
    cases = [row["state"]["case"] for row in kept.states if _is_asker(row["state"], who)]
    cases.sort(key=lambda case: float(case.get("opened_at") or 0.0))
    return _language(str(cases[-1].get("language", ""))) if cases else None
