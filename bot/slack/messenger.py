"""The only way out to Slack: each outward task as one or two Web API calls.

A post is sent at most once. Slack has no key for that, so every post carries its task's id as
message metadata, and one whose outcome is unknown is looked up before it is sent again: after a
quiet time, because Slack's reads lag behind its writes, and after a second one if it is not there.
Nothing is retried here and nothing sleeps; the worker keeps the lane closed instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata
from slack_sdk.web import SlackResponse

from bot.errors import StorageError
from bot.helpdesk.codec import new_task, outward_of
from bot.helpdesk.incoming import Place, Report
from bot.helpdesk.outward import Notice, OpenDm, Post, Prompts, Settle, Title
from bot.slack import edge_state
from bot.slack.agent_view import AgentView
from bot.slack.directory import NotInstalled, TokenStale
from bot.slack.gates import Gates
from bot.slack.ids import Wire, post_id
from bot.slack.outcome import (
    NOT_GRANTED,
    NOT_INSTALLED,
    NOT_THERE,
    RATE_LIMITED,
    UNAUTHORISED,
    GiveUp,
    RetryAt,
    Sent,
    broken,
    refused,
)
from bot.slack.render import blocks, fallback_text
from bot.slack.web import NotAllowed, web_client

if TYPE_CHECKING:
    from bot.core.wording.reply import Reply
    from bot.helpdesk.ports import Lease, Task
    from bot.slack.directory import Directory
    from bot.slack.outcome import Outcome
    from bot.slack.settings import SlackSettings
    from bot.slack.web import KeptOpen

Clock = Callable[[], float]
Call = Callable[..., SlackResponse]

SKEW_S = 3600.0
"""How far our clock and Slack's may differ, where only ours tells when a post was first tried."""
_LOOK_LATER = RetryAt(None, maybe_sent=True, error="to be looked up", counts=False)
_NO_THREAD = GiveUp("thread_not_found")
PAGES = 10
"""Pages of 200 messages a look-up reads."""


class Messenger:
    """Does outward tasks. One instance serves all worker threads."""

    def __init__(
        self,
        settings: SlackSettings,
        clock: Clock,
        web: KeptOpen | None = None,
        directory: Directory | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._web = web or web_client(settings)
        self._directory = directory
        self._gates = Gates()
        self._agent_view = AgentView(self._web, self._call)

    def perform(self, lease: Lease) -> Outcome:
        """Do the leased task, or say when to try again. Raises nothing Slack is to blame for."""
        match outward_of(lease.task):
            case Post() as post:
                return self._post(lease, post)
            case Settle() as settle:
                return self._settle(lease, settle)
            case Notice() as notice:
                return self._notice(lease, notice)
            case OpenDm() as opening:
                return self._open_dm(lease, opening)
            case Prompts() | Title() as aside:
                return self._agent_view.perform(lease, aside)

    def _post(self, lease: Lease, post: Post) -> Outcome:
        where = edge_state.spot(lease.state, lease.lane, post.place)
        outcome = self._say(lease, post, where)
        asked_by = str(lease.state.get(edge_state.DIRECT_BY, ""))
        absent = isinstance(outcome, GiveUp) and outcome.reason in NOT_THERE
        if absent and asked_by and where.key == lease.lane:
            return self._say_aside(lease, post, asked_by)
        return outcome

    def _say_aside(self, lease: Lease, post: Post, who: str) -> Outcome:
        """The bot is not in the channel: go on in the direct message with who asked."""
        opened = self._call(lease, who, self._web.conversations_open, users=[who])
        if not isinstance(opened, SlackResponse):
            return _still(opened, maybe_sent=lease.task.maybe_sent)
        channel = opened["channel"]["id"]
        outcome = self._say(lease, post, Place(post.place.team, channel))
        return replace(outcome, moved=channel) if isinstance(outcome, Sent) else outcome

    def _say(self, lease: Lease, post: Post, where: Place) -> Outcome:
        if lease.task.maybe_sent and (earlier := self._earlier(lease, where)):
            return earlier
        answer = self._call(
            lease,
            where.channel,
            self._web.chat_postMessage,
            channel=where.channel,
            thread_ts=where.thread or None,
            metadata=Metadata(Wire.POSTED, {"id": post_id(lease.task.id)}),
            unfurl_links=False,
            unfurl_media=False,
            **_drawn(post.reply, post.lane, post.turn),
        )
        return _sent(answer, where) if isinstance(answer, SlackResponse) else answer

    def _earlier(self, lease: Lease, where: Place) -> Outcome | None:
        """What became of an earlier try; None when Slack surely does not have it."""
        if early := self._too_early(lease.task):
            return early
        looked, quiet, cursor = lease.task.looked, self._settings.quiet_s, ""
        for _ in range(PAGES):
            page = self._page(lease, where, cursor)
            if page == _NO_THREAD and not looked:  # the message we answer may be shown late too
                return replace(_LOOK_LATER, seconds=quiet, looked=True)
            if not isinstance(page, SlackResponse):
                return _still(page, maybe_sent=True, looked=looked)
            if found := _carrying(page, post_id(lease.task.id)):
                return Sent({"ts": found, "channel": where.channel, "found": True})
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return None if looked else replace(_LOOK_LATER, seconds=quiet, looked=True)
        return GiveUp("lookup_incomplete")

    def _too_early(self, task: Task) -> RetryAt | None:
        """How long what was sent may still be invisible."""
        wait = self._settings.quiet_s * (1 + task.looked)
        early = (task.last_try or 0.0) + wait - self._clock()
        if early > wait:  # the clock was set back: let it have been tried now
            return replace(_LOOK_LATER, seconds=wait, looked=task.looked, counts=True)
        return replace(_LOOK_LATER, seconds=early, looked=task.looked) if early > 0 else None

    def _page(self, lease: Lease, where: Place, cursor: str) -> SlackResponse | RetryAt | GiveUp:
        oldest = where.thread or f"{(lease.task.first_try or 0.0) - SKEW_S:.6f}"
        options: dict[str, Any] = {"channel": where.channel, "oldest": oldest, "limit": 200}
        options |= {"include_all_metadata": True, "inclusive": True, "cursor": cursor or None}
        if where.thread:
            options["ts"] = where.thread
        read = self._web.conversations_replies if where.thread else self._web.conversations_history
        return self._call(lease, f"read {where.channel}", read, **options)

    def _settle(self, lease: Lease, settle: Settle) -> Outcome:
        """Replacing a message twice changes nothing, so this may simply be repeated."""
        ts = settle.ts or edge_state.posted_ts(lease.state, settle.turn)
        if not ts:
            return Sent({"skipped": "not posted"})
        where = edge_state.spot(lease.state, lease.lane, settle.place)
        drawn = _drawn(settle.reply, settle.lane, settle.turn)
        update = self._web.chat_update
        answer = self._call(lease, where.channel, update, channel=where.channel, ts=ts, **drawn)
        if answer == GiveUp("message_not_found"):
            return Sent({"skipped": "deleted"})
        return _sent(answer, where) if isinstance(answer, SlackResponse) else answer

    def _notice(self, lease: Lease, notice: Notice) -> Outcome:
        """At most once: it cannot be looked up, and matters little."""
        if lease.task.maybe_sent:
            return Sent({"skipped": "may have been seen"})
        where = edge_state.spot(lease.state, lease.lane, notice.place)
        answer = self._call(
            lease,
            where.channel,
            self._web.chat_postEphemeral,
            channel=where.channel,
            user=notice.who,
            thread_ts=where.thread or None,
            **_drawn(notice.reply, lease.lane, 0),
        )
        if isinstance(answer, RetryAt) and not answer.maybe_sent:
            return answer
        return Sent() if isinstance(answer, SlackResponse) else Sent({"skipped": _why(answer)})

    def _open_dm(self, lease: Lease, opening: OpenDm) -> Outcome:
        answer = self._call(lease, opening.who, self._web.conversations_open, users=[opening.who])
        if not isinstance(answer, SlackResponse):
            return answer
        place = Place(opening.team, answer["channel"]["id"])
        follow = new_task(f"dm:{lease.task.id}", place.key, _in_dm(opening, place))
        return Sent({"channel": place.channel}, new=(follow,))

    def _call(
        self, lease: Lease, gate: str, call: Call, **arguments: Any
    ) -> SlackResponse | RetryAt | GiveUp:
        """One request, if it is still ours to make and Slack has not asked us to wait.

        It is made in the name of the workspace that the lane belongs to, whatever the task says.
        """
        now, team = self._clock(), lease.lane.split(":", 1)[0]
        gate = f"{team} {gate}"
        if self._directory:
            try:
                arguments["token"] = self._directory.token(team)
            except NotInstalled:
                return GiveUp(NOT_INSTALLED)
            except TokenStale:
                return RetryAt(None, maybe_sent=False, error="token_expired")
            except StorageError:
                return RetryAt(2.0, maybe_sent=False, error="database", counts=False)
        return self._ask(lease, gate, now, call, arguments)

    def _ask(
        self, lease: Lease, gate: str, now: float, call: Call, arguments: dict[str, Any]
    ) -> SlackResponse | RetryAt | GiveUp:
        if wait := self._gates.wait(gate, now):
            return RetryAt(wait, maybe_sent=False, error=RATE_LIMITED, counts=False)
        try:
            with self._web.only_if(lambda: self._still_ours(lease)):
                return call(**arguments)
        except NotAllowed:
            return RetryAt(1.0, maybe_sent=False, error="lease nearly over", counts=False)
        except SlackApiError as error:
            return self._gates.noted(gate, self._among_many(lease, refused(error)), now)
        except (OSError, HTTPException, ValueError) as error:
            return broken(error)

    def _among_many(self, lease: Lease, outcome: RetryAt | GiveUp) -> RetryAt | GiveUp:
        """One of many workspaces may be out of our reach while the others are not."""
        if not self._directory or isinstance(outcome, GiveUp):
            return outcome
        if outcome.error == NOT_GRANTED:
            return GiveUp(NOT_INSTALLED)
        if outcome.error in UNAUTHORISED:
            self._directory.doubt(lease.lane.split(":", 1)[0])
        return outcome

    def _still_ours(self, lease: Lease) -> bool:
        """Whether a request begun now ends, whatever becomes of it, before the lease does."""
        longest = self._settings.http_timeout_s + self._settings.margin_s
        return self._clock() + longest <= lease.until


def _in_dm(opening: OpenDm, place: Place) -> Post | Report:
    if opening.reply:
        return Post(place, place.key, 0, opening.reply, tracked=False, brief=opening.brief)
    return Report(
        place=place,
        who=opening.who,
        ts=opening.ts,
        text=opening.text,
        direct=True,
        locale=opening.locale,
        secrets=opening.secrets,
    )


def _drawn(reply: Reply, lane: str, turn: int) -> dict[str, Any]:
    return {
        "text": fallback_text(reply),
        "blocks": blocks(reply, lane, turn),
        "parse": "none",  # chat.update would otherwise look for names and channels in the text
        "link_names": False,
    }


def _sent(answer: SlackResponse, where: Place) -> Sent:
    return Sent({"ts": answer["ts"], "channel": where.channel})


def _still(
    outcome: RetryAt | GiveUp, *, maybe_sent: bool, looked: bool = False
) -> RetryAt | GiveUp:
    """A failure before the post itself: what was unknown about the post still is."""
    if isinstance(outcome, GiveUp):
        return outcome
    return replace(outcome, maybe_sent=maybe_sent, looked=looked)


def _why(outcome: RetryAt | GiveUp) -> str:
    return outcome.reason if isinstance(outcome, GiveUp) else outcome.error


def _carrying(page: SlackResponse, id_: str) -> str:
    """The ts of the message that carries our id, if it is on this page."""
    for message in page.get("messages") or []:
        metadata = message.get("metadata") or {}
        ours = metadata.get("event_type") == Wire.POSTED
        if ours and (metadata.get("event_payload") or {}).get("id") == id_:
            return str(message["ts"])
    return ""
