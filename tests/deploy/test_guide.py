"""The guide says the same in both languages: headings, commands, tables, links."""

from __future__ import annotations

import re

import pytest

from tests.deploy.guide import DEPLOY, GUIDES, commands, without_comments

ENGLISH, JAPANESE = ((DEPLOY / name).read_text("utf-8") for name in GUIDES)


def blocks(text: str) -> list[str]:
    fenced = re.findall(r"^ *```\w*\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    return [without_comments(block) for block in fenced]


def prose(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE)


def shape(text: str) -> list[str]:
    """Headings by their depth, and rows of tables by their number, in order."""
    lines = prose(text).splitlines()
    return [
        line.split(" ")[0] if line.startswith("#") else "|" * line.count("|")
        for line in lines
        if line.startswith(("#", "|"))
    ]


def anchors(text: str) -> set[str]:
    """What GitHub makes of the headings."""
    titles = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_both_languages_have_the_same_commands() -> None:
    assert blocks(ENGLISH) == blocks(JAPANESE)


def test_both_languages_have_the_same_headings_and_tables() -> None:
    assert shape(ENGLISH) == shape(JAPANESE)


def test_what_is_tried_is_the_same_in_both_languages() -> None:
    english, japanese = map(commands, GUIDES)
    assert list(english) == list(japanese)
    files = {"backup", "restore", "update", "update-undone"}
    assert set(english) == files | {"backup-postgresql", "restore-postgresql"}


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE], ids=GUIDES)
def test_every_link_leads_somewhere(text: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    inside = {link[1:] for link in links if link.startswith("#")}
    assert inside <= anchors(text)
    files = [link for link in links if not link.startswith(("#", "http"))]
    assert [link for link in files if not (DEPLOY / link).exists()] == []


@pytest.mark.parametrize("text", [ENGLISH, JAPANESE], ids=GUIDES)
def test_every_setting_named_is_one(text: str) -> None:
    from bot.config.settings import SETTINGS

    known = {s.name for s in SETTINGS.values()} | {s.file for s in SETTINGS.values() if s.secret}
    named = set(re.findall(r"\b(?:FIRSTCHECK|SLACK)_[A-Z_]+\b", text))
    assert named <= known
