"""What the edge keeps in a lane's state beside the helpdesk's own: where its messages are.

The helpdesk's step returns a whole new state; these keys are carried over it.

===========  ==================================================================================
`posted`     turn → ts of our message, so that it can be settled
`direct_by`  who asked us directly: where we are not in the channel, they get a direct message
`moved`      that direct message's channel, once it was needed
===========  ==================================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.helpdesk.incoming import Place, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.helpdesk.incoming import Incoming
    from bot.helpdesk.ports import Json

POSTED, DIRECT_BY, MOVED = "posted", "direct_by", "moved"


def carried(old: Json, new: Json, incoming: Incoming) -> Json:
    """`new` with the edge's keys of `old`, and what `incoming` tells the edge."""
    kept: dict[str, Any] = {k: old[k] for k in (POSTED, DIRECT_BY, MOVED) if k in old}
    if isinstance(incoming, Report) and incoming.direct and DIRECT_BY not in kept:
        kept[DIRECT_BY] = incoming.who
    return {**new, **kept}


def with_posted(state: Json, turn: int | None, result: Mapping[str, Any], moved: str) -> Json:
    """`state` after a post: its ts under the turn (None: untracked), and where it had to go."""
    changed: dict[str, Any] = dict(state)
    if turn is not None and result.get("ts"):
        changed[POSTED] = {**state.get(POSTED, {}), str(turn): result["ts"]}
    if moved:
        changed[MOVED] = moved
    return changed


def posted_ts(state: Json, turn: int) -> str:
    """The ts of our message of that turn; empty when there is none."""
    return str(state.get(POSTED, {}).get(str(turn), ""))


def spot(state: Json, lane: str, place: Place) -> Place:
    """Where to speak: `place`, unless it is the conversation's own channel and that moved."""
    moved = str(state.get(MOVED, ""))
    return Place(place.team, moved, "") if moved and lane == place.key else place
