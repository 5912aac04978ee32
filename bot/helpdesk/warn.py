"""Somebody posted a password or a token: they are told, privately and before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.core.text.language import Language
from bot.core.wording.reply import Line, LineKind, Reply
from bot.core.wording.sentences import sentence
from bot.helpdesk.diagnose import spoken
from bot.helpdesk.incoming import Report
from bot.helpdesk.outward import Notice, Post
from bot.helpdesk.tasks import task

if TYPE_CHECKING:
    from bot.core.text.redact import Secret
    from bot.helpdesk.incoming import Incoming
    from bot.helpdesk.moment import Moment
    from bot.helpdesk.ports import NewTask

_BETWEEN: Final = {Language.JA: "・", Language.EN: ", "}


def warning(moment: Moment, incoming: Incoming) -> tuple[NewTask, ...]:
    """The notice to the writer of a message with secrets; once a message, edits included."""
    if not (isinstance(incoming, Report) and incoming.secrets):
        return ()
    place, writer = incoming.place, incoming.asker or incoming.who
    reply = _reply(incoming.secrets, spoken(incoming, moment.policy.language))
    # where only the two of us read, an ordinary message is private, and it stays
    if place.in_dm:
        body: Post | Notice = Post(place, place.key, 0, reply, tracked=False)
    else:
        body = Notice(place, writer, reply)
    return (task(place, f"{incoming.ts or moment.now}:secret", body),)


def _reply(secrets: tuple[Secret, ...], language: Language) -> Reply:
    kinds = _BETWEEN[language].join(sentence(f"secret_{kind.value}", language) for kind in secrets)
    return Reply(
        (
            Line(sentence("secret_seen", language, what=kinds), LineKind.LEAD),
            Line(sentence("secret_change", language)),
        )
    )
