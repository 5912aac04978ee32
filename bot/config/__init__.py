"""What the bot is told from outside: environment, and an optional TOML file, as one frozen value.

`settings.py` is the list of settings; `readers.py` turns their texts into values; `load.py` finds
the texts, reads them all and reports everything that is wrong at once; `describe.py` shows them
(README, `doctor`, the example environment file).
"""

from __future__ import annotations

from bot.config.describe import Shown, env_file, settings_table, show
from bot.config.load import credentials, load
from bot.config.readers import Hours, shipped_rules
from bot.config.settings import Config, LogFormat, Mode, WhoMayAnswer

__all__ = [
    "Config",
    "Hours",
    "LogFormat",
    "Mode",
    "Shown",
    "WhoMayAnswer",
    "credentials",
    "env_file",
    "load",
    "settings_table",
    "shipped_rules",
    "show",
]
