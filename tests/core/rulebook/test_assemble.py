"""Rules become one base: stacked, free of contradictions, with a version that means something."""

from __future__ import annotations

from dataclasses import replace

from bot.core.rulebook.assemble import assemble
from bot.core.rulebook.faults import Fault
from bot.core.rulebook.model import (
    Audience,
    Bilingual,
    Escalation,
    EscalationClass,
    Phrase,
    Rule,
    Status,
    Taxonomy,
)

SAID = Bilingual("It fails", "失敗します")


def rule(name: str, path: str = "", says: str = "it failed badly") -> Rule:
    return Rule(
        id=name,
        status=Status.TESTED,
        product="vpn",
        audience=Audience.EMPLOYEE,
        title=SAID,
        signatures=(Phrase(says),),
        causes=(),
        escalate=Escalation(EscalationClass("", None, "it", ())),
        path=path or f"rules/vpn/{name}.yaml",
    )


def test_the_same_rules_give_the_same_base_in_whatever_order_and_place() -> None:
    here = [rule("a"), rule("b")]
    there = [replace(r, path=f"/opt/x/{r.path}") for r in reversed(here)]

    one, _ = assemble(here, Taxonomy())
    other, _ = assemble(there, Taxonomy())

    assert one.version == other.version
    assert len(one.version) == 12
    assert int(one.version, 16) >= 0
    assert [r.id for r in other.rules] == ["a", "b"]


def test_a_changed_word_is_a_new_version() -> None:
    before, _ = assemble([rule("a")], Taxonomy())
    after, _ = assemble([rule("a", says="it failed quietly")], Taxonomy())

    assert before.version != after.version


def test_a_later_folder_replaces_by_id() -> None:
    ours = rule("a", "/etc/firstcheck/vpn/a.yaml", "our own words")

    book, problems = assemble([rule("a"), rule("b"), ours], Taxonomy())

    assert problems == []
    assert book.rule("a") is ours
    assert len(book.rules) == 2


def test_the_same_id_twice_in_one_folder_is_refused() -> None:
    book, problems = assemble([rule("a"), rule("a", "rules/printer/a.yaml")], Taxonomy())

    assert [(p.code, p.path) for p in problems] == [(Fault.DUPLICATE_ID, "rules/printer/a.yaml")]
    assert "rules/vpn/a.yaml" in problems[0].hint
    assert len(book.rules) == 1


def test_an_old_id_leads_to_the_rule_that_replaced_it() -> None:
    book, problems = assemble([replace(rule("new"), replaces=("old",))], Taxonomy())

    assert problems == []
    assert book.rule("old") is book.rule("new")


def test_what_is_replaced_must_be_gone_and_have_one_heir() -> None:
    heirs = [replace(rule("b"), replaces=("a", "z")), replace(rule("c"), replaces=("z",))]

    _, problems = assemble([rule("a"), *heirs], Taxonomy())

    assert [(p.path, p.code) for p in problems] == [
        ("rules/vpn/b.yaml", Fault.REPLACED_IN_FORCE),
        ("rules/vpn/c.yaml", Fault.REPLACED_IN_FORCE),
    ]
    assert "still in force" in problems[0].message
