"""Somebody opens the direct message: what they are greeted with, and what a thread is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.bootstrap.desk import load_rules
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Rulebook
from bot.core.text.language import Language, language_of
from bot.core.text.normalise import read
from bot.core.wording.reply import Action
from bot.helpdesk.codec import from_json
from bot.helpdesk.diagnose import speaks
from bot.helpdesk.incoming import Opened, Place
from bot.helpdesk.outward import Prompts, Title
from bot.helpdesk.welcome import examples
from tests.helpdesk.office import CHANNEL, CODE, DM, MAIL_EN, MAIL_JA, VPN_EN, Lane, desk

if TYPE_CHECKING:
    from bot.helpdesk.ports import NewTask

JA, EN = Language.JA, Language.EN
HOME = Place("T1", "D1", "home")


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return load_rules().rulebook


def opened(**policy: object) -> tuple[Lane, Prompts]:
    lane = Lane(desk(**policy), HOME)
    lane.take(Opened(HOME, "5.0"))
    (offer,) = lane.tasks
    assert (offer.kind, offer.lane) == ("prompts", HOME.key)
    return lane, from_json(offer.body, Prompts)


def titles(tasks: list[NewTask]) -> list[Title]:
    return [from_json(task.body, Title) for task in tasks if task.kind == "title"]


def test_who_opens_the_direct_message_is_greeted_in_both_languages_and_nothing_is_posted() -> None:
    lane, offer = opened()
    assert offer.place == Place("T1", "D1")
    greetings = (
        "こんにちは。エラーの文を貼り付けてください。",
        "Hello. Please paste an error message.",
    )
    assert offer.title == " / ".join(greetings)
    assert not lane.posts
    assert not lane.state


def test_the_helpdesks_own_language_comes_first() -> None:
    assert opened(language=EN)[1].title.startswith("Hello.")
    assert opened(only_language=EN)[1].title == "Hello. Please paste an error message."


@pytest.mark.parametrize("first", [JA, EN])
def test_the_shipped_examples_are_of_four_products_in_both_languages_and_are_answered(
    first: Language, shipped: Rulebook
) -> None:
    second = EN if first is JA else JA
    offered = examples(shipped, (first, second))
    assert [language_of(p.message) for p in offered] == [first, second, first, second]
    assert [language_of(p.title) for p in offered] == [first, second, first, second]
    matcher = Matcher(shipped)
    found = [matcher.match(read(p.message)) for p in offered]
    assert all(speaks(matches) for matches in found)
    assert len({matches.found[0].rule.product for matches in found}) == 4


def test_without_rules_nothing_is_offered() -> None:
    assert examples(Rulebook(()), (JA, EN)) == ()


def test_a_thread_of_a_direct_message_is_named_after_its_error() -> None:
    lane = Lane(place=DM)
    lane.say(MAIL_JA, direct=True)
    (task,) = [t for t in lane.tasks if t.kind == "title"]
    (title,) = titles([task])
    rule = lane.desk.rulebook.rule("mail-refused")
    assert rule is not None
    assert title == Title(DM, rule.title.ja)
    assert task.lane != DM.key, "no answer waits behind it"
    assert task.due_at > lane.now, "and the first answer comes before it"
    lane.press(Action.FAILED)
    assert not titles([*lane.tasks])


def test_it_is_named_anew_when_it_is_about_another_error() -> None:
    lane = Lane(place=DM)
    lane.say(CODE, direct=True)
    assert not titles([*lane.tasks]), "which error it is was not known yet"
    lane.press(Action.CHOOSE, "vpn-gave-up")
    assert len(titles([*lane.tasks])) == 1


@pytest.mark.parametrize("place", [CHANNEL, Place("T1", "D1")])
def test_a_thread_of_a_channel_has_no_name_nor_has_what_we_began_ourselves(place: Place) -> None:
    lane = Lane(place=place)
    lane.say(VPN_EN, direct=True)
    assert lane.posts
    assert not titles([*lane.tasks])


def test_the_persons_words_are_in_no_title() -> None:
    lane = Lane(place=DM)
    lane.say(f"my name is Jane Roe. {MAIL_EN}", direct=True)
    assert "Roe" not in str(titles([*lane.tasks]))
