"""What the face must know of a workspace, where there are many. One alone needs no directory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.errors import FirstcheckError

if TYPE_CHECKING:
    from bot.core.text.language import Language
    from bot.slack.settings import SlackSettings


class NotInstalled(FirstcheckError):  # noqa: N818  (an outcome: there is nobody to speak to)
    """The workspace has not installed the app, or no more."""


class Directory(Protocol):
    """Workspaces by their key (`bot.slack.wire.team_key`). Used from many threads."""

    def is_at_hand(self, team: str) -> bool:
        """Whether the next two need no look into the database."""

    def settings(self, team: str) -> SlackSettings | None:
        """Its settings; None where the app is not installed. Raises StorageError."""

    def language(self, team: str) -> Language:
        """The helpdesk's there. Raises StorageError."""

    def token(self, team: str) -> str:
        """Its bot token, good for a while. May ask Slack for a new one.

        Raises:
            NotInstalled: there is none.
            TokenStale: it lapsed, and Slack gives no new one now.
            StorageError: the database failed.
        """

    def doubt(self, team: str) -> None:
        """Slack refused its token: look again."""

    def left(self, team: str, at: float, *, org: bool) -> bool:
        """It seems to have removed the app at that time: forget its tokens and what is said there.

        False: its token is good; nothing was forgotten.

        Raises:
            TokenStale: Slack does not say whether it is.
            StorageError: the database failed.
        """

    def taken(self, team: str) -> bool:
        """Its organisation took the app from it: forget what is said there.

        False: it has an installation of its own; nothing was forgotten. Raises StorageError.
        """


class TokenStale(FirstcheckError):  # noqa: N818  (an outcome: later it may be fresh again)
    """The token lapsed and could not be exchanged."""
