"""What Slack shows around a conversation with an agent: prompts above it, its title in a list.

Nobody waits for either, so each is tried once as it passes: what Slack refuses (an app without
`agent_view`, a scope not granted) or does not answer is left out. Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from slack_sdk.web import SlackResponse

from bot.helpdesk.outward import Prompts, Title
from bot.slack.outcome import RATE_LIMITED, GiveUp, RetryAt, Sent
from bot.slack.web import KeptOpen

if TYPE_CHECKING:
    from bot.helpdesk.ports import Lease
    from bot.slack.outcome import Outcome

Answer = SlackResponse | RetryAt | GiveUp

LONGEST_TITLE: Final = 200
"""Characters Slack takes."""
_NO_SESSION: Final = GiveUp("session_not_found")


@dataclass(frozen=True, slots=True)
class AgentView:
    """Does these tasks through the messenger's way to Slack."""

    web: KeptOpen
    call: Callable[..., Answer]
    """`Messenger._call`: lease, gate, method, arguments."""

    def perform(self, lease: Lease, aside: Prompts | Title) -> Outcome:
        """Do it, or leave it out. A gate of its own: no answer waits for a rate limit of these."""
        gate = f"{lease.task.kind} {aside.place.channel}"
        match aside:
            case Prompts():
                return _done_or_left(self._offer(lease, gate, aside))
            case Title():
                return _done_or_left(self._name(lease, gate, aside))

    def _offer(self, lease: Lease, gate: str, offer: Prompts) -> Answer:
        return self.call(
            lease,
            gate,
            self.web.assistant_threads_setSuggestedPrompts,
            channel_id=offer.place.channel,  # with a thread Slack would silently do nothing
            title=offer.title,
            prompts=[asdict(prompt) for prompt in offer.prompts],
        )

    def _name(self, lease: Lease, gate: str, title: Title) -> Answer:
        named = {
            "channel_id": title.place.channel,
            "thread_ts": title.place.thread,
            "title": title.text[:LONGEST_TITLE],
        }
        answer = self.call(lease, gate, self.web.agents_sessions_rename, **named)
        if answer != _NO_SESSION:
            return answer
        begin = self.web.agents_sessions_setStatus
        return self.call(lease, gate, begin, status="active", **named)


def _done_or_left(answer: Answer) -> Outcome:
    match answer:
        case SlackResponse():
            return Sent()
        case RetryAt(counts=False, error=error) if error != RATE_LIMITED:
            return answer  # nothing was tried yet
        case RetryAt(error=why) | GiveUp(reason=why):
            return Sent({"skipped": why})
