"""What Slack has granted to one app in all workspaces: codes, access and refresh tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from bot.workbench.standin import mint
from bot.workbench.standin.model import Team
from bot.workbench.standin.refusal import Refused

CODE_S: Final = 600.0
TOKEN_S: Final = 43_200.0
"""How long a code and a rotating token are good."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A token and what it is good for."""

    team: str
    org: str
    """Set where it is good for the whole organisation."""
    token: str
    refresh: str = ""
    expires_at: float | None = None
    dead: str = ""
    """Slack's error, once it is good no more."""
    spent_at: float | None = None
    """When its refresh token was first used."""


@dataclass(frozen=True, slots=True)
class _Code:
    team: Team
    redirect_uri: str
    until: float


@dataclass(slots=True, kw_only=True)
class Grants:
    """One app's credentials, and everything granted to it."""

    now: Callable[[], float]
    rotates: bool = False
    """Token rotation is switched on for the app."""
    lasts: float = TOKEN_S
    """Seconds a new rotating token is good."""
    grace: float = 0.0
    """Seconds a refresh token is good once it was used. At Slack it is "a short grace period"."""
    redirect_uris: list[str] = field(default_factory=list)
    """As entered in the app's settings; a longer address below one is fine, too."""
    client_id: str = "1111111111.2222222222"
    client_secret: str = field(default_factory=lambda: mint.token(""))
    _codes: dict[str, _Code] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _grants: dict[str, Grant] = field(default_factory=dict)
    _withheld: set[str] = field(default_factory=set)

    def consent(self, team: Team, redirect_uri: str) -> str:
        """Somebody agreed: a code. Raises Refused for an address that is not the app's."""
        if not any(redirect_uri.startswith(known) for known in self.redirect_uris):
            raise Refused("bad_redirect_uri")
        code = mint.token("code")
        self._codes[code] = _Code(team, redirect_uri, self.now() + CODE_S)
        return code

    def check_client(self, client_id: str, client_secret: str) -> None:
        """Raises Refused for another app's credentials."""
        if client_id != self.client_id:
            raise Refused("invalid_client_id")
        if client_secret != self.client_secret:
            raise Refused("bad_client_secret")

    def exchange(self, code: str, redirect_uri: str) -> tuple[Team, Grant]:
        """The token of a code. Raises Refused."""
        if code in self._used:
            raise Refused("code_already_used")
        found = self._codes.pop(code, None)
        if found is None or found.until < self.now():
            raise Refused("invalid_code")
        if redirect_uri != found.redirect_uri:
            raise Refused("bad_redirect_uri")
        self._used.add(code)
        return found.team, self._grant(found.team.id, _org(found.team))

    def refresh(self, token: str) -> Grant:
        """A new token for a refresh token, which is good once. Raises Refused."""
        old = next((g for g in self._grants.values() if token and g.refresh == token), None)
        if old is None or old.dead:
            raise Refused("invalid_refresh_token")
        spent_at = self.now() if old.spent_at is None else old.spent_at
        if old.spent_at is not None and spent_at + self.grace <= self.now():
            raise Refused("invalid_refresh_token")
        self._grants[old.token] = replace(old, spent_at=spent_at)  # it lives on until it lapses
        fresh = self._grant(old.team, old.org)
        self._leave_two(old.team, old.org)
        return fresh

    def find(self, token: str) -> Grant | None:
        """The grant of a token, dead or alive."""
        return self._grants.get(token)

    def judge(self, token: str) -> None:
        """Raises Refused unless it is good."""
        found = self._grants.get(token)
        if found is None:
            raise Refused("invalid_auth")
        if found.dead:
            raise Refused(found.dead)
        if found.expires_at is not None and found.expires_at <= self.now():
            raise Refused("token_expired")

    def judge_in(self, token: str, team: str) -> None:
        """Raises Refused for an organisation's token in a workspace that is withheld from it."""
        if self._grants[token].org and team in self._withheld:
            raise Refused("team_access_not_granted")

    def withhold(self, team: str) -> None:
        """Keep the organisation's token out of one of its workspaces."""
        self._withheld.add(team)

    def let_in(self, team: str) -> None:
        """Let it in again."""
        self._withheld.discard(team)

    def lapse(self) -> None:
        """The time of all rotating tokens is over, as if hours had gone by."""
        for grant in list(self._grants.values()):
            if grant.expires_at is not None:
                self._grants[grant.token] = replace(grant, expires_at=self.now())

    def revoke(self, token: str) -> None:
        """It is good no more; nor is what it could be exchanged for."""
        self._grants[token] = replace(self._grants[token], dead="token_revoked", refresh="")

    def remove(self, team: Team) -> None:
        """The app is gone from the workspace (or its organisation)."""
        for grant in list(self._grants.values()):
            if (grant.team, grant.org) == (team.id, _org(team)):
                self._grants[grant.token] = replace(grant, dead="account_inactive", refresh="")

    def _leave_two(self, team: str, org: str) -> None:
        """Slack lets no more live at a time; the oldest goes."""
        theirs = [g for g in self._grants.values() if (g.team, g.org) == (team, org)]
        living = [g for g in theirs if not g.dead and (g.expires_at or 0.0) > self.now()]
        for grant in living[:-2]:
            self.revoke(grant.token)

    def _grant(self, team: str, org: str) -> Grant:
        if not self.rotates:
            grant = Grant(team, org, mint.token("xoxb"))
        else:
            until = self.now() + self.lasts
            grant = Grant(team, org, mint.token("xoxe.xoxb"), mint.token("xoxe"), until)
        self._grants[grant.token] = grant
        return grant


def _org(team: Team) -> str:
    return team.enterprise if team.org_install else ""
