"""Finds each setting's text, reads it, and reports all that is wrong in one go."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config.readers import Unreadable, at_home, nearest
from bot.config.settings import CONFIG_FILE, SETTINGS, Config, build
from bot.errors import ConfigError
from bot.helpdesk.ports import shortest_lease

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.config.setting import Setting

_TABLES = ("firstcheck", "slack")
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)[-.]\w")


@dataclass(frozen=True, slots=True)
class Given:
    """The text of a setting and where it was found."""

    text: str
    origin: str
    """`default`, `environment`, `SLACK_BOT_TOKEN_FILE`, or `timezone in [firstcheck] of x.toml`."""


def load(environ: Mapping[str, str], toml: Path | None = None, *, slack: bool = True) -> Config:
    """The configuration these variables (and this TOML file) ask for.

    The environment wins over the file; an empty text counts as not set. A secret may stand in a
    file of its own, which `NAME_FILE` names.

    Args:
        environ: The variables; nothing else of the environment is looked at.
        toml: The file; by default the one `FIRSTCHECK_CONFIG` names, if any.
        slack: False for what needs no Slack: its settings are as if nothing had set them.

    Raises:
        ConfigError: Something is wrong; the text lists everything that is, one a line.
    """
    wrong: list[str] = []
    found = gather(environ, toml, wrong, slack=slack)
    incomplete = bool(wrong)
    wrong += _unknown_variables(environ)
    values = {field: _read(SETTINGS[field], given, wrong) for field, given in found.items()}
    if not incomplete:  # what could not be read is not missing
        wrong += _contradictions(found, values)
    if wrong:
        raise ConfigError(_sentence(wrong))
    return build(values)


def credentials(environ: Mapping[str, str]) -> list[str]:
    """Names of the settings that hold something only Slack and we should know, where they are set.

    Never raises; what is wrong with them is the business of `load`.
    """
    given = gather(environ, None, [])
    secret = [field for field, setting in SETTINGS.items() if setting.secret]
    return [SETTINGS[f].name for f in secret if given[f].text and SETTINGS[f].table == "slack"]


def gather(
    environ: Mapping[str, str], toml: Path | None, wrong: list[str], *, slack: bool = True
) -> dict[str, Given]:
    """The text of every setting, by its field in Config; what cannot be found goes to `wrong`."""
    if toml is None and environ.get(CONFIG_FILE, "").strip():
        toml = at_home(environ[CONFIG_FILE].strip())
    file = _read_file(toml, wrong) if toml else {}
    return {
        field: _given(setting, environ, file, wrong)
        if slack or setting.table != "slack"
        else Given(setting.default, "default")
        for field, setting in SETTINGS.items()
    }


def _given(
    setting: Setting, environ: Mapping[str, str], file: Mapping[str, Given], wrong: list[str]
) -> Given:
    text = environ.get(setting.name, "").strip()
    path = environ.get(setting.file, "").strip() if setting.secret else ""
    if text and path:
        wrong.append(f"{setting.name} and {setting.file} are both set. Remove one.")
    if text:
        return Given(text, "environment")
    if path:
        return Given(_secret_in(at_home(path), setting.file, wrong), setting.file)
    given = file.get(setting.name)
    return given if given and given.text else Given(setting.default, "default")


def _secret_in(path: Path, name: str, wrong: list[str]) -> str:
    """The text of a file, without lines that begin with #; empty where that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        wrong.append(f'{name} is "{path}", which cannot be read: {reason}.')
        return ""
    text = "\n".join(line for line in lines if not line.startswith("#")).strip()
    if not text:
        wrong.append(f'{name} is "{path}", which is empty.')
    return text


def _read(setting: Setting, given: Given, wrong: list[str]) -> object:
    if not given.text:
        return setting.unset
    if not setting.secret and _TOKEN.search(given.text):
        wrong.append(f"{setting.name} holds a Slack token, which belongs into a SLACK_ setting.")
        return setting.unset
    try:
        return setting.read(given.text)
    except Unreadable as problem:
        where = "" if given.origin == "environment" else f" ({given.origin})"
        wrong.append(f"{setting.name}{where} is {problem}")
        return setting.unset


def _read_file(path: Path, wrong: list[str]) -> dict[str, Given]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        wrong.append(f'{CONFIG_FILE} is "{path}", which cannot be read: {error.strerror}.')
    except UnicodeDecodeError:
        wrong.append(f'{CONFIG_FILE} is "{path}", which is not UTF-8. Save it as UTF-8.')
    except tomllib.TOMLDecodeError as error:
        wrong.append(f'{CONFIG_FILE} is "{path}", which is no valid TOML: {_place(error)}.')
    else:
        return _flatten(path, tables, wrong)
    return {}


def _place(error: tomllib.TOMLDecodeError) -> str:
    """The parser's complaint without the text it quotes: that may be a token."""
    return str(error).split(":", 1)[0] + str(error)[str(error).rfind(" (") :]


def _flatten(path: Path, tables: Mapping[str, object], wrong: list[str]) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for table, entries in tables.items():
        if table not in _TABLES or not isinstance(entries, dict):
            wrong.append(
                f"{path.name} has {table}, which is unknown. Use [firstcheck] and [slack]."
            )
            continue
        for key, value in entries.items():
            match _entry(table, key, value, f"{key} in [{table}] of {path.name}"):
                case str() as problem:
                    wrong.append(problem)
                case name, given:
                    found[name] = given
    return found


def _entry(table: str, key: str, value: object, origin: str) -> tuple[str, Given] | str:
    """The name of the setting meant and its text, or what is wrong with the entry."""
    known = {s.key: s.name for s in SETTINGS.values() if s.table == table}
    if key not in known:
        return f"{origin} is unknown.{nearest(key, tuple(known))}"
    text = _as_text(key, value)
    if text is None:
        return f"{known[key]} ({origin}) is no text, number, switch or list of texts."
    return known[key], Given(text.strip(), origin)


def _as_text(key: str, value: object) -> str | None:
    """The text a TOML value would be in the environment; None where there is no such text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return (os.pathsep if key == "rules" else ",").join(value)
    return None


def _unknown_variables(environ: Mapping[str, str]) -> list[str]:
    files = [setting.file for setting in SETTINGS.values() if setting.secret]
    known = (*(setting.name for setting in SETTINGS.values()), *files, CONFIG_FILE)
    return [
        f"{name} is no setting.{nearest(name, known)}"
        for name in sorted(environ)
        if name.startswith("FIRSTCHECK_") and name not in known
    ]


def _contradictions(found: Mapping[str, Given], values: Mapping[str, object]) -> list[str]:
    return [
        *_token_gaps(found),
        *_many_gaps(found),
        *_port_gaps(found, values),
        *_time_gaps(values),
        *_lease_gaps(values),
    ]


def _token_gaps(found: Mapping[str, Given]) -> list[str]:
    if found["client_id"].text:
        return []
    bot, app, signing = (bool(found[f].text) for f in ("bot_token", "app_token", "signing_secret"))
    if bot and not app and not signing:
        return [
            (
                "SLACK_BOT_TOKEN is set, but nothing says how Slack reaches the bot. Add "
                "SLACK_APP_TOKEN (Socket Mode, no public address) or SLACK_SIGNING_SECRET (HTTP)."
            )
        ]
    if not bot and (app or signing):
        other = "SLACK_APP_TOKEN" if app else "SLACK_SIGNING_SECRET"
        return [f"SLACK_BOT_TOKEN is missing, though {other} is set. Add it, or remove the other."]
    return []


def _many_gaps(found: Mapping[str, Given]) -> list[str]:
    """Many workspaces need all of their settings; one needs none of them."""
    if not found["client_id"].text:
        return []
    has = {field: bool(given.text) for field, given in found.items()}
    needed = {
        "SLACK_CLIENT_SECRET": has["client_secret"],
        "FIRSTCHECK_PUBLIC_URL": has["public_url"],
        "FIRSTCHECK_TOKEN_KEYS": has["token_keys"],
        "SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)": (
            has["signing_secret"] or has["app_token"]
        ),
    }
    gaps = [
        f"{name} is missing; SLACK_CLIENT_ID needs it." for name, ok in needed.items() if not ok
    ]
    if has["bot_token"]:
        gaps.append(
            "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set: one workspace with its token, or "
            "many that install the app? Remove the other."
        )
    return gaps


def _port_gaps(found: Mapping[str, Given], values: Mapping[str, object]) -> list[str]:
    """In Socket Mode for one workspace nothing listens on the port of HTTP mode."""
    port = values["http_port"]
    if port != values["health_port"] or (found["app_token"].text and not found["client_id"].text):
        return []
    return [f"FIRSTCHECK_HEALTH_PORT and FIRSTCHECK_HTTP_PORT are both {port}. Change one of them."]


def _time_gaps(values: Mapping[str, object]) -> list[str]:
    close, keep = values["close_after"], values["retention"]
    if isinstance(close, float) and isinstance(keep, float) and 0 < keep < close:
        return [
            (
                "FIRSTCHECK_RETENTION is shorter than FIRSTCHECK_CLOSE_AFTER: conversations would "
                "be forgotten while they are open. Make it at least as long."
            )
        ]
    return []


def _lease_gaps(values: Mapping[str, object]) -> list[str]:
    """Nothing is posted where the lease may end meanwhile, so a short one would post nothing."""
    lease, timeout = values["lease"], values["slack_timeout"]
    if isinstance(lease, float) and isinstance(timeout, float) and lease < shortest_lease(timeout):
        return [
            (
                f"FIRSTCHECK_LEASE is {lease:g} s, too short for requests that may take "
                f"{timeout:g} s (FIRSTCHECK_SLACK_TIMEOUT): make it at least "
                f"{shortest_lease(timeout):g}s."
            )
        ]
    return []


def _sentence(wrong: list[str]) -> str:
    head = "One setting is wrong:" if len(wrong) == 1 else f"{len(wrong)} settings are wrong:"
    return "\n".join([head, *(f"  {line}" for line in wrong)])
