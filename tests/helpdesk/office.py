"""A desk with four rules of its own, and a lane that remembers what followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.core.conversation.hours import WorkingHours
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Bilingual
from bot.helpdesk.codec import from_json, incoming_of
from bot.helpdesk.desk import Desk
from bot.helpdesk.incoming import HandedOver, Incoming, Place, Press, Report, TicketChanged
from bot.helpdesk.moment import LaneState, Policy
from bot.helpdesk.outward import Notice, Post, Settle
from bot.helpdesk.ports import Json, NewTask, Task
from bot.storage.rules_folder import RulesFolder

if TYPE_CHECKING:
    from bot.core.conversation.model import Case, Phase
    from bot.core.rulebook.model import Rulebook
    from bot.core.wording.reply import Action, Button, Reply
    from bot.helpdesk.ports import CaseNote, Done

CHANNEL: Final = Place("T1", "C1", "1.0")
DM: Final = Place("T1", "D1", "1.0")
ASKER: Final = "U-asker"
COLLEAGUE: Final = "U-colleague"
STAFF: Final = "U-staff"

MAIL_EN: Final = "The mail service refused to add this account to your profile."
MAIL_JA: Final = "メール サービスは、このアカウントをプロファイルに追加することを拒否しました。"
VPN_EN: Final = "The VPN gateway gave up on this connection attempt."
VPN_JA: Final = "VPN ゲートウェイはこの接続の試行を中止しました。"
THEIRS: Final = "The domain controller has run out of available identifiers."
CODE: Final = "0x8007BEEF"


def _book() -> Rulebook:
    loaded = RulesFolder([Path(__file__).parent / "rules"]).load()
    assert not loaded.problems, loaded.problems
    return loaded.rulebook


BOOK: Final = _book()
POLICY: Final = Policy(
    hours=WorkingHours(UTC),
    triage_channel="C-triage",
    contact=Bilingual("Call 1234.", "内線 1234 へ。"),
)
MATCHER: Final = Matcher(BOOK, include_drafts=True)


def desk(**policy: Any) -> Desk:
    """A desk whose policy differs in these points."""
    return Desk(BOOK, MATCHER, replace(POLICY, **policy))


@dataclass
class Lane:
    """One lane: what comes in, what follows."""

    desk: Desk = field(default_factory=desk)
    place: Place = CHANNEL
    state: Json = field(default_factory=dict)
    now: float = 1_700_000_000.0
    tasks: Sequence[NewTask] = ()
    """Of the latest step."""
    cancelled: Sequence[str] = ()
    why: str = ""
    messages: int = 0

    def take(self, incoming: Incoming, recent: CaseNote | None = None) -> Done:
        self.now += 60.0
        done = self.desk.step(self.state, incoming, self.now, recent)
        self.state = self.state if done.state is None else done.state
        self.tasks, self.cancelled = done.new, done.cancel
        self.why = done.result.get("why", "")
        return done

    def say(self, text: str, who: str = ASKER, **more: Any) -> None:
        self.messages += 1
        recent = more.pop("recent", None)
        more.setdefault("in_thread", self.messages > 1)
        self.take(Report(self.place, who, f"{self.messages}.0", text, **more), recent)

    def press(self, action: Action, value: str = "", who: str = ASKER, **more: Any) -> None:
        more.setdefault("turn", self.lane.case.turn if self.lane.case else 0)
        more.setdefault("message_ts", "9.9")
        self.take(Press(self.place, who, action, value, **more))

    @property
    def lane(self) -> LaneState:
        return from_json(self.state, LaneState)

    @property
    def case(self) -> Case:
        case = self.lane.case
        assert case is not None
        return case

    def phase(self) -> Phase:
        """A method, so that type checkers do not take it for unchanged after the next step."""
        return self.case.phase

    @property
    def posts(self) -> list[Post]:
        return [from_json(t.body, Post) for t in self.tasks if t.kind == "post"]

    @property
    def settled(self) -> list[Settle]:
        return [from_json(t.body, Settle) for t in self.tasks if t.kind == "settle"]

    @property
    def notices(self) -> list[Notice]:
        return [from_json(t.body, Notice) for t in self.tasks if t.kind == "notice"]

    @property
    def tickets(self) -> list[HandedOver]:
        return [from_json(t.body, HandedOver) for t in self.tasks if t.kind == "handover"]

    @property
    def news(self) -> list[TicketChanged]:
        return [from_json(t.body, TicketChanged) for t in self.tasks if t.kind == "ticket"]

    @property
    def reply(self) -> Reply:
        (post,) = self.posts
        return post.reply

    def buttons(self) -> dict[Action, Button]:
        return {b.action: b for b in self.reply.buttons}


def delivered(task: NewTask) -> Incoming:
    """An inbound task as its lane receives it."""
    return incoming_of(as_handed_out(task))


def as_handed_out(task: NewTask) -> Task:
    return Task(
        seq=1,
        id=task.id,
        lane=task.lane,
        kind=task.kind,
        body=task.body,
        due_at=task.due_at,
        attempts=1,
        maybe_sent=False,
        first_try=None,
        last_try=None,
    )
