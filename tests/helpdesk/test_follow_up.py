"""A conversation goes on: presses, typed answers, reminders, news from the helpdesk."""

from __future__ import annotations

import pytest

from bot.core.conversation.model import Phase
from bot.core.triage.model import TicketStatus
from bot.core.wording.reply import Action
from bot.helpdesk.incoming import (
    HandedOver,
    Place,
    Press,
    Report,
    TicketChanged,
    TimerFired,
    Withdrawn,
)
from bot.helpdesk.ports import CaseNote
from tests.helpdesk.office import (
    ASKER,
    CHANNEL,
    CODE,
    COLLEAGUE,
    DM,
    MAIL_EN,
    MAIL_JA,
    STAFF,
    VPN_EN,
    Lane,
    delivered,
    desk,
)

NEWEST = "the newest message"


def opened(text: str = MAIL_EN, **policy: object) -> Lane:
    lane = Lane(desk(**policy))
    lane.say(text)
    return lane


# --- Presses ------------------------------------------------------------------------------------


def test_a_press_settles_the_message_it_was_on_and_leads_on() -> None:
    lane = opened()
    lane.press(Action.FAILED, message_ts="5.5")
    (settled,) = lane.settled
    assert (settled.turn, settled.ts) == (1, "5.5")
    assert settled.reply.lines[-1].text == "Answer: Didn't help"
    assert not settled.reply.buttons
    assert lane.posts[0].turn == 2
    assert lane.case.failed == ("name",)


def test_the_button_of_an_older_message_is_told_so_and_nothing_happens() -> None:
    lane = opened()
    lane.press(Action.FAILED)
    before = lane.state
    lane.press(Action.FIXED, turn=1)
    assert [n.who for n in lane.notices] == [ASKER]
    assert NEWEST in lane.notices[0].reply.text
    assert not lane.posts
    assert lane.state == before
    assert lane.why == "stale"


def test_a_press_that_comes_twice_counts_once() -> None:
    lane = opened()
    lane.press(Action.FAILED)
    after = lane.state
    lane.press(Action.FAILED, turn=1)
    first = [t.id for t in lane.tasks]
    lane.press(Action.FAILED, turn=1)
    assert lane.state == after
    assert [t.id for t in lane.tasks] == first, "one notice a press, however often it is delivered"


def test_the_way_to_a_person_works_on_every_message_however_old() -> None:
    lane = opened()
    lane.press(Action.FAILED)
    lane.press(Action.HUMAN, turn=1)
    assert lane.phase() is Phase.ESCALATED
    assert lane.tickets[0].ticket.asker == ASKER


def test_two_clicks_on_the_way_to_a_person_are_one_handover_told_once() -> None:
    lane = opened()
    lane.press(Action.HUMAN)
    handed_over = lane.state
    lane.press(Action.HUMAN, turn=1)
    assert lane.state == handed_over
    assert not lane.posts
    assert not lane.settled
    assert "answered already" in lane.notices[0].reply.text


@pytest.mark.parametrize(
    ("who", "staff", "anyone", "counts"),
    [
        (ASKER, False, False, True),
        (COLLEAGUE, False, False, False),
        (COLLEAGUE, False, True, True),
        (STAFF, True, False, True),
    ],
)
def test_whose_presses_count(who: str, *, staff: bool, anyone: bool, counts: bool) -> None:
    lane = opened(anyone_may_answer=anyone)
    lane.press(Action.FIXED, who=who, staff=staff)
    assert (lane.phase() is Phase.SOLVED) is counts
    if not counts:
        assert lane.notices[0].who == who
        assert "Only the person who asked" in lane.notices[0].reply.text
    elif who != ASKER:
        assert lane.settled[0].reply.lines[-1].who == who


def test_a_press_in_a_lane_without_a_case_says_that_nothing_is_kept_of_it() -> None:
    lane = Lane()
    lane.press(Action.FIXED, turn=1)
    assert "もう一度貼り付けて" in lane.notices[0].reply.text
    assert not lane.state


def test_an_answer_that_fits_no_question_changes_nothing() -> None:
    lane = opened()
    before = lane.state
    lane.press(Action.ANSWER, "yes")
    assert lane.notices
    assert lane.state == before


def test_choosing_an_app_opens_the_case_of_its_rule() -> None:
    lane = Lane(place=DM)
    lane.say(CODE, direct=True)
    lane.press(Action.CHOOSE, "vpn-gave-up")
    assert (lane.case.rule_id, lane.case.step) == ("vpn-gave-up", "fix:client")


def test_what_was_not_offered_cannot_be_chosen() -> None:
    lane = Lane(place=DM)
    lane.say(CODE, direct=True)
    lane.press(Action.CHOOSE, "server-room")
    assert lane.notices
    assert lane.phase() is Phase.CHOOSING


# --- Typed --------------------------------------------------------------------------------------


def test_typed_answers_count_as_well_as_buttons_and_are_shown() -> None:
    lane = opened()
    lane.say("still  broken")
    assert lane.case.failed == ("name",)
    assert lane.settled[0].reply.lines[-1].text == "Answer: still broken"
    assert lane.case.step == "fix:password"
    lane.say("はい")  # after a fix: yes, it helped
    assert lane.phase() is Phase.SOLVED


@pytest.mark.parametrize("text", ["thanks, trying", "where is that field?", MAIL_EN])
def test_an_ordinary_remark_in_the_thread_is_left_alone(text: str) -> None:
    lane = opened()
    before = lane.state
    lane.say(text)
    assert not lane.tasks
    assert lane.state == before
    assert lane.why


def test_said_to_us_directly_a_remark_is_answered_once_a_turn() -> None:
    lane = Lane(place=DM)
    lane.say(MAIL_EN, direct=True)
    lane.say("hmm what", direct=True)
    assert "please use the buttons above" in lane.reply.text
    assert not lane.posts[0].tracked
    lane.say("hmm what now", direct=True)
    assert not lane.tasks


def before_in(place: Place, rule: str = "mail-refused") -> CaseNote:
    """The person's case, which stands in another thread of the same direct message."""
    return CaseNote(
        lane=place.key,
        team=place.team,
        channel=place.channel,
        asker=ASKER,
        rule_id=rule,
        phase="offered",
        opened_at=0.0,
        updated_at=0.0,
    )


EARLIER = Place("T1", "D1", "0.5")


@pytest.mark.parametrize("text", ["まだだめです", "it works now", "talk to a human please"])
def test_an_answer_typed_below_the_thread_of_a_direct_message_reaches_its_case(text: str) -> None:
    lane = Lane(place=DM)
    lane.say(text, direct=True, recent=before_in(EARLIER))
    (told,) = lane.tasks
    assert (told.lane, told.kind) == (EARLIER.key, "report")
    assert delivered(told) == Report(EARLIER, ASKER, "1.0", text, direct=True, in_thread=True)
    assert not lane.state, "no case was opened beside it"


@pytest.mark.parametrize("text", ["my chair squeaks", VPN_EN, MAIL_JA])
def test_anything_else_begins_a_thread_of_its_own(text: str) -> None:
    lane = Lane(place=DM)
    lane.say(text, direct=True, recent=before_in(EARLIER))
    assert EARLIER.key not in {t.lane for t in lane.tasks}
    assert lane.posts


def test_under_a_message_we_began_with_every_word_is_for_its_case() -> None:
    lane = Lane(place=DM)
    lane.say("id 4711", direct=True, in_thread=True, recent=before_in(Place("T1", "D1")))
    assert [t.lane for t in lane.tasks] == ["T1:D1:"]


def test_a_command_about_what_is_with_the_helpdesk_is_told_so() -> None:
    lane = Lane(place=Place("T1", "D1"))
    lane.say(MAIL_EN, direct=True)
    lane.press(Action.HUMAN)
    ticket = lane.case.ticket
    lane.say(MAIL_EN, direct=True, in_thread=False)
    assert any("Handed over" in line.text for post in lane.posts for line in post.reply.lines)
    assert lane.case.ticket == ticket
    lane.say("thanks", direct=True)
    assert not lane.posts, "among people the bot is quiet"


def test_without_a_case_before_it_an_answer_is_a_report() -> None:
    lane = Lane(place=DM)
    lane.say("まだだめです", direct=True)
    assert lane.posts


def test_in_a_channel_an_answer_is_for_its_own_thread_only() -> None:
    lane = Lane()
    lane.say("まだだめです", recent=before_in(Place("T1", "C1", "0.5")))
    assert not lane.tasks


def test_somebody_elses_remark_makes_us_quiet() -> None:
    lane = opened()
    lane.say("try the thing I sent you", who=COLLEAGUE)
    assert not lane.tasks
    assert lane.case.quiet
    lane.take(TimerFired(CHANNEL, "nudge", 1))
    assert not lane.tasks


def test_an_edit_is_no_new_answer() -> None:
    lane = opened()
    before = lane.state
    lane.say("still broken", edited=True)
    assert not lane.tasks
    assert lane.state == before


def test_an_edit_may_turn_a_remark_into_the_error_that_was_meant() -> None:
    lane = Lane()
    lane.say("it broke")
    lane.say(MAIL_EN, edited=True, in_thread=False)
    assert lane.case.rule_id == "mail-refused"


def test_another_error_in_the_thread_is_offered_as_its_own_case() -> None:
    lane = opened()
    lane.say(f"and now {VPN_EN}")
    assert "VPN gave up" in lane.reply.text
    assert not lane.posts[0].tracked
    other = lane.buttons()[Action.OPEN_OTHER]
    first = lane.case.id
    lane.press(Action.OPEN_OTHER, other.value, turn=1)
    assert lane.case.rule_id == "vpn-gave-up"
    assert lane.case.id == f"{first}-2"


def test_in_a_direct_message_a_closed_case_gives_way_to_a_new_error() -> None:
    lane = Lane(place=DM)
    lane.say(MAIL_EN, direct=True)
    first = lane.case.id
    lane.press(Action.FIXED)
    lane.say(VPN_EN, direct=True)
    assert lane.case.rule_id == "vpn-gave-up"
    assert lane.case.id != first
    assert lane.posts[0].turn > 2, "no button of the first case is live again"


def test_solved_too_early_is_taken_back_in_words() -> None:
    lane = opened()
    lane.say("it works now")
    assert lane.phase() is Phase.SOLVED
    lane.say("still broken")
    assert lane.phase() is Phase.OFFERED
    assert lane.case.failed == ("name",)


# --- Reminders and news -------------------------------------------------------------------------


def test_a_reminder_comes_once_and_the_buttons_stay_where_they_are() -> None:
    lane = opened()
    lane.take(TimerFired(CHANNEL, "nudge", 1))
    assert "How did it go?" in lane.reply.text
    assert not lane.posts[0].tracked
    assert not lane.settled
    lane.take(TimerFired(CHANNEL, "nudge", 1))
    assert not lane.tasks


def test_a_reminder_of_an_earlier_turn_is_void() -> None:
    lane = opened()
    lane.press(Action.FAILED)
    for name in ("nudge", "close"):
        lane.take(TimerFired(CHANNEL, name, 1))
        assert not lane.tasks


def test_without_an_answer_it_is_closed_and_a_press_goes_on() -> None:
    lane = opened()
    lane.take(TimerFired(CHANNEL, "close", 1))
    assert lane.phase() is Phase.EXPIRED
    assert lane.settled[0].turn == 1
    lane.press(Action.FAILED)
    assert lane.phase() is Phase.OFFERED
    assert lane.case.failed == ("name",)


def test_the_person_is_told_who_took_it_and_who_finished_it() -> None:
    lane = opened()
    lane.press(Action.HUMAN)
    lane.take(TicketChanged(CHANNEL, TicketStatus.CLAIMED, STAFF))
    assert lane.reply.lines[0].who == STAFF
    assert "looking after this now" in lane.reply.text
    lane.take(TicketChanged(CHANNEL, TicketStatus.RESOLVED, STAFF))
    assert lane.reply.lines[0].who == STAFF
    assert lane.phase() is Phase.SOLVED


def test_a_ticket_resolved_too_early_goes_back_under_its_number() -> None:
    lane = opened()
    lane.press(Action.HUMAN)
    number = lane.case.ticket
    lane.take(TicketChanged(CHANNEL, TicketStatus.RESOLVED, STAFF))
    lane.press(Action.FAILED)
    assert lane.phase() is Phase.ESCALATED
    assert lane.tickets[0].ticket.id == number


def test_solved_after_the_handover_the_helpdesk_is_told() -> None:
    lane = opened()
    lane.press(Action.HUMAN)
    lane.press(Action.FIXED)
    (news,) = lane.news
    assert (news.status, news.by) == (TicketStatus.SOLVED_BY_ASKER, ASKER)
    assert news.place.channel == "C-triage"


def test_a_deleted_message_takes_its_case_along_but_a_deleted_reply_does_not() -> None:
    lane = opened()
    lane.take(Withdrawn(CHANNEL, "7.0"))
    assert lane.phase() is Phase.OFFERED
    lane.take(Withdrawn(CHANNEL, "1.0"))
    assert lane.phase() is Phase.DISMISSED
    assert not lane.posts
    assert len(lane.cancelled) == 2


@pytest.mark.parametrize(
    "incoming",
    [
        TimerFired(CHANNEL, "nudge", 1),
        TicketChanged(CHANNEL, TicketStatus.CLAIMED, STAFF),
        Withdrawn(CHANNEL, "1.0"),
    ],
)
def test_what_comes_for_a_case_that_is_gone_is_passed_over(
    incoming: TimerFired | TicketChanged | Withdrawn,
) -> None:
    lane = Lane()
    lane.take(incoming)
    assert not lane.tasks
    assert lane.why


# --- Without a triage channel -------------------------------------------------------------------


def test_without_a_triage_channel_nobody_is_promised_anything() -> None:
    lane = opened(triage_channel="")
    lane.press(Action.HUMAN)
    assert not lane.tickets
    assert "Call 1234." in lane.reply.text
    assert "Handed over" not in lane.reply.text
    lane.press(Action.FIXED)
    assert not lane.news


# --- Task ids -----------------------------------------------------------------------------------


def test_every_task_of_a_long_conversation_has_an_id_of_its_own() -> None:
    lane, seen = opened(), []
    for action in (Action.FAILED, Action.NOT_SURE, Action.OTHER, Action.OTHER, Action.HUMAN):
        seen += [t.id for t in lane.tasks]
        lane.press(action)
    lane.press(Action.HUMAN)
    lane.press(Action.FIXED)
    lane.press(Action.FAILED)
    seen += [t.id for t in lane.tasks]
    assert len(set(seen)) == len(seen)
    assert all(i.startswith(("post:", "settle:", "timer:", "handover:", "ticket:")) for i in seen)


@pytest.mark.parametrize("action", [Action.FAILED, Action.HUMAN, Action.FIXED, Action.OTHER])
def test_a_press_done_again_after_a_crash_gives_the_same_tasks(action: Action) -> None:
    lane = opened()
    press = Press(CHANNEL, ASKER, action, "", 1, "2.0")
    first = lane.desk.step(lane.state, press, 5.0)
    again = lane.desk.step(lane.state, press, 9.0)
    assert [t.id for t in first.new] == [t.id for t in again.new]
    assert first.cancel == again.cancel


def test_every_task_goes_to_the_lane_it_is_for() -> None:
    lane = opened()
    lane.press(Action.HUMAN)
    lanes = {t.kind: t.lane for t in lane.tasks}
    assert lanes["post"] == lanes["settle"] == CHANNEL.key
    assert Place.of(lanes["handover"]) == Place("T1", "C-triage", lane.case.ticket)
    assert isinstance(lane.tickets[0], HandedOver)
    assert lane.tickets[0].conversation == CHANNEL
