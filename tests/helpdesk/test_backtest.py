"""The past, through the helpdesk: counted as it would have happened."""

from __future__ import annotations

from bot.bootstrap.desk import desk_for_backtest
from bot.helpdesk.backtest import Backtest, Heard
from tests.core.matching.rules import ENCRYPTED_JA, ORDINARY, book


def heard(text: str, *, ts: float = 100.0, user: str = "U1", channel: str = "help") -> Heard:
    return Heard(channel, user, str(ts), text)


def test_answers_are_counted_by_rule_and_channel_with_redacted_excerpts() -> None:
    test = Backtest(desk_for_backtest(ORDINARY))
    test.hear(heard(f"{ENCRYPTED_JA} 連絡先は taro@contoso.com です"))
    test.hear(heard("昼はカレーにします", channel="random"))
    tally = test.tally
    assert (tally.all.messages, tally.all.answered) == (2, 1)
    assert tally.channels["help"].answered == 1
    assert tally.channels["random"].answered == 0
    (excerpt,) = tally.answered["outlook-encrypted-connection"].excerpts
    assert "taro" not in excerpt.text
    assert "暗号化" in excerpt.text


def test_the_same_report_a_moment_later_is_no_second_answer() -> None:
    test = Backtest(desk_for_backtest(ORDINARY))
    for ts in (100.0, 160.0):
        test.hear(heard(ENCRYPTED_JA, ts=ts))
    test.hear(heard(ENCRYPTED_JA, ts=170.0, user="U2"))
    assert (test.tally.all.answered, test.tally.repeated) == (2, 1)


def test_what_another_rule_base_would_have_said_differently() -> None:
    smaller = book(*(r for r in ORDINARY.rules if r.id != "outlook-encrypted-connection"))
    test = Backtest(desk_for_backtest(ORDINARY), desk_for_backtest(smaller))
    test.hear(heard(ENCRYPTED_JA))
    test.hear(heard("lunch?"))
    (((before, after), pile),) = test.tally.changed.items()
    assert (before, after) == ((), ("outlook-encrypted-connection",))
    assert pile.messages == 1
    assert pile.excerpts[0].text.startswith("メール サーバー")


def test_a_time_that_is_none_is_no_trouble() -> None:
    test = Backtest(desk_for_backtest(ORDINARY))
    for ts in ("", "x", "nan", "inf", "-5", "1e300"):
        test.hear(Heard("help", "U1", ts, "lunch?"))
    assert list(test.tally.days) == [0]
