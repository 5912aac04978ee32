"""Rules and policy → a desk. `LiveDesk` is the one in force, exchanged as a whole."""

from __future__ import annotations

import logging
import os
import threading
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
from bot.helpdesk import reload
from bot.helpdesk.desk import Desk
from bot.helpdesk.incoming import ReloadAsked
from bot.helpdesk.moment import Policy
from bot.helpdesk.overheard import matters
from bot.helpdesk.ports import Done
from bot.helpdesk.reload import News
from bot.storage.rules_cache import RulesCache, cache_folder
from bot.storage.rules_folder import Loaded, RulesFolder, default_rules_path

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from bot.config import Config
    from bot.core.matching.compiled import Compiled
    from bot.core.rulebook.model import Rulebook
    from bot.helpdesk.incoming import Incoming, Report
    from bot.helpdesk.ports import CaseNote, Json

log = logging.getLogger("bot")

_LOGGED: Final = 10
"""So many problems of a broken version are logged."""
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
    if not any(name.startswith("FIRSTCHECK_") for name in environ):
        return None
    from bot.config import load

    return load(environ, slack=False)


def load_rules(folders: Sequence[Path] = ()) -> Loaded:
    """The rules of these folders, stacked; of the shipped ones without any."""
    return _rules_folder(folders).load()


def _rules_folder(folders: Sequence[Path]) -> RulesFolder:
    paths = tuple(folders) or (default_rules_path(),)
    kept = cache_folder(os.environ)  # None for a user without a home
    return RulesFolder(paths, RulesCache(kept, paths) if kept else None)


def today() -> date:
    """The date, for reviews that fall due."""
    return datetime.fromtimestamp(clock(), UTC).date()


def make_matcher(rulebook: Rulebook, *, include_drafts: bool = False) -> Matcher:
    """A matcher over these rules; a large rule base is compiled once and then kept on disk."""
    return Matcher(rulebook, include_drafts=include_drafts, compiled=compiled_of(rulebook))


def compiled_of(rulebook: Rulebook) -> Compiled | None:
    """A large rule base, compiled; None for one that is compiled in no time."""
    phrases = [phrase for _, phrase in phrases_of(rulebook)]
    folder = cache_folder(os.environ) if len(phrases) >= _WORTH_KEEPING else None
    if folder is None:
        return None
    from bot.storage.compiled_cache import CompiledCache

    return CompiledCache(folder).compiled(phrases)


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
    """The desk in force. A broken new version of the rules leaves the old one serving.

    The rules are read again when a file is saved (`watch`), on SIGHUP and when staff ask for it;
    it may happen in any thread.
    """

    def __init__(self, folders: Sequence[Path], policy: Policy) -> None:
        """Raises RulesError when the first version cannot be used."""
        self._folder = _rules_folder(folders)
        self._policy = policy
        self.policy_of: Callable[[str], Policy] | None = None
        """The policy of a workspace, where each has its own."""
        self._reading = threading.Lock()
        self.loaded = _usable(self._folder.load())
        self.desk = make_desk(self.loaded.rulebook, policy)
        log.info("%d rules, version %s", len(self.desk.rulebook.rules), self.desk.rulebook.version)
        self.reloaded_at = clock()
        self.listeners: list[Callable[[News], None]] = []
        """Told after each reading, by whom it was read."""
        self._fault = ""
        self.asked: Callable[[], None] | None = None
        """Called when staff had the rules read, for the other processes."""

    def step(
        self, state: Json, incoming: Incoming, now: float, recent: CaseNote | None = None
    ) -> Done:
        """`Desk.step` of the desk in force, by the policy of the workspace.

        Staff may ask for the rules to be read again.
        """
        if isinstance(incoming, ReloadAsked):
            news = self.reload()
            if self.asked:
                self.asked()
            return Done(new=(reload.answer(incoming, news),))
        desk = self.desk
        if self.policy_of:
            desk = replace(desk, policy=self.policy_of(incoming.place.team))
        return desk.step(state, incoming, now, recent)

    def matters(self, report: Report) -> bool:
        """Whether it is more than chatter."""
        return matters(self.desk.matcher, report)

    def reload(self) -> News:
        """Read the rules again; they serve only if they have no problems."""
        with self._reading:
            news = self._read()
        for listener in self.listeners:
            listener(news)
        return news

    def _read(self) -> News:
        before, loaded = self.desk.rulebook, self._folder.load()
        news = News(before, before, loaded.rulebook, loaded.problems)
        if news.fault:
            log.error("rules not reloaded: %d problems", len(loaded.problems))
            for problem in loaded.problems[:_LOGGED]:
                log.error("%s", problem)
        else:
            if loaded.rulebook.version != before.version:
                self.desk = make_desk(loaded.rulebook, self._policy)
                log.info("rules reloaded: version %s", loaded.rulebook.version)
            news = replace(news, after=self.desk.rulebook, mended=self._fault)
        self.loaded, self._fault, self.reloaded_at = loaded, news.fault, clock()
        return news

    def watch(self, stop: threading.Event) -> None:
        """Reload whenever a rule file is saved, until `stop` is set. Blocks."""
        from bot.bootstrap.watch import saved

        for _ in saved(self._folder.paths, stop):
            self.reload()
