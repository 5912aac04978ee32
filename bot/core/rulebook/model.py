"""The words of the rule base: what a known error is made of.

Everything here is frozen and holds only what an author wrote; numbers (weights,
probabilities, costs) belong to `bot.core.diagnosis`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from bot.core.text.language import Language


class Status(StrEnum):
    """How far a rule may go."""

    DRAFT = "draft"
    """Only suggested to triage."""
    TESTED = "tested"
    """Has a source, examples in both languages and counterexamples; answers people."""
    TRUSTED = "trusted"
    """Has an owner and a recent review as well."""
    RETIRED = "retired"
    """Never matches."""


class Audience(StrEnum):
    """Who can fix the error."""

    EMPLOYEE = "employee"
    HELPDESK = "helpdesk"


class Likelihood(StrEnum):
    """How often a cause is behind the error."""

    COMMON = "common"
    OCCASIONAL = "occasional"
    RARE = "rare"


class Effort(StrEnum):
    """What a step costs the person."""

    QUICK = "quick"
    MODERATE = "moderate"
    COSTLY = "costly"


class AnswerKind(StrEnum):
    """How a check is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A sentence in both languages."""

    en: str
    ja: str

    def in_(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.ja if language is Language.JA else self.en


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message text. May hold placeholders: {address} {server} {code} {file} {any}."""

    text: str
    weak: bool = False
    """Supports another signature, never suffices."""
    telling: tuple[str, ...] = ()
    """Words of it that must be there letter by letter: another message differs in just these."""
    near: tuple[str, ...] = ()
    """Words one of which must stand in the same report; empty: the phrase suffices by itself."""


@dataclass(frozen=True, slots=True)
class Code:
    """An error code such as 0x80070005 or AADSTS50011."""

    code: str
    near: tuple[str, ...] = ()
    """Words one of which must stand in the same report; empty: the code is unique by itself."""
    weak: bool = False


Signature = Phrase | Code


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the error may happen, and what to do about it."""

    id: str
    title: Bilingual
    """A short noun phrase: handovers say "ruled out: …"."""
    likelihood: Likelihood
    effort: Effort
    fix: Bilingual | None = None
    """One action an employee can do; None: only people can fix it."""
    where: Bilingual | None = None
    """How to find what the fix speaks of (one sentence, shown small below it)."""
    pinned: bool = False
    """Offered first whatever the arithmetic says."""
    reversible: bool = True
    escalate: str | None = None
    """Id of the escalation class this cause is handed over as; None: the rule's own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a check and what follows from it."""

    id: str
    """`yes`, `no`, or the author's id of a choice."""
    label: Bilingual | None = None
    """The button; None for yes_no, where wording supplies it."""
    points_to: tuple[str, ...] = ()
    """Causes it makes likelier."""
    rules_out: tuple[str, ...] = ()
    """Causes it excludes."""
    shown_by: tuple[str, ...] = ()
    """Words in the report that already give this answer, so that it is not asked."""


@dataclass(frozen=True, slots=True)
class Check:
    """A question that tells causes apart."""

    id: str
    ask: Bilingual
    kind: AnswerKind
    answers: tuple[Answer, ...]
    """Empty for `text`: the answer is kept as a fact for the handover."""
    title: Bilingual
    """A short noun phrase for handovers ("web mail opens")."""
    effort: Effort = Effort.QUICK


@dataclass(frozen=True, slots=True)
class EscalationClass:
    """Whom to hand over to, and what they need."""

    id: str
    """Empty for the rule's default."""
    title: Bilingual | None
    to: str
    """A team in taxonomy.yaml."""
    bring: tuple[Bilingual, ...]
    """Facts the ticket needs; never a password."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """How a rule is handed over."""

    default: EscalationClass
    classes: tuple[EscalationClass, ...] = ()
    meanwhile: Bilingual | None = None
    """How the person can go on working meanwhile."""

    def for_(self, class_id: str | None) -> EscalationClass:
        """The class named, else the default."""
        return next((c for c in self.classes if c.id == class_id), self.default)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of an example dialogue; exactly one field is set."""

    user: str | None = None
    """What the person types or which button id they press."""
    asks: str | None = None
    """The check id or cause id the bot must offer now."""
    concludes: str | None = None
    """`solved`, `escalated`, or the escalation class handed over to."""


@dataclass(frozen=True, slots=True)
class Example:
    """A report this rule must recognise; with `dialogue`, also how it goes on."""

    text: str
    dialogue: tuple[Turn, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A message this rule must not answer."""

    text: str
    because: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A known error."""

    id: str
    status: Status
    product: str
    audience: Audience
    title: Bilingual
    signatures: tuple[Signature, ...]
    causes: tuple[Cause, ...]
    escalate: Escalation
    sources: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Phrases that veto: with one of them in the report the rule does not apply."""
    misdirection: Bilingual | None = None
    """What the message makes people think, and what it usually is."""
    applies_to: Bilingual | None = None
    """One clause: for whom the advice holds."""
    caution: Bilingual | None = None
    """What must not be pressed or changed."""
    checks: tuple[Check, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()
    owner: str = ""
    reviewed: str = ""
    """ISO date of the last review."""
    replaces: tuple[str, ...] = ()
    path: str = ""
    """The file it came from."""

    def cause(self, cause_id: str) -> Cause | None:
        """The cause with this id."""
        return next((c for c in self.causes if c.id == cause_id), None)

    def check(self, check_id: str) -> Check | None:
        """The check with this id."""
        return next((c for c in self.checks if c.id == check_id), None)


@dataclass(frozen=True, slots=True)
class Product:
    """An entry of taxonomy.yaml: what a rule is about."""

    id: str
    title: Bilingual
    words: tuple[str, ...] = ()
    """How people name it; context for codes and for "which app shows it?"."""


@dataclass(frozen=True, slots=True)
class Team:
    """An entry of taxonomy.yaml: who takes a handover."""

    id: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The words rules refer to: taxonomy.yaml."""

    products: Mapping[str, Product] = field(default_factory=lambda: MappingProxyType({}))
    teams: Mapping[str, Team] = field(default_factory=lambda: MappingProxyType({}))

    def stacked(self, later: Taxonomy) -> Taxonomy:
        """Both together; `later` replaces by id."""
        return Taxonomy(
            MappingProxyType({**self.products, **later.products}),
            MappingProxyType({**self.teams, **later.teams}),
        )


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules in force, with the taxonomy they refer to."""

    rules: tuple[Rule, ...]
    products: Mapping[str, Product] = field(default_factory=lambda: MappingProxyType({}))
    teams: Mapping[str, Team] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""
    """Twelve hex digits of the content: the same files give the same version."""

    def rule(self, rule_id: str | None) -> Rule | None:
        """The rule with this id, or the one that replaces it."""
        return next((r for r in self.rules if r.id == rule_id or rule_id in r.replaces), None)
