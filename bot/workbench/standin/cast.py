"""The people and channels a fresh stand-in starts with. Ids are fixed, so that tests read well."""

from __future__ import annotations

from typing import Final

from bot.workbench.standin.model import Channel, ChannelKind, Team, User

TEAM: Final = Team(id="T0FIRSTCHK", name="さくら商事", domain="sakura-trading")
PARTNER_TEAM: Final = "T0PARTNER1"
APP_ID: Final = "A0FIRSTCHK"
BOT_ID: Final = "B0FIRSTCHK"

BOT: Final = User(
    id="U0FIRSTBOT",
    handle="firstcheck",
    real_name="Firstcheck",
    display_name="Firstcheck",
    team=TEAM.id,
    locale="en-US",
    bot_id=BOT_ID,
)
MONITOR: Final = User(
    id="U0MONITOR1",
    handle="monitor",
    real_name="Monitor",
    display_name="Monitor",
    team=TEAM.id,
    locale="en-US",
    bot_id="B0MONITOR1",
)
"""Another app's bot, whose posts ours must leave alone."""
MONITOR_APP: Final = "A0MONITOR1"
SAKURA: Final = User(
    id="U0SAKURA01",
    handle="sakura",
    real_name="田中 さくら",
    display_name="田中 さくら / Sakura Tanaka",
    team=TEAM.id,
)
ALEX: Final = User(
    id="U0ALEX0001",
    handle="alex",
    real_name="Alex Miller",
    display_name="Alex Miller",
    team=TEAM.id,
    locale="en-US",
)
SATO: Final = User(
    id="U0SATO0001",
    handle="sato",
    real_name="佐藤 健",
    display_name="佐藤 健 (helpdesk)",
    team=TEAM.id,
)
DANA: Final = User(
    id="U0DANA0001",
    handle="dana",
    real_name="Dana Ortiz",
    display_name="Dana Ortiz (partner)",
    team=PARTNER_TEAM,
    locale="en-US",
)
PEOPLE: Final = (SAKURA, ALEX, SATO, DANA)

_COLLEAGUES: Final = (SAKURA.id, ALEX.id, SATO.id)
HELP_IT: Final = Channel(id="C0HELPIT01", name="help-it", members=(*_COLLEAGUES, BOT.id))
GENERAL: Final = Channel(id="C0GENERAL1", name="general", members=_COLLEAGUES)
TRIAGE: Final = Channel(id="C0TRIAGE01", name="helpdesk-triage", members=(SATO.id, BOT.id))
PARTNER: Final = Channel(
    id="C0PARTNER1", name="partner-acme", members=(SAKURA.id, DANA.id, BOT.id), shared=True
)
CHANNELS: Final = (HELP_IT, GENERAL, TRIAGE, PARTNER)


def direct_message(user: User) -> Channel:
    """The channel of one person with the bot; its id follows from the person's."""
    return Channel(
        id="D" + user.id[1:],
        name=f"dm-{user.handle}",
        kind=ChannelKind.DIRECT,
        members=(user.id, BOT.id),
    )
