"""What the mailbox in memory keeps of one person: the twin of `bot.storage.person`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.helpdesk.ports import CaseNote, Forgotten, Kept
from bot.storage import naming
from bot.storage.memory_rows import Lane, Row, state_of

if TYPE_CHECKING:
    from collections.abc import Container


@dataclass(frozen=True, slots=True)
class People:
    """Finds and forgets; whoever calls holds the mailbox's lock."""

    rows: Mapping[str, Row]
    lanes: Mapping[str, Lane]
    notes: Mapping[str, CaseNote]
    close: Callable[[str, float], None]
    """Marks a task as done, by its id."""
    end: Callable[[Lane, float], None]
    count: Callable[[Lane], None]
    """Keeps what became of a lane's case, in numbers."""

    def kept_of(self, who: str, team: str) -> Kept:
        """See `bot.helpdesk.ports.PersonalData`."""
        lanes = [lane for lane in self._lanes_of(who, team) if lane.state is not None]
        return Kept(
            tuple(asdict(note) for note in self._notes_of(who, team)),
            tuple({"key": lane.key, "state": state_of(lane)} for lane in lanes),
            tuple(
                {
                    "lane": row.lane,
                    "kind": row.kind,
                    "due_at": row.due_at,
                    "done_at": row.done_at,
                    "body": json.loads(row.body),
                }
                for row in self._rows_of(who, team)
            ),
        )

    def forget(self, who: str, now: float, team: str, spare: str) -> Forgotten:
        """See `bot.helpdesk.ports.PersonalData`."""
        noted = {note.lane for note in self._notes_of(who, team)}
        about = {key for key in self.lanes if naming.is_about(state_of(self.lanes[key]), who)}
        own = (noted | {key for key in about if _within(key, team)}) - {spare}
        ended = self._end([key for key in self.lanes if key in own], now)
        rows = [row for row in self._rows_of(who, team) if row.lane != spare]
        theirs = [row for row in rows if naming.is_theirs(json.loads(row.body), who)]
        direct = {
            naming.direct_lanes(r.lane, json.loads(r.body), json.loads(r.result), who)
            for r in theirs
        }
        for row in rows:
            self._take_away(row)
            if row in theirs:
                self.close(row.id, now)
                row.body = ""
            else:
                row.body = json.dumps(naming.without(json.loads(row.body), who))
        ended += self._end_direct(direct - {""}, now, spare)
        lanes = [lane for lane in self._lanes_of(who, team) if lane.key != spare]
        for lane in lanes:
            lane.state = json.dumps(naming.without(state_of(lane), who))
            lane.let_go()
        return Forgotten(ended, len(theirs), len(rows) - len(theirs) + len(lanes))

    def _end_direct(self, prefixes: Container[str], now: float, spare: str) -> int:
        theirs = [key for key in self.lanes if _direct(key) in prefixes and key != spare]
        ended = self._end(theirs, now)
        for row in self.rows.values():
            if row.lane in theirs:
                self.close(row.id, now)
                row.body = ""
        return ended

    def _end(self, keys: list[str], now: float) -> int:
        found = (self.lanes[key] for key in keys)
        alive = [lane for lane in found if lane.state is not None or lane.wake_at is not None]
        for lane in alive:
            self.count(lane)
            self.end(lane, now)
        return len(alive)

    def _take_away(self, row: Row) -> None:
        lane = self.lanes.get(row.lane)
        if row.done_at is None and lane and lane.owner is not None:
            lane.let_go()

    def _notes_of(self, who: str, team: str) -> list[CaseNote]:
        return [n for n in self.notes.values() if n.asker == who and team in {"", n.team}]

    def _lanes_of(self, who: str, team: str) -> list[Lane]:
        noted = {note.lane for note in self._notes_of(who, team)}
        return [
            lane
            for key, lane in self.lanes.items()
            if _within(key, team) and (key in noted or naming.names(state_of(lane), who))
        ]

    def _rows_of(self, who: str, team: str) -> list[Row]:
        noted = {note.lane for note in self._notes_of(who, team)}
        return [
            row
            for row in self.rows.values()
            if row.body and _within(row.lane, team)
            if row.lane in noted or naming.names(json.loads(row.body), who)
        ]


def _direct(lane: str) -> str:
    return "".join(f"{part}:" for part in lane.split(":")[:2])


def _within(lane: str, team: str) -> bool:
    return not team or lane.startswith(f"{team}:")
