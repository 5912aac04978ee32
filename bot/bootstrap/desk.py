"""Rules and policy → a desk. `LiveDesk` is the one in force, exchanged as a whole."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.bootstrap.clock import clock
from bot.core.conversation.hours import WorkingHours
from bot.core.conversation.model import Limits
from bot.core.matching.matcher import Matcher, phrases_of
from bot.core.rulebook.model import Bilingual
from bot.core.text.language import Language
from bot.core.wording.sentences import sentence
from bot.errors import RulesError
from bot.helpdesk.desk import Desk
from bot.helpdesk.moment import Policy
from bot.storage.rules_folder import Loaded, RulesFolder, default_rules_path

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Container, Mapping, Sequence

    from bot.config import Config
    from bot.core.rulebook.model import Rulebook
    from bot.helpdesk.incoming import Incoming
    from bot.helpdesk.ports import CaseNote, Done, Json

log = logging.getLogger("bot")

_WORTH_KEEPING: Final = 500
"""Phrases; fewer are compiled in less time than a disk may take."""


def rule_folders(named: Sequence[str], environ: Mapping[str, str]) -> Sequence[Path]:
    """The folders named (`shipped`: what comes along), else FIRSTCHECK_RULES; else none.

    Raises:
        ConfigError: a setting is wrong.
    """
    if named:
        return [default_rules_path() if name == "shipped" else Path(name) for name in named]
    config = _settings(environ)
    return config.rules if config else ()


def _settings(environ: Mapping[str, str]) -> Config | None:
    """The settings but Slack's; None where there are none: reading them takes time."""
    ours = {name: value for name, value in environ.items() if name.startswith("FIRSTCHECK_")}
    if not ours:
        return None
    from bot.config import load

    return load(ours)


def load_rules(folders: Sequence[Path] = ()) -> Loaded:
    """The rules of these folders, stacked; of the shipped ones without any."""
    return RulesFolder(folders or [default_rules_path()]).load()


def today() -> date:
    """The date, for reviews that fall due."""
    return datetime.fromtimestamp(clock(), UTC).date()


def make_matcher(rulebook: Rulebook, *, include_drafts: bool = False) -> Matcher:
    """A matcher over these rules; a large rule base is compiled once and then kept on disk."""
    phrases = [phrase for _, phrase in phrases_of(rulebook)]
    compiled = None
    if len(phrases) >= _WORTH_KEEPING:
        from bot.storage.compiled_cache import CompiledCache, cache_folder

        folder = cache_folder(os.environ)
        compiled = CompiledCache(folder).compiled(phrases) if folder else None
    return Matcher(rulebook, include_drafts=include_drafts, compiled=compiled)


def make_desk(rulebook: Rulebook, policy: Policy) -> Desk:
    """A desk over these rules."""
    return Desk(rulebook, make_matcher(rulebook), policy)


def desk_for_terminal(
    folders: Sequence[str], language: str | None, environ: Mapping[str, str]
) -> Desk:
    """A desk for one person at a terminal: no staff, no triage channel.

    Raises:
        ConfigError: a setting is wrong.
        RulesError: a rule is broken, or there is none.
    """
    policy = replace(_PLAIN, only_language=Language(language) if language else None)
    if config := _settings(environ):
        policy = replace(policy, language=config.language, contact=_contact(config))
    return make_desk(_usable(load_rules(rule_folders(folders, environ))).rulebook, policy)


def desk_for_rehearsal(rulebook: Rulebook) -> Desk:
    """A desk on which a rule's examples are played; drafts speak, so that they can be tried."""
    return Desk(
        rulebook, make_matcher(rulebook, include_drafts=True), replace(_PLAIN, triage_channel="C")
    )


def desk_for_backtest(rulebook: Rulebook) -> Desk:
    """A desk in a channel, for messages of the past; drafts stay silent, as they would live."""
    return Desk(rulebook, make_matcher(rulebook), _PLAIN)


def _usable(loaded: Loaded) -> Loaded:
    if loaded.problems:
        raise RulesError("The rules have problems; nothing was started.", loaded.problems)
    if not loaded.rulebook.rules:
        raise RulesError("There is no rule in the rule folders.")
    return loaded


def policy_of(config: Config) -> Policy:
    """What the admin decided."""
    return Policy(
        hours=WorkingHours(
            config.timezone,
            config.working_hours.start,
            config.working_hours.end,
            config.working_days,
            _holidays(config.holidays),
        ),
        limits=Limits(nudge_after=config.nudge_after, close_after=config.close_after),
        language=config.language,
        triage_channel=config.triage_channel,
        contact=_contact(config),
        anyone_may_answer=config.who_may_answer.value == "anyone",
    )


def _holidays(country: str) -> Container[date]:
    if not country:
        return frozenset()
    import holidays

    return holidays.country_holidays(country)


def _contact(config: Config) -> Bilingual:
    """The admin's sentence where there is one, else ours."""
    given = config.helpdesk_contact
    return Bilingual(
        given.en or sentence("contact", Language.EN), given.ja or sentence("contact", Language.JA)
    )


_PLAIN: Final = Policy(
    hours=WorkingHours(UTC),
    contact=Bilingual(sentence("contact", Language.EN), sentence("contact", Language.JA)),
)


class LiveDesk:
    """The desk in force. A broken new version of the rules leaves the old one serving."""

    def __init__(self, folders: Sequence[Path], policy: Policy) -> None:
        """Raises RulesError when the first version cannot be used."""
        self._folders = tuple(folders) or (default_rules_path(),)
        self._policy = policy
        self.loaded = _usable(load_rules(self._folders))
        self.desk = make_desk(self.loaded.rulebook, policy)
        log.info("%d rules, version %s", len(self.desk.rulebook.rules), self.desk.rulebook.version)
        self.reloaded_at = clock()
        self.changed: Callable[[Loaded], None] = lambda _: None
        """Called after each reload by `watch`."""

    def step(
        self, state: Json, incoming: Incoming, now: float, recent: CaseNote | None = None
    ) -> Done:
        """`Desk.step` of the desk in force."""
        return self.desk.step(state, incoming, now, recent)

    def reload(self) -> Loaded:
        """Read the rules again; they serve only if they have no problems."""
        loaded = load_rules(self._folders)
        if loaded.problems or not loaded.rulebook.rules:
            log.error("rules not reloaded: %d problems", len(loaded.problems))
        elif loaded.rulebook.version != self.desk.rulebook.version:
            self.desk = make_desk(loaded.rulebook, self._policy)
            log.info("rules reloaded: version %s", loaded.rulebook.version)
        self.loaded = loaded
        self.reloaded_at = clock()
        return loaded

    def watch(self, stop: threading.Event) -> None:
        """Reload whenever a rule file is saved, until `stop` is set. Blocks."""
        from watchfiles import watch

        for _ in watch(*self._folders, stop_event=stop, rust_timeout=500):
            self.changed(self.reload())
