"""A local stand-in for Slack: a workspace, its people, and the wire the bot speaks.

It serves the Web API, Socket Mode and signed Events API requests on this machine only, to the
unchanged Slack SDK. What it does not support it refuses with Slack's own errors. In reading order:

1. `server`      `Standin`, the whole; `thread` runs it for sync code; `http` has its routes
2. `model`, `workspace`, `views`, `agent_view`, `cast`   the workspace; who is in it at the start
3. `people` (`writing`, `interacting`)     what people do there
4. `announcer`, `payloads`, `composer`     how the app hears of it
5. `deliveries`, `socket_mode`, `events_api`   the way to the app: acks and retries
6. `web_api`, `methods`, `arguments`, `block_kit`   the way from the app, judged as Slack does
7. `grants`, `neighbours`   an app that many workspaces install: OAuth, tokens, one address for all
8. `faults`      what can go wrong in between; `feed`   what a page shows live
"""

from __future__ import annotations

from bot.workbench.standin.app_settings import AppSettings
from bot.workbench.standin.block_kit import pings
from bot.workbench.standin.deliveries import Delivery, DeliveryKind, Timings
from bot.workbench.standin.faults import Faults
from bot.workbench.standin.files import Upload
from bot.workbench.standin.grants import Grants
from bot.workbench.standin.model import Channel, ChannelKind, Message, Team, User, View
from bot.workbench.standin.neighbours import Neighbours
from bot.workbench.standin.people import People
from bot.workbench.standin.server import Options, Standin
from bot.workbench.standin.thread import StandinThread
from bot.workbench.standin.web_api import Tokens

__all__ = [
    "AppSettings",
    "Channel",
    "ChannelKind",
    "Delivery",
    "DeliveryKind",
    "Faults",
    "Grants",
    "Message",
    "Neighbours",
    "Options",
    "People",
    "Standin",
    "StandinThread",
    "Team",
    "Timings",
    "Tokens",
    "Upload",
    "User",
    "View",
    "pings",
]
