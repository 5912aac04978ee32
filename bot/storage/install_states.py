"""States of install links: signed, so that who merely opens a link has nothing written.

A state is `<lapses at>.<random>.<HMAC-SHA256 of both>`; its key is made of the app's client secret,
which every process of an installation has. Bolt ties it to a browser by a cookie. A row is written
when one is consumed, to be found by whoever comes with it again, and deleted after it lapsed.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from bot.storage.installations import told
from bot.storage.workspace_tables import oauth_states

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

STATE_SECONDS: Final = 600
"""How long somebody may take between the install link and Slack's consent page."""
KEPT_S: Final = 3600.0
"""A consumed state is kept so long after it lapsed: clocks of several machines may differ."""


class StateStore:
    """Each state is good once, whichever process made it, also for two who come at a time."""

    def __init__(self, engine: Engine, client_secret: str, now: Callable[[], float]) -> None:
        self._engine = engine
        self._key = hmac.digest(client_secret.encode(), b"firstcheck install state", "sha256")
        self._now = now

    def issue(self) -> str:
        """A new one."""
        signed = f"{self._now() + STATE_SECONDS:.0f}.{secrets.token_urlsafe(16)}"
        return f"{signed}.{self._mark(signed)}"

    def consume(self, state: str) -> bool:
        """Whether it is ours, has not lapsed and was not consumed yet.

        Raises StorageError when the database fails.
        """
        signed, _, mark = state.rpartition(".")
        if not hmac.compare_digest(mark.encode(), self._mark(signed).encode()):
            return False
        lapses, now = float(signed.partition(".")[0]), self._now()
        return lapses > now and self._is_first(state, lapses, now)

    def _is_first(self, state: str, lapses: float, now: float) -> bool:
        with told():
            try:
                with self._engine.begin() as db:
                    old = oauth_states.c.expire_at < _utc(now - KEPT_S)
                    db.execute(delete(oauth_states).where(old))
                    db.execute(insert(oauth_states).values(state=state, expire_at=_utc(lapses)))
            except IntegrityError:  # another was first
                return False
        return True

    def _mark(self, signed: str) -> str:
        return hmac.new(self._key, signed.encode(), "sha256").hexdigest()


def _utc(at: float) -> datetime:
    """As the table has it: UTC without saying so."""
    return datetime.fromtimestamp(at, UTC).replace(tzinfo=None)
