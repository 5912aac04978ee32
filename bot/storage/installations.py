"""Who installed the app, and with which token: slack_sdk's store with the tokens sealed.

What the SDK's does otherwise: tokens in clear, every earlier row kept for ever, and times read as
local ones. A team's key is that of `bot.slack.wire.team_key`: `T…`, or `E….T…` in an organisation;
a row for a whole organisation has no team and answers for each of its workspaces.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from sqlalchemy import and_, delete, insert, or_, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from typing_extensions import override

from bot.errors import StorageError
from bot.storage.engine import READS, may_stall, why
from bot.storage.workspace_tables import SEALED, bots, installations, workspace_setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Table

    from bot.storage.vault import Vault

_ROUNDED = 1e-5
"""Seconds by which a time may differ once it was stored."""
_EXCHANGE = "60s"
"""How long one's own may take: Slack may be asked twice."""
_TURN = "12s"
"""How long one waits for another's exchange: longer than Slack is given for an answer."""

log = logging.getLogger("bot.storage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A workspace (or a whole organisation) that installed the app. Times are Unix seconds."""

    row: int
    enterprise: str
    team: str
    """Empty for a whole organisation."""
    name: str
    app_id: str
    bot_id: str
    bot_user: str
    scopes: str
    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    """Empty unless tokens rotate."""
    expires_at: float | None
    installed_at: float

    @property
    def key(self) -> str:
        """`T…`, `E….T…`, or `E…` for a whole organisation."""
        return _key(self.enterprise, self.team)


class InstallationStore(SQLAlchemyInstallationStore):
    """Shares the mailbox's engine. Everything raises StorageError when the database fails."""

    def __init__(self, client_id: str, engine: Engine, vault: Vault) -> None:
        super().__init__(client_id, engine, logger=log)
        self._vault = vault

    @override
    def save(self, installation: Installation) -> None:
        """Keep it, tokens sealed, instead of whatever the same workspace had before."""
        sealed = Installation(**installation.to_dict_for_copying())
        for name in SEALED:
            if token := getattr(sealed, name):
                setattr(sealed, name, self._vault.seal(token))
        with told():
            super().save(sealed)  # the new one first: at no time is there none
        enterprise, team = installation.enterprise_id or "", installation.team_id or ""
        self._delete(enterprise, team, installation.installed_at - 1e-6)

    @override
    def find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """As the SDK asks for it; None where nobody installed it."""
        team = "" if is_enterprise_install else team_id or ""
        found = self._first(_of(bots, self.client_id, enterprise_id or "", team))
        return as_bot(found) if found else None

    def find(self, key: str) -> Installed | None:
        """The installation that answers for this workspace: its own, else its organisation's."""
        enterprise, team = parts(key)
        own = _of(bots, self.client_id, enterprise, team)
        if not enterprise:
            return self._first(own)
        return self._first(or_(own, _of(bots, self.client_id, enterprise, "")))

    def all(self) -> list[Installed]:
        """Everybody who installed it, by key."""
        mine = and_(bots.c.client_id == self.client_id, bots.c.bot_token.is_not(None))
        query = select(bots).where(mine).order_by(bots.c.installed_at)
        newest = {found.key: found for found in self._read(query)}
        return [newest[key] for key in sorted(newest)]

    def rotated(self, fresh: Installed) -> None:
        """Keep the tokens that took the place of others; a later installation stays as it is."""
        until = datetime.fromtimestamp(fresh.expires_at or 0.0, UTC).replace(tzinfo=None)
        values = {
            "bot_token": self._vault.seal(fresh.token),
            "bot_refresh_token": self._vault.seal(fresh.refresh_token),
            "bot_token_expires_at": until,
        }
        newest = datetime.fromtimestamp(fresh.installed_at + _ROUNDED, UTC).replace(tzinfo=None)
        with told(), self.engine.begin() as db:
            for table in (bots, installations):
                mine = _of(table, self.client_id, fresh.enterprise, fresh.team)
                old = table.c.installed_at <= newest
                db.execute(update(table).where(mine, old).values(values))

    def forget(self, key: str, before: float, *, org: bool = False) -> int:
        """Forget what was installed until `before`; how many rows. A later one is a new start."""
        enterprise, team = parts(key)
        return self._delete(enterprise, "" if org else team, before)

    def renew(self) -> int:
        """Seal every token with the first key; how many. All or none."""
        renewed = 0
        with told(), self.engine.begin() as db:
            for table in (bots, installations):
                for row in db.execute(select(table).with_for_update()).mappings().all():
                    sealed = {n: self._vault.renew(row[n]) for n in SEALED if row.get(n)}
                    if sealed:
                        db.execute(update(table).where(table.c.id == row["id"]).values(sealed))
                    renewed += len(sealed)
        return renewed

    @contextmanager
    def only_one(self, key: str) -> Iterator[None]:
        """Across processes, for a token that may be used once; a lock in memory is not here.

        Raises StorageError also where another process has its turn for too long.
        """
        if self.engine.dialect.name != "postgresql":
            yield
            return
        with told(), self.engine.begin() as db:
            db.execute(text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": _TURN})
            may_stall(db, _EXCHANGE)
            db.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": key})
            yield

    def _delete(self, enterprise: str, team: str, before: float) -> int:
        until = datetime.fromtimestamp(before, UTC).replace(tzinfo=None)
        with told(), self.engine.begin() as db:
            return sum(
                db.execute(
                    delete(table).where(
                        _of(table, self.client_id, enterprise, team), table.c.installed_at <= until
                    )
                ).rowcount
                for table in (bots, installations)
            )

    def _first(self, where: ColumnElement[bool]) -> Installed | None:
        query = select(bots).where(where, bots.c.bot_token.is_not(None))
        query = query.order_by(bots.c.team_id.is_(None), bots.c.installed_at.desc()).limit(1)
        return next(iter(self._read(query)), None)

    def _read(self, query: Any) -> Sequence[Installed]:
        with told(), self.engine.connect() as db:
            rows = _reading(db).execute(query).mappings().all()
        return [self._opened(row) for row in rows]

    def _opened(self, row: RowMapping) -> Installed:
        refresh, expires = row["bot_refresh_token"], row["bot_token_expires_at"]
        try:
            opened = [self._vault.open(one) if one else "" for one in (row["bot_token"], refresh)]
        except StorageError as error:
            raise StorageError(f"{_key(row['enterprise_id'], row['team_id'])}: {error}") from None
        return Installed(
            row=row["id"],
            enterprise=row["enterprise_id"] or "",
            team=row["team_id"] or "",
            name=row["team_name"] or row["enterprise_name"] or "",
            app_id=row["app_id"],
            bot_id=row["bot_id"] or "",
            bot_user=row["bot_user_id"] or "",
            scopes=row["bot_scopes"] or "",
            token=opened[0],
            refresh_token=opened[1],
            expires_at=_seconds(expires) if expires else None,
            installed_at=_seconds(row["installed_at"]),
        )


def as_bot(found: Installed) -> Bot:
    """As the SDK has it."""
    return Bot(
        app_id=found.app_id,
        enterprise_id=found.enterprise or None,
        team_id=found.team or None,
        team_name=found.name,
        bot_token=found.token,
        bot_id=found.bot_id,
        bot_user_id=found.bot_user,
        bot_scopes=found.scopes,
        bot_refresh_token=found.refresh_token or None,
        bot_token_expires_at=int(found.expires_at) if found.expires_at else None,
        is_enterprise_install=not found.team,
        installed_at=found.installed_at,
    )


def parts(key: str) -> tuple[str, str]:
    """Enterprise and team of a key; either may be empty."""
    enterprise, dot, team = key.partition(".")
    if dot:
        return enterprise, team
    return (key, "") if key.startswith("E") else ("", key)


def _key(*parts: str | None) -> str:
    return ".".join(part for part in parts if part)


def _of(table: Table, client_id: str, enterprise: str, team: str) -> ColumnElement[bool]:
    return and_(
        table.c.client_id == client_id,
        table.c.enterprise_id == (enterprise or None),
        table.c.team_id == (team or None),
    )


def _reading(db: Connection) -> Connection:
    return db.execution_options(**{READS: True})


@contextmanager
def told() -> Iterator[None]:
    """The database's errors as ours."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageError(f"The installations could not be reached: {why(error)}.") from error


def _seconds(stored: datetime) -> float:
    """The tables hold UTC without saying so."""
    return stored.replace(tzinfo=UTC).timestamp()


class WorkspaceSettings:
    """What workspaces have set for themselves: texts, by the name of the setting."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, key: str) -> dict[str, str]:
        """This workspace's, over its organisation's."""
        enterprise, _ = parts(key)
        names = [name for name in (enterprise, key) if name]
        c = workspace_setting.c
        with told(), self._engine.connect() as db:
            query = select(workspace_setting).where(c.team.in_(names))
            rows = _reading(db).execute(query).mappings().all()
        ordered = sorted(rows, key=lambda row: len(row["team"]))  # the organisation's come first
        return {row["name"]: row["value"] for row in ordered}

    def put(self, key: str, name: str, value: str) -> None:
        """Set one; an empty value unsets it."""
        c = workspace_setting.c
        with told(), self._engine.begin() as db:
            db.execute(delete(workspace_setting).where(c.team == key, c.name == name))
            if value:
                row = {"team": key, "name": name, "value": value}
                db.execute(insert(workspace_setting).values(row))
