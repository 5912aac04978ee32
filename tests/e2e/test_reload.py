"""Rules change while the bot runs: by a saved file, by a signal, by staff."""

from __future__ import annotations

import shutil
import signal
import time
from typing import TYPE_CHECKING

from bot.workbench.standin.cast import TRIAGE
from tests.e2e.conftest import PATIENCE, Office, until

if TYPE_CHECKING:
    from pathlib import Path

    from bot.workbench.standin.model import Message

DRAFT = """\
id: office-flux
status: draft
product: office
title: {en: Flux capacitor, ja: 次元転移装置}
signatures:
  - phrase: The flux capacitor could not be charged.
"""


def rule_file(office: Office) -> Path:
    return office.database.parent / "rules" / "office" / "office-flux.yaml"


def saved(office: Office, text: str) -> None:
    rule_file(office).parent.mkdir(exist_ok=True)
    rule_file(office).write_text(text, "utf-8")


def logged(office: Office, words: str) -> bool:
    return words in office.log.read_text("utf-8", "replace")


def direct(office: Office, words: str) -> list[Message]:
    """What was said to the staff member directly, with these words, once there is something."""
    standin = office.standin
    return standin.wait_for(
        lambda: [m for m in standin.messages("dm-sato") if words in m.text], PATIENCE
    )


def hang_up(office: Office) -> None:
    assert office.process
    office.process.send_signal(signal.SIGHUP)


def test_a_broken_version_is_told_once_and_its_mending_too(authors: Office) -> None:
    saved(authors, DRAFT.replace("draft", "drafty"))
    hang_up(authors)  # the watcher may have told already; the same fault is told once
    (card,) = authors.cards()
    assert "office-flux.yaml:2:9 unknown-word" in card.text
    assert "これまでのルール" in card.text
    assert "go on answering" in card.text
    authors.standin.people.command("sato", TRIAGE.id, "/firstcheck", "reload")
    assert direct(authors, "unknown-word")
    saved(authors, DRAFT)
    hang_up(authors)
    mended = authors.cards(2)[1]
    assert "The rules are in order again" in mended.text
    assert "New: office-flux" in mended.text
    assert len(authors.cards(2)) == 2


def test_staff_are_told_what_changed_and_others_that_they_may_not(authors: Office) -> None:
    refused = authors.standin.people.command("alex", "general", "/firstcheck", "reload")
    until(lambda: refused.acked, "the command is answered")
    assert refused.answer
    assert "Only helpdesk staff" in refused.answer["text"]
    authors.standin.people.command("sato", "general", "/firstcheck", "reload")
    (answer,) = direct(authors, "ルールは前回と同じです")
    assert "The rules are the same as before" in answer.text


def test_a_hangup_reads_the_rules_again_and_ends_nothing(authors: Office) -> None:
    saved(authors, DRAFT)
    hang_up(authors)
    until(lambda: logged(authors, "rules reloaded: version"), "the rules are read again")
    assert authors.process
    assert authors.process.poll() is None


def test_a_rule_folder_that_is_deleted_and_made_anew_is_still_watched(authors: Office) -> None:
    rules = authors.database.parent / "rules"

    def read() -> int:
        return authors.log.read_text("utf-8", "replace").count("rules reloaded: version")

    saved(authors, DRAFT)
    until(lambda: read() == 1, "a saved file is read")
    shutil.rmtree(rules)
    until(lambda: logged(authors, "rules not reloaded"), "its end is noticed")
    rules.mkdir()
    (rules / "taxonomy.yaml").write_text("products: {}\nteams: {}\n", "utf-8")
    saved(authors, DRAFT.replace("Flux", "New flux"))
    until(lambda: read() == 2, "the new folder is read")
    time.sleep(1.0)
    saved(authors, DRAFT.replace("Flux", "Newest flux"))
    until(lambda: read() == 3, "and what is saved there later")
