"""The settings: each field is one, with its name, its reader, its default and what it is for.

This is the only list. The README's table, `firstcheck doctor` and the example environment file
are made from it, so a setting cannot exist without being documented.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bot.config import readers
from bot.config.setting import Setting, setting
from bot.core.rulebook.model import Bilingual
from bot.core.text.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping


class Mode(StrEnum):
    """How the bot meets people."""

    SOCKET = "socket"
    """Slack, through a connection it opens itself: no public address needed."""
    HTTP = "http"
    """Slack, which calls it at a public address."""
    WORKBENCH = "workbench"
    """No Slack: the local page."""


class WhoMayAnswer(StrEnum):
    """Whose button presses count in somebody's conversation."""

    ASKER_AND_STAFF = "asker_and_staff"
    ANYONE = "anyone"


class LogFormat(StrEnum):
    """How log lines look."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything the bot was told, checked and typed. Times are seconds."""

    bot_token: str = setting(
        "SLACK_BOT_TOKEN",
        readers.secret("xoxb-", "OAuth & Permissions > Bot User OAuth Token"),
        about="The bot's own token. Without any token it runs without Slack, in the workbench.",
        example="xoxb-…",
        secret=True,
    )
    app_token: str = setting(
        "SLACK_APP_TOKEN",
        readers.secret("xapp-", "Basic Information > App-Level Tokens"),
        about="Token with `connections:write`, for Socket Mode (no public address needed).",
        example="xapp-…",
        secret=True,
    )
    signing_secret: str = setting(
        "SLACK_SIGNING_SECRET",
        readers.signing_secret,
        about="Proves that a request comes from Slack; for HTTP mode instead of the app token.",
        example="0123…",
        secret=True,
    )
    client_id: str = setting(
        "SLACK_CLIENT_ID",
        readers.client_id,
        about=(
            "The app's client id, for many workspaces: each installs the app and has a token of "
            "its own. Instead of `SLACK_BOT_TOKEN`."
        ),
        example="1234567890.1234567890",
    )
    client_secret: str = setting(
        "SLACK_CLIENT_SECRET",
        readers.plain_secret,
        about="Goes with the client id.",
        example="0123…",
        secret=True,
    )
    public_url: str = setting(
        "FIRSTCHECK_PUBLIC_URL",
        readers.origin,
        about=(
            "Where people's browsers reach the bot, for many workspaces. They install it at "
            "`/slack/install`; the app's redirect URL is this with `/slack/oauth_redirect`."
        ),
        example="https://firstcheck.example.com",
    )
    token_keys: tuple[str, ...] = setting(
        "FIRSTCHECK_TOKEN_KEYS",
        readers.token_keys,
        about=(
            "Keys the workspaces' tokens are encrypted with (`firstcheck keys new`), the newest "
            "first, separated by commas or lines. `firstcheck keys rotate` encrypts all with the "
            "first."
        ),
        example="…=",
        unset=(),
        secret=True,
    )
    api_url: str = setting(
        "SLACK_API_URL",
        readers.url,
        about="Where Slack's Web API is. Another address is for GovSlack or a test stand-in.",
        default="https://slack.com/api/",
    )
    rules: tuple[Path, ...] = setting(
        "FIRSTCHECK_RULES",
        readers.folders,
        about=(
            "Rule folders, joined as in `PATH`; a rule in a later folder replaces one of the same "
            "id. `shipped` stands for the rules that come with Firstcheck."
        ),
        default="shipped",
        example="shipped:/etc/firstcheck/rules",
    )
    database: str = setting(
        "FIRSTCHECK_DATABASE",
        readers.database,
        about=(
            "Where conversations are kept: a file (three slashes: relative to the working "
            "directory) for one process, or PostgreSQL for any number of them."
        ),
        default="sqlite:///firstcheck.sqlite3",
        example="postgresql://firstcheck@db.example.com/firstcheck",
        secret=True,  # it may hold a password
    )
    triage_channel: str = setting(
        "FIRSTCHECK_TRIAGE_CHANNEL",
        readers.channel_id,
        about="Id of the channel where tickets go. Whoever presses there is staff.",
        example="C0123456789",
    )
    staff: frozenset[str] = setting(
        "FIRSTCHECK_STAFF",
        readers.user_ids,
        about="Ids of helpdesk staff, separated by commas: they may answer in any conversation.",
        example="U0123456789,U9876543210",
        unset=frozenset(),
    )
    who_may_answer: WhoMayAnswer = setting(
        "FIRSTCHECK_WHO_MAY_ANSWER",
        readers.choice(WhoMayAnswer),
        about="Whose button presses count: `asker_and_staff` or `anyone`.",
        default="asker_and_staff",
        example="anyone",
    )
    answer_connect: bool = setting(
        "FIRSTCHECK_ANSWER_CONNECT",
        readers.flag,
        about="Also answer in channels shared with other companies (Slack Connect).",
        default="false",
        example="true",
    )
    language: Language = setting(
        "FIRSTCHECK_LANGUAGE",
        readers.choice(Language),
        about="`ja` or `en`, used when neither the message nor the person's Slack tells.",
        default="ja",
        example="en",
    )
    timezone: tzinfo = setting(
        "FIRSTCHECK_TIMEZONE",
        readers.timezone,
        about="The helpdesk's time zone, by its IANA name.",
        default="Asia/Tokyo",
        example="Europe/London",
    )
    working_hours: readers.Hours = setting(
        "FIRSTCHECK_WORKING_HOURS",
        readers.hours,
        about="When the helpdesk works. `00:00-24:00` is always.",
        default="09:00-18:00",
        example="08:30-17:30",
    )
    working_days: frozenset[int] = setting(
        "FIRSTCHECK_WORKING_DAYS",
        readers.days,
        about="On which days: `mon-fri`, or a list such as `mon,wed,fri`.",
        default="mon-fri",
        example="mon-sat",
    )
    holidays: str = setting(
        "FIRSTCHECK_HOLIDAYS",
        readers.country,
        about="Country whose public holidays are free, as its two-letter code. Empty: none.",
        example="JP",
    )
    nudge_after: float = setting(
        "FIRSTCHECK_NUDGE_AFTER",
        readers.duration("smh", "4h"),
        about="After how much *working* time a silent person is asked once; `0` is never.",
        default="4h",
        example="90m",
    )
    close_after: float = setting(
        "FIRSTCHECK_CLOSE_AFTER",
        readers.duration("smhdw", "7d"),
        about="After how long a silent conversation is closed; `0` is never.",
        default="7d",
        example="3d",
    )
    retention: float = setting(
        "FIRSTCHECK_RETENTION",
        readers.duration("smhdw", "30d"),
        about="How long what people pasted is kept after its conversation ended; `0` is for ever.",
        default="30d",
        example="12w",
    )
    workers: int = setting(
        "FIRSTCHECK_WORKERS",
        readers.whole(1, 64),
        about="Threads that work on conversations. More than 8 slows down the ear to Slack.",
        default="8",
        example="4",
    )
    sockets: int = setting(
        "FIRSTCHECK_SOCKETS",
        readers.whole(1, 10),
        about=(
            "Connections to Slack in Socket Mode, so that one is open while another is replaced. "
            "Slack allows 10 an app: with 3 processes, 3 each."
        ),
        default="2",
        example="3",
    )
    lease: float = setting(
        "FIRSTCHECK_LEASE",
        readers.duration("smh", "30s", least=1, most=1800),
        about=(
            "How long a process may be silent before another takes its conversations over; more "
            "than twice `FIRSTCHECK_SLACK_TIMEOUT`."
        ),
        default="30s",
        example="1m",
    )
    slack_timeout: float = setting(
        "FIRSTCHECK_SLACK_TIMEOUT",
        readers.duration("smh", "10s", least=1, most=300),
        about="How long one request to Slack may take.",
        default="10s",
        example="5s",
    )
    quiet: float = setting(
        "FIRSTCHECK_QUIET",
        readers.duration("smh", "6s", least=1, most=600),
        about=(
            "How long after a post of unknown outcome it is looked for; twice in vain, and it is "
            "posted again. Slack shows a new message to readers some seconds late."
        ),
        default="6s",
        example="10s",
    )
    http_host: str = setting(
        "FIRSTCHECK_HTTP_HOST",
        readers.text,
        about="Address to listen on, in HTTP mode and for `FIRSTCHECK_HEALTH_PORT`.",
        default="127.0.0.1",
        example="0.0.0.0",  # noqa: S104  (an example of a text, nothing is bound)
    )
    http_port: int = setting(
        "FIRSTCHECK_HTTP_PORT",
        readers.whole(1, 65535),
        about="Port to listen on in HTTP mode, and in any mode for the pages of many workspaces.",
        default="3000",
        example="8080",
    )
    health_port: int = setting(
        "FIRSTCHECK_HEALTH_PORT",
        readers.whole(1, 65535),
        about=(
            "Port for `/healthz`, `/readyz` and `/metrics`. Not set: no metrics; HTTP mode has the "
            "other two on `FIRSTCHECK_HTTP_PORT`."
        ),
        example="9090",
        unset=0,
    )
    workbench_port: int = setting(
        "FIRSTCHECK_WORKBENCH_PORT",
        readers.whole(1, 65535),
        about="Port of the local workbench page; it listens on this machine only.",
        default="8422",
        example="8500",
    )
    log_level: str = setting(
        "FIRSTCHECK_LOG_LEVEL",
        readers.log_level,
        about="`DEBUG`, `INFO`, `WARNING` or `ERROR`. No level logs what people paste.",
        default="INFO",
        example="WARNING",
    )
    log_format: LogFormat = setting(
        "FIRSTCHECK_LOG_FORMAT",
        readers.choice(LogFormat),
        about="`text`, or `json` for one JSON object a line.",
        default="text",
        example="json",
    )
    helpdesk_contact_ja: str = setting(
        "FIRSTCHECK_HELPDESK_CONTACT_JA",
        readers.text,
        about="How to reach the helpdesk, in Japanese, said where there is no triage channel.",
        example="内線 1234 のヘルプデスクへご連絡ください。",
    )
    helpdesk_contact_en: str = setting(
        "FIRSTCHECK_HELPDESK_CONTACT_EN",
        readers.text,
        about="The same in English.",
        example="Please call the helpdesk at extension 1234.",
    )

    @property
    def mode(self) -> Mode:
        """How it runs, told by the tokens there are."""
        if not self.bot_token and not self.many:
            return Mode.WORKBENCH
        return Mode.SOCKET if self.app_token else Mode.HTTP

    @property
    def alone(self) -> bool:
        """Whether the database is a file, which no other process can share."""
        return self.database.startswith("sqlite")

    @property
    def many(self) -> bool:
        """Whether workspaces install the app themselves, each with a token of its own."""
        return bool(self.client_id)

    @property
    def helpdesk_contact(self) -> Bilingual:
        """How to reach the helpdesk; a language left out is empty."""
        return Bilingual(en=self.helpdesk_contact_en, ja=self.helpdesk_contact_ja)


SETTINGS: Mapping[str, Setting] = {f.name: f.metadata["setting"] for f in fields(Config)}
"""Every setting by its field in `Config`, in reading order."""

FILE_ABOUT = "A file that holds the secret instead, as Docker, Kubernetes and systemd give them."
CONFIG_FILE = "FIRSTCHECK_CONFIG"
CONFIG_FILE_ABOUT = (
    "Path of an optional TOML file with the same settings: `[firstcheck]` and `[slack]`, names in "
    "lower case without the prefix. The environment wins."
)


def build(values: Mapping[str, object]) -> Config:
    """A Config of values read by their readers."""
    return Config(**cast("dict[str, Any]", dict(values)))
