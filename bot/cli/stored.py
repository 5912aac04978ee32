"""The tables of many workspaces, for a command beside a bot that runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import ConfigError
from bot.storage.beside import engine_beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.config import Config
    from bot.storage.installations import InstallationStore, WorkspaceSettings


@contextmanager
def stored(config: Config) -> Iterator[tuple[InstallationStore, WorkspaceSettings]]:
    """The installations and the settings.

    Raises:
        ConfigError: there is only one workspace.
        StorageError: see `bot.storage.beside.engine_beside`.
    """
    if not config.many:
        raise ConfigError(
            "SLACK_CLIENT_ID is not set: there is one workspace, whose settings are in the "
            'environment. See "Many workspaces" in deploy/README.md.'
        )
    from bot.storage.installations import InstallationStore, WorkspaceSettings
    from bot.storage.vault import Vault

    engine = engine_beside(config.database)
    try:
        store = InstallationStore(config.client_id, engine, Vault(config.token_keys))
        yield store, WorkspaceSettings(engine)
    finally:
        engine.dispose()
