"""`/firstcheck ask TEXT`, `/firstcheck TEXT`, `/firstcheck help`; for staff `/firstcheck reload`.

`/firstcheck mydata` and `/firstcheck forget` are about what is kept of the person who types them.

A command has no thread to answer in, so what follows goes on in the direct message with the person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.core.text.redact import looked_through
from bot.core.wording.sentences import in_both
from bot.helpdesk import own_data
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place, ReloadAsked, Wish
from bot.helpdesk.outward import OpenDm
from bot.slack.extract import bounded, undo_markup
from bot.slack.ids import Wire
from bot.slack.wire import Accepted, Ignored, team_key, text_at

if TYPE_CHECKING:
    from bot.slack.settings import SlackSettings
    from bot.slack.wire import Decoded, Payload

HELP = {"", "help", "?", "ヘルプ", "使い方"}
RELOAD = {"reload", "リロード", "再読み込み"}
_OWN: Final = {
    Wish.SHOW: (
        {"mydata", "my data", "my-data"},
        {"私のデータ", "自分のデータ", "わたしのデータ", "マイデータ"},
    ),
    Wish.ASK: (
        {"forget", "forget me", "forgetme", "delete my data"},
        {"忘れて", "忘れてください", "わすれて", "データを削除", "私のデータを削除"},
    ),
}
"""In English and in Japanese."""


def command(body: Payload, settings: SlackSettings) -> Decoded:
    """A slash command → the opening of a direct message, a reading of the rules, or the help."""
    who, trigger = text_at(body, "user_id"), text_at(body, "trigger_id")
    if text_at(body, "command") != Wire.COMMAND:
        return Ignored("unknown command")
    text = _question(bounded(undo_markup(text_at(body, "text"))))
    if text.lower() in HELP or not (who and trigger):
        return Accepted(say=in_both("help"))
    team = team_key(text_at(body, "enterprise_id"), text_at(body, "team_id"))
    if text.lower() in RELOAD:
        return _reload(body, team, settings)
    if wanted := _wanted(text.lower()):
        about = own_data.asked(team, trigger, who, *wanted)
        task = new_task(f"trigger:{trigger}", about.place.key, about)
        return Accepted((task,), in_both("own_asked"))
    said = looked_through(text)
    opening = OpenDm(team=team, who=who, text=said.text, ts="", secrets=said.secrets)
    task = new_task(f"trigger:{trigger}", f"{team}:command:{trigger}", opening)
    return Accepted((task,), in_both("asked_in_dm"))


def _wanted(text: str) -> tuple[Wish, str] | None:
    """What is asked about one's own data, and in which language: English words may be anybody's."""
    words = text.rstrip("。.!！")
    for wish, (english, japanese) in _OWN.items():
        if words in english | japanese:
            return wish, "ja" if words in japanese else ""
    return None


def _question(text: str) -> str:
    """The text without the subcommand `ask`; full-width blanks are typed too."""
    first, *rest = text.split(maxsplit=1) or [""]
    return rest[0] if rest and first.lower() == "ask" else "" if first.lower() == "ask" else text


def _reload(body: Payload, team: str, settings: SlackSettings) -> Decoded:
    who, trigger = text_at(body, "user_id"), text_at(body, "trigger_id")
    channel = text_at(body, "channel_id")
    if not (who in settings.staff or (channel and channel == settings.triage_channel)):
        return Accepted(say=in_both("reload_staff_only"))
    place = Place(team, "reload", trigger)
    task = new_task(f"trigger:{trigger}", place.key, ReloadAsked(place, who))
    return Accepted((task,), in_both("reload_started"))
