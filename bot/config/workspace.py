"""What one workspace of many may have otherwise than the rest: settings, by the same readers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bot.config.readers import Unreadable, nearest
from bot.config.settings import SETTINGS
from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config.settings import Config

PER_WORKSPACE: Final = (
    "triage_channel", "staff", "who_may_answer", "answer_connect", "language", "timezone",
    "working_hours", "working_days", "holidays", "helpdesk_contact_ja", "helpdesk_contact_en",
)  # fmt: skip
"""Fields of `Config`; people write them with dashes."""


def field_of(name: str) -> str:
    """The field that `name` (with dashes, underscores or as the variable) means.

    Raises:
        ConfigError: there is none, or it is the same for all workspaces.
    """
    field = name.lower().removeprefix("firstcheck_").replace("-", "_")
    if field not in PER_WORKSPACE:
        known = tuple(field.replace("_", "-") for field in PER_WORKSPACE)
        raise ConfigError(
            f"{name} is no setting of a workspace.{nearest(name, known)} There are: "
            f"{', '.join(known)}."
        )
    return field


def for_workspace(config: Config, given: Mapping[str, str]) -> Config:
    """`config` with a workspace's own texts read over it.

    Raises:
        ConfigError: one cannot be read.
    """
    own: dict[str, Any] = {field: _read(field, text) for field, text in given.items()}
    return replace(config, **own)


def _read(field: str, text: str) -> object:
    try:
        return SETTINGS[field_of(field)].read(text)
    except Unreadable as problem:
        raise ConfigError(f"{field.replace('_', '-')} is {problem}") from None
